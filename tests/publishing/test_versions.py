"""Versions and their differences; and the composition that comes back from one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.differences import Change, words_changed
from publishing.actions.submitting import take_back
from publishing.composition import compose, composition_of
from publishing.drafts import Attached, Content
from publishing.models import Campaign
from publishing.versions import differences
from tests.factories import StrategicAimFactory
from tests.publishing.making import edited, fresh, in_hours, newest, submitted, with_picture
from tests.publishing.test_approval import resubmitted


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_difference_holds_both_texts_whole(old: str, new: str):
    pieces = words_changed(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind is not Change.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind is not Change.REMOVED) == new


def test_a_difference_is_told_word_by_word():
    pieces = words_changed("Open until eight tonight.", "Open until nine tonight.")
    changed = [(piece.kind, piece.text) for piece in pieces if piece.kind is not Change.SAME]
    assert changed == [(Change.REMOVED, "eight "), (Change.ADDED, "nine ")]


@pytest.mark.django_db
def test_everything_that_changed_between_two_versions_is_told(author, account, page):
    first = submitted(author, account, at=in_hours(3), link="https://a.example/")
    old = newest(first)
    post = take_back(post_id=first.pk, by=author)
    with_picture(fresh(post), author)
    changed = {
        "title": "New hours",
        "text": "The library is open until nine tonight.",
        "account_ids": [account.pk, page.pk],
        "link": "https://b.example/",
        "campaign": "Books",
        "publish_on": "",
        "publish_time": "",
    }
    new = newest(resubmitted(edited(post, author, **changed), author))
    told = {difference.what for difference in differences(old, new)}
    assert told == {
        "Title", "Text", "Link", "Campaign", "Goes out", "Accounts", "Pictures and videos",
    }  # fmt: skip
    assert differences(new, new) == []


@pytest.mark.django_db
def test_texts_of_their_own_and_alt_texts_are_told_by_name(author, account, page):
    post = submitted(author, account, page)
    take_back(post_id=post.pk, by=author)
    media = with_picture(fresh(post), author)
    old = newest(resubmitted(post, author))
    take_back(post_id=post.pk, by=author)
    changed = {"own_texts": [[page.pk, "Longer words."]], "media": [[media.pk, "A door"]]}
    new = newest(resubmitted(edited(post, author, **changed), author))
    told = {difference.what for difference in differences(old, new)}
    assert "Text for Wealdmoor Council (Facebook @wealdmoor)" in told
    assert "Alt text of night.jpg" in told


@pytest.mark.django_db
def test_a_version_put_back_into_the_form_is_the_same_again(author, account, page):
    own = ((page.pk, "Longer words."),)
    campaign = Campaign.objects.create(name="Books", tag="books")
    planned = {
        "campaign_id": campaign.pk,
        "aim_id": StrategicAimFactory().pk,
        "note": "Seen by the mayor.",
        "tags_link": True,
        "link": "https://a.example/",
    }
    post = submitted(author, account, page, at=in_hours(3), own_texts=own, **planned)
    again = Content.of_version(newest(post))
    ours, theirs = compose(again), composition_of(newest(post))
    assert (ours.parts, ours.publish_at, ours.heading, ours.link, ours.campaign) == (
        theirs.parts, theirs.publish_at, theirs.heading, theirs.link, theirs.campaign,
    )  # fmt: skip
    assert again.own_texts == own
    assert {name: getattr(again, name) for name in planned} == planned
    for name in ("campaign", "campaign_id", "aim", "aim_id", "note", "tags"):
        assert getattr(ours, name) == getattr(theirs, name)


@pytest.mark.django_db
def test_what_a_post_is_for_is_told_when_it_changes(author, account):
    old = newest(post := submitted(author, account, campaign="Books", link="https://a.example/"))
    changed = {
        "campaign_id": Campaign.objects.create(name="Reading", tag="reading").pk,
        "aim_id": StrategicAimFactory().pk,
        "note": "Seen by the mayor.",
        "tags_link": True,
    }
    take_back(post_id=post.pk, by=author)
    new = newest(resubmitted(edited(post, author, **changed), author))
    told = {difference.what for difference in differences(old, new)}
    assert told == {
        "Campaign", "Strategic aim", "Note for whoever decides", "Campaign tags on the link",
    }  # fmt: skip


def test_pictures_move_as_far_as_there_are_places():
    three = Content(media=(Attached(1), Attached(2), Attached(3)))
    assert [used.media_id for used in three.with_media_moved(1, 1).media] == [2, 1, 3]
    assert [used.media_id for used in three.with_media_moved(1, -1).media] == [1, 2, 3]
    assert [used.media_id for used in three.with_media_moved(3, 9).media] == [1, 2, 3]
    assert three.with_media_moved(99, 1) == three
    assert three.with_media(2, 4, 4).media == (*three.media, Attached(4))
    assert [used.media_id for used in three.without_media(2).media] == [1, 3]


@pytest.mark.parametrize(
    ("title", "text", "heading"),
    [
        ("Hours", "Anything", "Hours"),
        ("", "Open  until\neight", "Open until eight"),
        ("", "word " * 30, ("word " * 11).strip() + "…"),
        ("", "", ""),
    ],
)
def test_without_a_title_the_text_begins_the_heading(title: str, text: str, heading: str):
    assert Content(title=title, text=text).heading == heading
