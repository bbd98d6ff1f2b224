"""Hashtags and names that are offered: of posts that the writer may read, where they are links."""

from __future__ import annotations

import pytest

from accounts.models import AccountState
from publishing.writing_aids.offers import Offers, offers_for
from tests.factories import AccountFactory, AccountGrantFactory, drafter_of
from tests.publishing.making import submitted

pytestmark = pytest.mark.django_db
RIGHTS = 6
"""Questions about what the writer may read."""


def handles(offers: Offers) -> dict[str, tuple[str, ...]]:
    return {names.platform: names.handles for names in offers.names}


def test_hashtags_in_use_are_offered_the_most_used_first_and_readable(author, account, page):
    submitted(author, account, text="Come and read. #StoryTime #wealdmoorlibraries #dyddgwyldewi")
    submitted(author, page, text="Music for the youngest. #StoryTime and #storytime")
    offers = offers_for([account, page], author)
    assert set(offers) == {"text", f"text_{account.pk}", f"text_{page.pk}"}
    assert offers["text"].tags == ("#StoryTime", "#WealdmoorLibraries")
    assert offers_for([], author) == {}


def test_what_the_writer_may_not_read_is_offered_to_nobody(author, account):
    other = AccountFactory(platform="x", service_area=account.service_area)
    colleague = drafter_of(other)
    submitted(colleague, other, text="Nobody knows yet. #SecretFair with @secretguest")
    for writer, is_offered in ((author, False), (colleague, True)):
        text = offers_for([account], writer)["text"]
        assert ("#SecretFair" in text.tags) is is_offered
        assert ("@secretguest" in handles(text)["X"]) is is_offered


def test_names_are_offered_only_where_they_become_links(author, account, page):
    AccountFactory(platform="x", handle="wmparks")
    AccountFactory(platform="x", handle="gone", state=AccountState.CLOSED)
    near = AccountFactory(platform="x", handle="zoo", service_area=account.service_area)
    AccountFactory(platform="facebook", handle="fbparks")
    submitted(author, account, page, text="Thank you @RNLI and @wmParks, not you@b.example.")
    offers = offers_for([account, page], author)
    assert handles(offers["text"]) == {"X": ("@zoo", "@wmparks", "@RNLI"), "Facebook": ()}
    assert handles(offers[f"text_{page.pk}"]) == {"Facebook": ()}
    assert "makes no link" in offers[f"text_{page.pk}"].names[0].about
    assert near.handle == "zoo"


def test_as_many_questions_for_one_account_as_for_many(
    author, account, page, django_assert_num_queries
):
    others = [AccountFactory(platform="x") for _ in range(5)]
    for each in others:
        AccountGrantFactory(user=author, account=each)
        submitted(author, each, text=f"What is on at number {each.pk}. #Number{each.pk}")
    submitted(author, account, text="Something on this one. #Here")
    for chosen in ([account], [account, page, *others]):
        with django_assert_num_queries(4 + RIGHTS):
            offers_for(chosen, author)
