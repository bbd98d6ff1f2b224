"""The addresses of a list's rows are those that the pages answer at."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from pages.addresses import address_of


@pytest.mark.parametrize("page", ["post", "post_edit", "mention", "account"])
@pytest.mark.parametrize("number", [1, 20, 123_456_789])
def test_an_address_is_that_of_the_page(page: str, number: int) -> None:
    assert address_of(page, number) == reverse(page, args=[number])


def test_a_template_writes_it_by_the_name_of_the_page() -> None:
    drawn = Template("{% load addresses %}{% address 'post' pk %}").render(Context({"pk": 7}))

    assert drawn == reverse("post", args=[7])


def test_a_page_that_is_not_there_has_none() -> None:
    with pytest.raises(NoReverseMatch):
        address_of("nowhere", 1)
