"""The words that templates write."""

from __future__ import annotations

import pytest

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
