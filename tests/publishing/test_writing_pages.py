"""The pages on which a person writes: what they type, press and read."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing.errors import Refused
from publishing.models import Campaign, MediaFile, Post, PostState
from tests.factories import AccountFactory, StrategicAimFactory, drafter_of, person
from tests.publishing.making import (
    approved,
    content,
    drafted,
    edited,
    form_of,
    fresh,
    in_hours,
    newest,
    picture,
    submitted,
    upload,
    with_picture,
)

pytestmark = pytest.mark.django_db


def test_from_writing_to_sent_for_approval_in_three_clicks(as_author, account):
    page = as_author.get(reverse("post_new"))
    assert "Write a post" in page.text
    key = page.context["form"]["key"].value()
    typed = form_of(key=str(key), accounts=[account.pk], text="Open until eight.", do="check")
    checking = as_author.post(reverse("post_new"), typed, follow=True)
    post = Post.objects.get()
    assert checking.redirect_chain == [(reverse("post_check", args=[post.pk]), 302)]
    assert "Send for approval" in checking.text
    revision = checking.context["post"].draft.revision
    sent = as_author.post(reverse("post_check", args=[post.pk]), {"revision": revision})
    assert sent.url == reverse("post", args=[post.pk])
    assert fresh(post).state == PostState.AWAITING_APPROVAL


def test_a_second_click_on_new_makes_no_second_post(as_author, account):
    typed = form_of(accounts=[account.pk], text="Open until eight.")
    first = as_author.post(reverse("post_new"), typed)
    second = as_author.post(reverse("post_new"), typed)
    assert first.url == second.url
    assert Post.objects.count() == 1


def test_a_key_of_somebody_elses_post_is_refused(as_author, account, page):
    theirs = drafted(drafter_of(account), account)
    answer = as_author.post(reverse("post_new"), form_of(key=str(theirs.key), text="Mine now"))
    assert answer.status_code == 422
    assert "used before" in answer.text
    assert "Mine now" in answer.text
    assert fresh(theirs).draft.content["text"] != "Mine now"


def test_a_stale_tab_gets_409_and_both_texts(as_author, author, account):
    post = drafted(author, account)
    stale = form_of(post, text="From the old tab")
    edited(post, author, text="From the new tab")
    answer = as_author.post(reverse("post_edit", args=[post.pk]), stale)
    assert answer.status_code == 409
    assert "From the old tab" in answer.text
    assert "From the new tab" in answer.text
    assert "<title>Error:" in answer.text
    assert fresh(post).draft.content["text"] == "From the new tab"
    instead = dict(answer.context["again"])
    assert as_author.post(reverse("post_edit", args=[post.pk]), instead).status_code == 302
    assert fresh(post).draft.content["text"] == "From the old tab"


def test_an_edit_of_a_scheduled_post_loses_nothing_that_was_typed(
    as_author, author, approver, account
):
    post = approved(author, approver, account, at=in_hours(5))
    answer = as_author.post(reverse("post_edit", args=[post.pk]), form_of(post, text="Changed"))
    assert answer.status_code == 409
    assert "Changed" in answer.text
    assert fresh(post).state == PostState.SCHEDULED
    assert "Take it back" in as_author.get(reverse("post_edit", args=[post.pk])).text
    for _ in ("once", "a second click"):
        taken = as_author.post(reverse("post_take_back", args=[post.pk]))
        assert taken.url == reverse("post_edit", args=[post.pk])
    assert fresh(post).state == PostState.DRAFT


def test_autosave_answers_with_the_new_revision_and_409_when_stale(as_author, author, account):
    post = drafted(author, account)
    stale = form_of(post, text="Twice")
    saved = as_author.post(reverse("post_save", args=[post.pk]), form_of(post, text="Once"))
    assert 'value="2"' in saved.text
    assert "Saved at" in saved.text
    late = as_author.post(reverse("post_save", args=[post.pk]), stale)
    assert late.status_code == 409
    assert "Your words are still here" in late.text
    assert fresh(post).draft.content["text"] == "Once"


def test_autosave_of_a_new_post_starts_it_once(as_author, account):
    typed = form_of(accounts=[account.pk], text="Open")
    as_author.post(reverse("post_new_save"), typed)
    as_author.post(reverse("post_new_save"), {**typed, "revision": 1, "text": "Open until"})
    assert Post.objects.get().draft.content["text"] == "Open until"


def test_the_preview_counts_as_each_platform_does_and_saves_nothing(as_author, account, page):
    link = "https://www.wealdmoor.gov.uk/" + "a" * 100
    typed = form_of(accounts=[account.pk, page.pk], text="x" * 260, link=link)
    shown = as_author.post(reverse("post_new_preview"), typed)
    assert "5 characters too many" in shown.text  # 260, 2 line ends, 23 for any address
    left = 63_206 - len(f"{'x' * 260}\n\n{link}")
    assert f"{left:,} characters left" in shown.text
    assert not Post.objects.exists()


def test_pictures_are_added_moved_and_removed_by_buttons(as_author, author, account):
    post = drafted(author, account)
    edit = reverse("post_edit", args=[post.pk])
    two = [upload(picture((40, 30)), "one.jpg"), upload(picture((30, 40)), "two.jpg")]
    as_author.post(edit, form_of(post, pictures=two, do="upload"))
    first, second = (media for media, _ in fresh(post).draft.content["media"])
    as_author.post(edit, form_of(post, do=f"down:{first}", **{f"alt_{first}": "Night"}))
    assert fresh(post).draft.content["media"] == [[second, ""], [first, "Night"]]
    as_author.post(edit, form_of(post, do=f"remove:{second}"))
    assert fresh(post).draft.content["media"] == [[first, "Night"]]
    assert "one.jpg" in as_author.get(edit).text


def test_a_refused_picture_keeps_everything_else(as_author, author, account):
    post = drafted(author, account)
    files = [upload(b"<svg onload='x()'></svg>", "logo.png"), upload(picture(), "night.jpg")]
    answer = as_author.post(
        reverse("post_edit", args=[post.pk]), form_of(post, text="Kept", pictures=files)
    )
    assert answer.status_code == 422
    assert "“logo.png” is not a picture that we take" in answer.text
    assert fresh(post).draft.content["text"] == "Kept"
    assert MediaFile.objects.get().original_name == "night.jpg"


def test_checks_that_block_are_shown_and_nothing_is_sent(as_author, author, account):
    post = drafted(author, account, text="x" * 281, at=in_hours(-2))
    answer = as_author.get(reverse("post_check", args=[post.pk]))
    assert "by 1 character" in answer.text
    assert "has passed" in answer.text
    assert "Send for approval" not in answer.text
    found, passed = answer.text.split(" checks passed")
    assert "The text fits every account" in found
    assert "The text fits every account" not in passed
    forced = as_author.post(
        reverse("post_check", args=[post.pk]), {"revision": post.draft.revision}
    )
    assert forced.status_code == 422
    assert fresh(post).state == PostState.DRAFT


def test_a_draft_changed_since_it_was_checked_is_not_sent(as_author, author, account):
    post = drafted(author, account)
    edited(post, author, text="Something else")
    answer = as_author.post(reverse("post_check", args=[post.pk]), {"revision": 1})
    assert answer.status_code == 409
    assert fresh(post).state == PostState.DRAFT


def test_forged_accounts_and_pictures_are_refused_in_words(as_author, author, account):
    elsewhere = AccountFactory()
    post = drafted(author, account)
    somebody = drafter_of(elsewhere)
    theirs = with_picture(drafted(somebody, elsewhere), somebody)
    edit = reverse("post_edit", args=[post.pk])
    for fields, words in (
        ({"accounts": [elsewhere.pk]}, "Choose only accounts from the list"),
        ({"accounts": ["x"]}, "Choose only accounts from the list"),
        ({"media": [theirs.pk], f"alt_{theirs.pk}": "Hm"}, "does not belong to this post"),
        ({"media": [10**30]}, "does not belong to this post"),
        ({"revision": "x"}, "number"),
    ):
        answer = as_author.post(edit, form_of(post, text="Still typed", **fields))
        assert answer.status_code == 422, fields
        assert words in answer.text
        assert "Still typed" in answer.text
    assert fresh(post).draft.revision == 1


def test_what_one_may_not_see_is_a_404(client, author, account):
    post = submitted(author, account)
    stranger = person()
    client.force_login(stranger)
    for name in ("post", "post_compare"):
        assert client.get(reverse(name, args=[post.pk])).status_code == 404
    media = with_picture(drafted(author, account), author)
    assert client.get(reverse("media_file", args=[media.pk])).status_code == 404


def test_a_picture_is_served_as_what_it_is_to_who_may_see_it(client, author, approver, account):
    media = with_picture(drafted(author, account), author)
    client.force_login(author)
    answer = client.get(reverse("media_file", args=[media.pk]))
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"].startswith("private")
    assert answer["Content-Disposition"].startswith("inline")
    client.force_login(approver)
    assert client.get(reverse("media_file", args=[media.pk])).status_code == 404


def test_what_a_post_is_for_is_chosen_and_shown_to_whoever_decides(
    as_author, author, approver, account, client
):
    campaign = Campaign.objects.create(name="Spring clean", tag="spring")
    aim = StrategicAimFactory(name="Cleaner streets")
    typed = form_of(
        accounts=[account.pk], text="Bring gloves.", link="https://a.example/", do="check",
        campaign=campaign.pk, aim=aim.pk, note="Agreed with the ward members.", tags_link="on",
    )  # fmt: skip
    checking = as_author.post(reverse("post_new"), typed, follow=True)
    post = Post.objects.get()
    as_author.post(reverse("post_check", args=[post.pk]), {"revision": post.draft.revision})
    client.force_login(approver)
    deciding = client.get(reverse("post", args=[post.pk]))
    for page in (checking, deciding):
        for words in ("Spring clean", "Cleaner streets", "Agreed with the ward members.", "tags"):
            assert words in page.text
    version = newest(post)
    assert (version.campaign, version.campaign_name) == (campaign, "Spring clean")
    assert (version.aim, version.aim_name, version.tags_link) == (aim, "Cleaner streets", True)


def test_a_campaign_that_was_typed_long_ago_stays(as_author, author, account):
    post = drafted(author, account, campaign="Old fair")
    edit = reverse("post_edit", args=[post.pk])
    assert '<option value="typed:Old fair" selected>' in as_author.get(edit).text
    as_author.post(edit, form_of(post, text="Changed", campaign="typed:Old fair"))
    assert fresh(post).draft.content["campaign"] == "Old fair"


def test_what_is_closed_or_out_of_use_is_not_chosen_anew_but_stays(as_author, author, account):
    campaign = Campaign.objects.create(name="Old", tag="old", closed_at=timezone.now())
    aim = StrategicAimFactory(is_in_use=False)
    post = drafted(author, account)
    edit = reverse("post_edit", args=[post.pk])
    for chosen in ({"campaign": campaign.pk}, {"aim": aim.pk}, {"campaign": "x" * 50}):
        answer = as_author.post(edit, form_of(post, text="Still typed", **chosen))
        assert answer.status_code == 422
        assert "Choose another one" in answer.text
        assert "Still typed" in answer.text
    for name, kept in (("campaign_id", campaign.pk), ("aim_id", aim.pk)):
        with pytest.raises(Refused):
            edited(post, author, **{name: kept})
    Campaign.objects.update(closed_at=None)
    edited(post, author, campaign_id=campaign.pk)
    Campaign.objects.update(closed_at=timezone.now())
    again = as_author.post(edit, form_of(post, text="Goes on", campaign=campaign.pk))
    assert again.status_code == 302


def test_content_is_kept_as_typed(account):
    typed = content(
        account, text="  Two  spaces\n\nand lines", note=" A\nB", campaign_id=7, aim_id=8
    )
    assert type(typed).from_json(typed.to_json()) == typed
