"""The pages of the media library, and choosing from it while a post is written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.actions.library.sharing import share
from publishing.actions.library.uploading import add_to_library
from publishing.drafts import Content
from publishing.models import Consent, MediaItem, People, Post
from tests.factories import AccountFactory, drafter_of
from tests.publishing.library.recording import consented, item_of
from tests.publishing.making import drafted, form_of, fresh, picture, upload, with_picture

pytestmark = pytest.mark.django_db


def kept(author, width: int = 40, **facts):
    item, _ = add_to_library(file=upload(picture((width, 30)), f"p{width}.jpg"), by=author)
    MediaItem.objects.filter(pk=item.pk).update(**facts)
    return item


def test_the_list_asks_as_many_questions_however_many_there_are(
    as_author, author, django_assert_max_num_queries
):
    address = reverse("library")
    kept(author)
    with django_assert_max_num_queries(60) as few:
        as_author.get(address)
    for width in (50, 60, 70):
        consented(kept(author, width).file, author)
    with django_assert_max_num_queries(len(few) + 0):
        assert as_author.get(address).status_code == 200


def test_it_is_searched_and_narrowed_down(as_author, author):
    kept(author, 40, title="Night", keywords="moon", people=People.NONE)
    kept(author, 50, title="Day", people=People.SHOWN, licence="bought",
         licence_ends_on=timezone.localdate())  # fmt: skip

    def titles(query: str) -> list[str]:
        page = as_author.get(reverse("library") + query)
        return [card.item.title for card in page.context["cards"]]

    assert titles("") == ["Day", "Night"]
    assert titles("?words=moon") == ["Night"]
    assert titles("?people=shown") == titles("?licence=bought") == titles("?ends=on") == ["Day"]
    assert titles("?kind=video") == titles("?words=zebra") == []
    assert titles("?words=%00&area=99999999999999999999&after=nonsense") == []


def test_several_are_uploaded_and_the_bad_one_is_named(as_author):
    page = as_author.post(
        reverse("library_new"),
        {"pictures": [upload(picture()), upload(b"not a picture", "bad.jpg")]},
    )
    assert page.status_code == 422
    assert "“bad.jpg” is not a picture that we take" in page.content.decode()
    assert MediaItem.objects.get().is_shared


def test_what_one_does_not_see_is_not_there(as_author, author, account):
    media = with_picture(drafted(author, account), author)
    stranger = Client()
    stranger.force_login(drafter_of(AccountFactory()))
    for name in ("library_item", "library_file", "library_thumbnail", "consent_new"):
        address = reverse(name, args=[item_of(media).pk])
        assert as_author.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
    share(item_id=item_of(media).pk, by=author)
    assert stranger.get(reverse("library_file", args=[item_of(media).pk])).status_code == 200


def test_choosing_keeps_what_was_typed(as_author, author, account):
    item = kept(author, title="Night", alt_text="A dark library")
    post = drafted(author, account)
    page = as_author.post(
        reverse("post_edit", args=[post.pk]), form_of(post, text="Typed just now", do="library")
    )
    assert page["Location"] == reverse("post_library", args=[post.pk])
    shown = as_author.get(page["Location"])
    revision = shown.context["post"].draft.revision
    as_author.post(page["Location"], {"items": [item.pk], "revision": revision})
    content = Content.from_json(fresh(post).draft.content)
    assert content.text == "Typed just now"
    assert [used.alt_text for used in content.media] == ["A dark library"]


def test_choosing_from_a_stale_page_or_nothing_is_said(as_author, author, account):
    item = kept(author)
    address = reverse("post_library", args=[drafted(author, account).pk])
    assert as_author.post(address, {"items": [item.pk], "revision": 7}).status_code == 409
    assert as_author.post(address, {"items": ["\0", "9" * 30], "revision": 1}).status_code == 422
    assert as_author.post(address, {"items": ["999"], "revision": 1}).status_code == 422


def test_the_answer_is_given_in_the_form_and_leads_to_the_consent(as_author, author, account):
    post = drafted(author, account)
    media = with_picture(post, author, people=People.NOT_SAID)
    typed = form_of(post, do=f"consent:{media.pk}", **{f"people_{media.pk}": "shown"})
    page = as_author.post(reverse("post_edit", args=[post.pk]), typed)
    assert item_of(media).people == People.SHOWN
    grounds = {
        "who": "Girl with the red kite", "legal_basis": "consent", "reference": "CF/12",
        "given_on": timezone.localdate().strftime("%d/%m/%Y"), "is_child": "on",
    }  # fmt: skip
    refused = as_author.post(page["Location"], grounds)
    assert refused.status_code == 422
    assert "enter its reference" in refused.content.decode()
    done = as_author.post(page["Location"], {**grounds, "parent_reference": "CF/12-P"})
    assert done["Location"] == reverse("post_edit", args=[post.pk]) + "#pictures"
    assert Consent.objects.get().parent_reference == "CF/12-P"


def test_withdrawing_lists_what_is_live_and_what_waits(as_author, author, account):
    post = drafted(author, account)
    consent = consented(with_picture(post, author), author)
    address = reverse("consent_withdraw", args=[consent.pk])
    assert str(post) in as_author.get(address).content.decode()
    assert as_author.post(address, {"reason": " "}).status_code == 422
    for _ in range(2):
        as_author.post(address, {"reason": "She asked us to."})
    consent.refresh_from_db()
    assert consent.withdrawal_reason == "She asked us to."
    assert "May not be shown any more" in as_author.get(address).content.decode()


def test_consents_that_end_soon_are_on_the_home_page_of_who_keeps_the_library(
    client, author, account, officer
):
    media = with_picture(drafted(author, account), author)
    consented(media, author, expires_on=timezone.localdate() + timedelta(days=5))
    client.force_login(officer)
    assert "Consents that end soon" in client.get(reverse("home")).content.decode()
    assert "Girl with the red kite" in client.get(reverse("library")).content.decode()
    client.force_login(author)
    assert "Consents that end soon" not in client.get(reverse("home")).content.decode()


def test_the_button_for_a_second_person_says_so(as_author, author, account):
    media = with_picture(drafted(author, account), author)
    post = Post.objects.get()
    pages = (
        reverse("library_item", args=[item_of(media).pk]),
        reverse("post_edit", args=[post.pk]),
    )
    for address in pages:
        assert "Record another person" not in as_author.get(address).text
    consented(media, author)
    for address in pages:
        page = as_author.get(address).text
        assert "Record another person" in page
        assert "Record why" not in page
