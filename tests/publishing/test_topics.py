"""Topics are found by whole words and phrases."""

from __future__ import annotations

import pytest

from publishing.models import Topic
from publishing.topics import topics_in, words_found


@pytest.mark.parametrize(
    ("text", "touches"),
    [
        ("Adoption week starts today", True),
        ("Think about FOSTER\ncare!", True),
        ("readoption", False),
        ("adoptions", False),
        ("foster a love of care", False),
        ("#adoption", True),
        ("C++ (beta)", True),
    ],
)
def test_a_topic_is_touched_by_a_whole_word_or_phrase(text, touches) -> None:
    care = Topic(name="Care", words="adoption\n\n  foster   care \nC++\n")

    assert topics_in(text, [care]) == ([care] if touches else [])


def test_a_topic_without_words_is_never_touched() -> None:
    assert topics_in("anything", [Topic(name="Empty", words=" \n ")]) == []
    assert words_found("anything", Topic(name="Empty", words="")) == []


def test_what_touched_it_is_told_as_it_is_written() -> None:
    care = Topic(name="Care", words="adoption\ncare")

    assert words_found("Adoption, care and adoption. Care.", care) == [
        "Adoption",
        "care",
        "adoption",
        "Care",
    ]
