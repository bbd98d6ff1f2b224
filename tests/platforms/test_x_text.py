"""A post that came back from X is recognised, and a different one is not."""

from __future__ import annotations

import pytest

from platforms.x_text import readable, same_text


def test_short_links_are_written_out_and_the_pictures_link_left_away() -> None:
    tweet = {
        "text": "Bins &amp; boxes https://t.co/a1 https://t.co/b2",
        "entities": {
            "urls": [
                {"url": "https://t.co/a1", "expanded_url": "https://www.gov.uk/bins"},
                {"url": "https://t.co/b2", "expanded_url": "https://x.com/a", "media_key": "3_1"},
            ]
        },
    }
    assert readable(tweet) == "Bins & boxes https://www.gov.uk/bins"


def test_a_post_without_entities_is_its_text() -> None:
    assert readable({"text": "1 &lt; 2"}) == "1 < 2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("See gov.uk/bins", "See http://gov.uk/bins"),
        ("https://www.GOV.uk/", "https://www.gov.uk"),
        ("Caf\u00e9", "Cafe\u0301"),
        ("two  spaces\nand a line", "two spaces and a line"),
    ],
)
def test_what_x_changes_makes_no_difference(one: str, other: str) -> None:
    assert same_text(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Open on Monday", "Open on monday"),
        ("Open on Monday", "Open on Monday."),
        ("https://gov.uk/Bins", "https://gov.uk/bins"),
        ("https://gov.uk/a", "https://gov.uk/b"),
    ],
)
def test_any_other_change_does(one: str, other: str) -> None:
    assert not same_text(one, other)
