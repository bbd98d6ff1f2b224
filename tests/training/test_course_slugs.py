"""No course and no policy takes the address of another page, whatever pages there are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from tests.training.writing.making import facts, hr
from training.actions.policy_drafts import TAKEN
from training.actions.writing.courses import add_course
from training.course_slugs import RESERVED, free_slug
from training.models import Course

SLUG = "<slug:slug>"


def _addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _addresses(each, address)
        else:
            yield address


def beside_slugs_below(top: str) -> set[str]:
    """The words of addresses that stand where another address has the slug of its subject."""
    addresses = [each for each in _addresses(get_resolver()) if each.startswith(top)]
    heads = {each.partition(SLUG)[0] for each in addresses if SLUG in each}
    words = {
        each.removeprefix(head).split("/")[0]
        for head in heads
        for each in addresses
        if each.startswith(head)
    }
    return {word for word in words if word and "<" not in word}


def test_the_words_are_read_from_the_addresses() -> None:
    found = beside_slugs_below("training/")
    assert {"ambassadors", "courses", "matrix", "new", "sessions", "that-come-with-it"} <= found
    assert "start" not in found, "it stands behind a slug"


def test_no_course_takes_a_word_of_an_address() -> None:
    assert beside_slugs_below("training/") - RESERVED == set()


def test_no_policy_takes_a_word_of_an_address() -> None:
    assert beside_slugs_below("policies/") - TAKEN == set()


@pytest.mark.django_db
@pytest.mark.parametrize("word", sorted(beside_slugs_below("training/")))
def test_a_course_that_is_called_like_a_page_has_an_address_of_its_own(word: str) -> None:
    assert free_slug(word.replace("-", " ").capitalize()) == f"{word}-2"


@pytest.mark.django_db
def test_an_author_who_adds_one_gets_that_address() -> None:
    course = add_course(by=hr(), facts=facts(title="Ambassadors"))
    assert course == Course.objects.get(slug="ambassadors-2")
