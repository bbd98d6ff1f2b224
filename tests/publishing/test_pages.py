"""The pages of posts: what a person types, presses and reads."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from accounts.permissions import CorporateRole
from publishing.actions.deciding import ask_for_changes
from publishing.actions.submitting import submit
from publishing.models import Approval, Delivery, MediaFile, Post, PostState
from tests.factories import AccountFactory, UserFactory, approver_of, drafter_of, person
from tests.publishing.making import (
    approved,
    content,
    decided,
    drafted,
    edited,
    fresh,
    in_hours,
    newest,
    picture,
    submitted,
    upload,
    with_picture,
)

pytestmark = pytest.mark.django_db


def form_of(post: Post | None = None, **fields):
    """What a browser sends for the compose form."""
    kept = fresh(post).draft if post else None
    base = {
        "revision": kept.revision if kept else 0,
        "key": str(post.key if post else uuid.uuid4()),
        "accounts": [],
        "text": "",
        "title": "",
        "link": "",
        "campaign": "",
        "publish_on": "",
        "publish_time": "",
        "do": "save",
    }
    if kept:
        base |= {"accounts": kept.content["account_ids"], "text": kept.content["text"]}
        base["media"] = [media for media, _ in kept.content["media"]]
        base |= {f"alt_{media}": alt for media, alt in kept.content["media"]}
    return {**base, **fields}


@pytest.fixture
def as_author(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def as_approver(client, approver):
    client.force_login(approver)
    return client


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


@pytest.mark.parametrize("button", ["once", "a second click"])
def test_approve_and_next_leads_to_the_next_post(button, as_approver, author, approver, account):
    first, second = (submitted(author, account, at=in_hours(hours)) for hours in (3, 5))
    assert as_approver.get(reverse("post_next")).url == reverse("post", args=[first.pk])
    shown = as_approver.get(reverse("post", args=[first.pk]))
    assert "Approve and next" in shown.text
    version = newest(first)
    typed = {"version": version.pk, "digest": version.digest, "next": "1"}
    answer = as_approver.post(reverse("post_approve", args=[first.pk]), typed)
    if button == "a second click":
        answer = as_approver.post(reverse("post_approve", args=[first.pk]), typed)
    assert answer.url == reverse("post", args=[second.pk])
    assert fresh(first).state == PostState.SCHEDULED
    assert Approval.objects.count() == 1


def test_an_approval_of_what_changed_meanwhile_is_a_409(as_approver, author, account):
    post = submitted(author, account)
    version = newest(post)
    answer = as_approver.post(
        reverse("post_approve", args=[post.pk]), {"version": version.pk, "digest": "0" * 64}
    )
    assert answer.status_code == 409
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("forged", ["", "x", "-1", "0", "999999", "9" * 30])
def test_a_forged_version_is_a_404(forged, as_approver, author, account):
    post = submitted(author, account)
    answer = as_approver.post(
        reverse("post_approve", args=[post.pk]), {"version": forged, "digest": "0"}
    )
    assert answer.status_code == 404


def test_a_version_of_another_post_is_a_404(as_approver, author, account):
    post, other = submitted(author, account), newest(submitted(author, account))
    answer = as_approver.post(
        reverse("post_approve", args=[post.pk]), {"version": other.pk, "digest": other.digest}
    )
    assert answer.status_code == 404
    assert not Approval.objects.exists()


def test_forged_accounts_and_pictures_are_refused_in_words(as_author, author, account):
    elsewhere = AccountFactory()
    post = drafted(author, account)
    theirs = with_picture(drafted(drafter_of(elsewhere), elsewhere), _drafter_of(elsewhere))
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


def _drafter_of(account):
    return Post.objects.exclude(author__isnull=True).order_by("-pk").first().author


def test_a_drafter_has_no_way_to_approve_or_move(as_author, author, account):
    colleague = drafter_of(account)
    post = submitted(colleague, account, at=in_hours(5))
    version = newest(post)
    page = as_author.get(reverse("post", args=[post.pk]))
    assert page.status_code == 200
    assert "Approve" not in page.text.replace("Approved", "")
    typed = {"version": version.pk, "digest": version.digest, "comment": "Hm"}
    later = {**typed, "publish_on": "1/6/2030", "publish_time": "9am", "do": "move_and_approve"}
    for name, fields in (
        ("post_approve", typed),
        ("post_changes", typed),
        ("post_schedule", later),
        ("post_schedule", {**later, "do": "move"}),
    ):
        answer = as_author.post(reverse(name, args=[post.pk]), fields)
        assert answer.status_code == 403, name
    assert fresh(post).state == PostState.AWAITING_APPROVAL


def test_own_posts_say_who_can_approve(client, approver, officer, account):
    post = submitted(approver, account)
    client.force_login(approver)
    page = client.get(reverse("post", args=[post.pk]))
    assert "Ana Lewis" in page.text
    assert "Approve and next" not in page.text
    version = newest(post)
    answer = client.post(
        reverse("post_approve", args=[post.pk]),
        {"version": version.pk, "digest": version.digest},
    )
    assert answer.status_code == 403


def test_changes_are_asked_for_and_shown_to_the_author(client, author, approver, account):
    post = submitted(author, account)
    client.force_login(approver)
    address = reverse("post_changes", args=[post.pk])
    empty = client.post(address, {"version": newest(post).pk, "comment": " "})
    assert empty.status_code == 422
    assert "Say what has to change" in empty.text
    client.post(address, {"version": newest(post).pk, "comment": "Which library?"})
    client.force_login(author)
    edit = client.get(reverse("post_edit", args=[post.pk]))
    assert "Which library?" in edit.text
    sent = client.post(
        reverse("post_edit", args=[post.pk]), form_of(post, text="Station Road.", do="send")
    )
    assert sent.url == reverse("post", args=[post.pk])
    assert fresh(post).state == PostState.AWAITING_APPROVAL


def test_a_late_approval_says_that_the_slot_is_missed(clock, client, account):
    author, approver = drafter_of(account), approver_of(account)
    post = submitted(author, account, at=in_hours(1))
    clock.shift(3700)
    client.force_login(approver)
    version = newest(post)
    shown = client.post(
        reverse("post_approve", args=[post.pk]),
        {"version": version.pk, "digest": version.digest, "next": "1"},
        follow=True,
    )
    assert "is not approved: its time has passed" in shown.text
    assert fresh(post).state == PostState.MISSED_SLOT


def test_the_move_page_refuses_impossible_times_in_words(as_approver, author, account):
    post = submitted(author, account, at=in_hours(5))
    version = newest(post)
    address = reverse("post_schedule", args=[post.pk])
    base = {"version": version.pk, "digest": version.digest, "do": "move_and_approve"}
    for on, at, words in (
        ("1/6/2020", "9am", "has passed"),
        ("31/3/2030", "1:30am", "does not exist"),
        ("31/2/2030", "9am", "not a real day"),
        ("", "", "Enter the day"),
    ):
        answer = as_approver.post(address, {**base, "publish_on": on, "publish_time": at})
        assert answer.status_code == 422
        assert words in answer.text
    moved = as_approver.post(address, {**base, "publish_on": "1/6/2030", "publish_time": "9am"})
    assert moved.url == reverse("post", args=[post.pk])
    assert fresh(post).state == PostState.SCHEDULED
    assert fresh(post).publish_at.isoformat() == "2030-06-01T08:00:00+00:00"


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


def test_versions_are_compared_word_by_word(as_approver, author, approver, account):
    post = submitted(author, account, text="Open until eight tonight.")
    ask_for_changes(version_id=newest(post).pk, comment="Nine!", by=approver)
    post = edited(post, author, text="Open until nine tonight.")
    submit(post_id=post.pk, revision=post.draft.revision, by=author)
    for name in ("post_compare", "post"):
        shown = as_approver.get(reverse(name, args=[post.pk]))
        assert "eight" in shown.text
        assert "<ins>" in shown.text


def test_withdrawing_and_archiving_are_safe_to_press_twice(as_author, author, account):
    post = submitted(author, account)
    for name, state in (
        ("post_withdraw", PostState.WITHDRAWN),
        ("post_archive", PostState.ARCHIVED),
    ):
        for _ in ("once", "a second click"):
            assert as_author.post(reverse(name, args=[post.pk])).status_code == 302
        assert fresh(post).state == state


@pytest.mark.parametrize(
    "tab",
    ["waiting", "drafts", "returned", "scheduled", "missed", "unknown", "failed", "published",
     "closed", "all-waiting", "nonsense"],
)  # fmt: skip
def test_the_list_asks_few_questions_however_long_it_is(
    tab, client, officer, author, account, page, django_assert_max_num_queries
):
    for _ in range(3):
        submitted(author, account, page)
    client.force_login(officer)
    address = f"{reverse('posts')}?tab={tab}"
    client.get(address)
    with django_assert_max_num_queries(10):
        assert client.get(address).status_code == 200
    for _ in range(4):
        submitted(author, account, page)
        drafted(officer, account)
    with django_assert_max_num_queries(10):
        client.get(address)


def test_the_list_filters_sorts_and_pages(client, officer, author, account, page):
    posts = [submitted(author, account, title=f"Post {number}") for number in range(27)]
    submitted(author, page, title="Bin day", text="Bins on Monday.")
    client.force_login(officer)
    shown = client.get(reverse("posts"))
    assert "Waiting for me (28)" in shown.text
    following = client.get(f"{reverse('posts')}{shown.context['next']}")
    assert len(shown.context["rows"]) + len(following.context["rows"]) == 28
    found = client.get(reverse("posts"), {"tab": "waiting", "words": "bins mon"})
    assert [row.post.title for row in found.context["rows"]] == ["Bin day"]
    found = client.get(reverse("posts"), {"tab": "waiting", "account": page.pk})
    assert len(found.context["rows"]) == 1
    found = client.get(reverse("posts"), {"tab": "waiting", "author": "nobody"})
    assert "No posts match" in found.text
    found = client.get(reverse("posts"), {"tab": "waiting", "sort": "-changed"})
    assert found.context["rows"][0].post.title == "Bin day"
    assert posts


def test_a_member_sees_published_posts_only(client, author, approver, account):
    post = decided(submitted(author, account), approver)
    Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED)
    waiting = submitted(author, account)
    client.force_login(person(CorporateRole.ELECTED_MEMBER))
    shown = client.get(reverse("posts"))
    assert [row.post.pk for row in shown.context["rows"]] == [post.pk]
    assert client.get(reverse("post", args=[waiting.pk])).status_code == 404


def test_somebody_without_a_role_is_told_what_is_missing(client):
    client.force_login(UserFactory())
    answer = client.get(reverse("posts"))
    assert answer.status_code == 403
    assert client.get(reverse("post_new")).status_code == 403


def test_content_is_kept_as_typed(account):
    typed = content(account, text="  Two  spaces\n\nand lines")
    assert type(typed).from_json(typed.to_json()) == typed
