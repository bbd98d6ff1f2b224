"""Plain English: sentences of at most 25 words, and words that most people know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.readability import is_english, reading_ease, sentences, words
from publishing.checks.language.said import Said, shortened, texts_of
from publishing.composition import Composition

SOURCE = Source(
    "Government Digital Service, Writing for GOV.UK: sentences of at most 25 words",
    "https://www.gov.uk/guidance/content-design/writing-for-gov-uk",
)
LONGEST_SENTENCE = 25
HARDEST = 30
"""Flesch's reading ease; what is below is read with ease by few people."""
FEWEST_WORDS = 15
"""The figure says little about fewer."""


def check_plain_english(composition: Composition, now: datetime) -> Iterator[Found]:
    for said in texts_of(composition):
        yield from _check_sentences(said)
        yield from _check_words(said)


def _check_sentences(said: Said) -> Iterator[Found]:
    for sentence in sentences(said.prose):
        count = len(words(sentence))
        if count > LONGEST_SENTENCE:
            yield Found(
                f"Split the sentence of {count} words that begins “{shortened(sentence)}”",
                about=" ".join(words(sentence)),
                field=said.field,
            )


def _check_words(said: Said) -> Iterator[Found]:
    found = words(said.prose)
    if len(found) < FEWEST_WORDS or not is_english(found):
        return
    if reading_ease(said.prose) < HARDEST:
        yield Found(
            "Use shorter words and sentences: few people would read this text with ease",
            about=" ".join(found),
            field=said.field,
        )


CHECK = Check(
    key="plain_english",
    title="The text is plain English",
    find=check_plain_english,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
