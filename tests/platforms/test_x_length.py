"""Our counter against twitter-text-parser, which follows X's own test data."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from twitter_text import extract_urls_with_indices, parse_tweet

from platforms.x_length import addresses, weighted_length

PIECES = st.sampled_from(
    [
        "bbc.co.uk", "https://", "http://", "HTTPS://", "/", "?a=b", ".", " ", "gov.uk", "é",
        "日本", "👩‍👩‍👧", "🇬🇧", "(", ")", "_", "-", "@", "#", "$", "com", "x", ":", "80", "\n",
        "\r\n", "!",
        "…", "wealdmoor", "www.", "\u200e", "🏽", "👍🏽", "ﾊ", "e\u0301", "'", "&", "t.co/ab", ";",
        "https://t.co/abc", "=", "1️⃣", "中国", ".jp", ",", "ком", "рф", "1", "uk", "£",
        "©", "~",
        "\u2013", "\u2019", "\u3000", "ß", "İ", "xn--p1ai", "xn--", "☂", "☂️", "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "|", "[", "]",
        "\U0001d4b3",
    ]
)  # fmt: skip
TEXTS = [
    ("", 0),
    ("Bins are late", 13),
    ("https://www.wealdmoor.gov.uk/bins/when?round=green&day=2", 23),
    ("wealdmoor.gov.uk/bins", 23),
    ("See gov.uk.", 28),
    ("two.Sentences", 13),
    ("e.g. this", 9),
    ("someone@example.com", 19),
    ("Caf\u00e9", 4),
    ("Cafe\u0301", 4),
    ("日本", 4),
    ("😀", 2),
    ("👩‍👩‍👧‍👦", 2),
    ("🇬🇧", 2),
    ("1️⃣", 2),
    ("line one\r\nline two", 17),
    ("\u201cquoted\u201d \u2013 it\u2019s £5\u2026", 20),
]


@pytest.mark.parametrize(("text", "length"), TEXTS)
def test_known_lengths(text: str, length: int) -> None:
    assert weighted_length(text) == length


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("xt.co/ab=@(_)&")
@example("combbc.co.uk…👍🏽.jp/中国")
@example("http://twitter.com/これは日本語です。example.com中国語")
def test_pieces_of_addresses_and_emoji_count_as_x_counts_them(text: str) -> None:
    assert weighted_length(text) == parse_tweet(text).weightedLength


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_any_text_counts_as_x_counts_it(text: str) -> None:
    assert weighted_length(text) == parse_tweet(text).weightedLength


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=10).map("".join))
def test_addresses_are_where_x_sees_them(text: str) -> None:
    theirs = [found["indices"][0] for found in extract_urls_with_indices(text)]
    assert [found.start for found in addresses(text)] == theirs


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("a." * 5000, 10_000),
        ("a-" * 5000 + ".", 10_001),
        ("com.a_" * 2000, 12_000),
        ("word " * 20_000, 100_000),
    ],
)
def test_texts_that_make_a_pattern_slow_are_counted_all_the_same(text: str, length: int) -> None:
    assert weighted_length(text) == length
