"""Names are found as whole words, however they are written."""

from __future__ import annotations

import pytest

from publishing.elections.wording import folded, folded_with_hashtags, speaks_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Meet Jane Smith today.", "Jane Smith"),
        ("JANE SMITH!", "Jane Smith"),
        ("jane\nsmith", "Jane Smith"),
        ("Jane Smith’s surgery", "Jane Smith"),
        ("Cllr O’Brien was there", "O'Brien"),
        ("Cllr OBrien was there", "O’Brien"),
        ("Cllr O`Brien's visit", "O'Brien"),
        ("Sian Jones spoke", "Siân Jones"),
        ("Siân Jones spoke", "Sian Jones"),
        ("Søren Łukasz", "Soren Lukasz"),
        ("Ann Smith Jones", "Ann Smith-Jones"),
        ("Ann Smith-Jones", "Ann Smith Jones"),
        ("the Greens' plan", "Greens"),
        ("\N{MATHEMATICAL BOLD CAPITAL J}ane Smith", "Jane Smith"),
        ("Ja\u200bne Smith", "Jane Smith"),
        ("Vote #JaneSmith", "Jane Smith"),
        ("Ask @JaneSmithHill", "Jane Smith"),
        ("https://council.example/news/jane-smith-opens-park", "Jane Smith"),
        ("St John's ward", "St John’s"),
    ],
)
def test_it_is_found(text: str, name: str) -> None:
    assert speaks_of(folded_with_hashtags(text), folded(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Smithsonian", "Smith"),
        ("A blacksmith works here", "Smith"),
        ("Jane and Tom Smith", "Jane Smith"),
        ("Evergreens are on sale", "Greens"),
        ("Hillside library", "Hill"),
        ("Smith, Jane", "Jane Smith"),
        ("Anything", ""),
        ("Anything", " '’ "),
    ],
)
def test_it_is_not_found(text: str, name: str) -> None:
    assert not speaks_of(folded_with_hashtags(text), folded(name))
