"""The media library: what is known of the same bytes, and who may see and change it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import Entry
from publishing.actions.attaching import attach
from publishing.actions.library.choosing import choose_from_library
from publishing.actions.library.describing import describe, say_who_is_shown, state_of
from publishing.actions.library.sharing import share, take_out
from publishing.actions.library.uploading import add_to_library
from publishing.actions.submitting import submit
from publishing.drafts import Content
from publishing.errors import Conflict, NotAllowed, Refused, StaleDraft
from publishing.models import MediaFile, MediaItem, People
from tests.factories import AccountFactory, drafter_of
from tests.publishing.library.recording import consented, item_of
from tests.publishing.making import (
    drafted,
    form_of,
    fresh,
    picture,
    submitted,
    upload,
    with_picture,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody_else(db):
    """Writes for another account, and reads none of the author’s posts."""
    return drafter_of(AccountFactory())


def media_in(post) -> tuple:
    return Content.from_json(fresh(post).draft.content).media


def test_the_same_bytes_are_one_item_and_bring_their_alt_text(author, account, client):
    client.force_login(author)
    first = submitted_with_a_picture(author, account)
    assert item_of(first).alt_text == "A library at night"
    post = drafted(author, account)
    client.post(
        reverse("post_edit", args=[post.pk]),
        form_of(post, do="upload", pictures=[upload(picture())]),
    )
    assert media_in(post)[0].alt_text == "A library at night"
    assert MediaItem.objects.count() == 1


def submitted_with_a_picture(author, account) -> MediaFile:
    post = drafted(author, account)
    media = with_picture(post, author)
    submit(post_id=post.pk, revision=fresh(post).draft.revision, by=author)
    return media


def test_an_item_is_seen_by_who_reads_its_posts_until_it_is_shared(
    author, account, somebody_else, officer
):
    media = with_picture(drafted(author, account), author)
    seen = lambda user: MediaItem.objects.visible_to(user).exists()  # noqa: E731
    assert [seen(author), seen(officer), seen(somebody_else)] == [True, True, False]
    share(item_id=item_of(media).pk, by=author)
    assert seen(somebody_else)
    take_out(item_id=item_of(media).pk, by=officer)
    assert not seen(somebody_else)
    events = Entry.objects.filter(event__startswith="library.").order_by("sequence")
    assert [entry.event for entry in events][-2:] == ["library.shared", "library.archived"]


def test_only_who_added_it_or_keeps_the_library_changes_it(author, account, somebody_else, officer):
    item, _ = add_to_library(file=upload(picture()), by=author)
    facts = {
        "title": "Night", "alt_text": "Dark", "keywords": "night", "licence": "council",
        "licence_ends_on": None, "source": "", "credit": "", "people": "none",
        "service_area": None,
    }  # fmt: skip
    for act in (
        lambda: describe(item_id=item.pk, facts=facts, seen=state_of(item), by=somebody_else),
        lambda: share(item_id=item.pk, by=somebody_else),
        lambda: take_out(item_id=item.pk, by=somebody_else),
    ):
        with pytest.raises(NotAllowed):
            act()
    seen = state_of(MediaItem.objects.get())
    describe(item_id=item.pk, facts=facts, seen=seen, by=officer)
    with pytest.raises(Conflict):
        describe(item_id=item.pk, facts={**facts, "title": "Day"}, seen=seen, by=author)
    assert MediaItem.objects.get().title == "Night"


def test_nobody_gets_round_a_consent_by_saying_that_nobody_is_shown(author, account, officer):
    media = with_picture(drafted(author, account), author, people=People.SHOWN)
    consented(media, author)
    with pytest.raises(Refused):
        say_who_is_shown(media_id=media.pk, people=People.NONE, by=author)
    say_who_is_shown(media_id=media.pk, people=People.NONE, by=officer)
    assert item_of(media).people == People.NONE


def test_an_answer_is_changed_only_by_who_may_change_the_item(author, account, somebody_else):
    item, _ = add_to_library(file=upload(picture()), by=somebody_else)
    media = with_picture(drafted(author, account), author)
    with pytest.raises(NotAllowed):
        say_who_is_shown(media_id=media.pk, people=People.SHOWN, by=author)
    with pytest.raises(NotAllowed):
        say_who_is_shown(media_id=media.pk, people=People.SHOWN, by=drafter_of(AccountFactory()))
    say_who_is_shown(media_id=item.file_id, people=People.SHOWN, by=somebody_else)


def test_an_upload_of_what_somebody_else_keeps_to_themselves_does_not_share_it(
    author, account, somebody_else
):
    with_picture(drafted(author, account), author)
    item, is_new = add_to_library(file=upload(picture()), by=somebody_else)
    assert (is_new, item.is_shared) == (False, False)
    assert MediaItem.objects.visible_to(somebody_else).get() == item
    assert not MediaItem.objects.visible_to(drafter_of(AccountFactory())).exists()


def test_chosen_pictures_come_with_their_alt_text_and_answers(author, account, somebody_else):
    item, _ = add_to_library(file=upload(picture()), by=somebody_else)
    MediaItem.objects.update(alt_text="A library at night")
    post = drafted(author, account)
    for revision in (1, 2):
        choose_from_library(post_id=post.pk, item_ids=[item.pk], revision=revision, by=author)
    (used,) = media_in(post)
    assert used.alt_text == "A library at night"
    kept = MediaFile.objects.get(pk=used.media_id)
    assert (kept.post, kept.file.name) == (post, item.file.file.name)


def test_a_stale_choice_changes_nothing(author, account):
    item, _ = add_to_library(file=upload(picture()), by=author)
    post = drafted(author, account)
    with pytest.raises(StaleDraft):
        choose_from_library(post_id=post.pk, item_ids=[item.pk], revision=9, by=author)
    assert media_in(post) == ()
    sent = submitted(author, account)
    with pytest.raises(Conflict):
        choose_from_library(post_id=sent.pk, item_ids=[item.pk], revision=1, by=author)


def test_what_one_does_not_see_cannot_be_chosen(author, account, somebody_else):
    media = with_picture(drafted(author, account), author)
    account_of_theirs = somebody_else.account_grants.get().account
    post = drafted(somebody_else, account_of_theirs)
    with pytest.raises(Refused):
        choose_from_library(
            post_id=post.pk, item_ids=[item_of(media).pk], revision=1, by=somebody_else
        )
    with pytest.raises(NotAllowed):
        choose_from_library(
            post_id=drafted(author, account).pk, item_ids=[], revision=1, by=somebody_else
        )


def test_attaching_again_changes_nothing_that_is_known(author, account, officer):
    media = with_picture(drafted(author, account), author)
    MediaItem.objects.update(title="Night")
    again = drafted(officer, account)
    attach(post_id=again.pk, file=upload(picture()), by=officer)
    assert item_of(media).title == "Night"
    assert item_of(media).added_by == author
