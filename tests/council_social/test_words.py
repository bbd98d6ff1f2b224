"""The words that templates write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.template import Context, Template

from council_social.templatetags.words import beginning


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("Bin day", "Bin day"),
        ("Bin days", "Bin da…"),
        ("Today or not", "Today…"),
    ],
)
def test_a_long_text_is_cut_with_an_ellipsis(text: str, words: str) -> None:
    assert beginning(text, 7) == words


@time_machine.travel(datetime(2026, 7, 1, 12, tzinfo=UTC))
def test_a_day_is_that_of_the_council_and_not_of_the_database() -> None:
    just_after_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    page = Template("{% load words %}{{ at|day }}, {{ at|short_day }}")
    assert page.render(Context({"at": just_after_midnight})) == "1 July 2026, 1 Jul 2026"
