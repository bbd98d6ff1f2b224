"""Topics: what to speak of with care, found by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from publishing.models import Topic


def topics_in(text: str, topics: Iterable[Topic]) -> list[Topic]:
    """Those of `topics` that `text` touches: one of the topic's words or phrases is in it.

    Whole words, in capitals or not; the words of a phrase may be on different lines.
    """
    return [topic for topic in topics if (words := _any_of(topic.words)) and words.search(text)]


def words_found(text: str, topic: Topic) -> list[str]:
    """What in `text` made it touch the topic, as it is written there, each once."""
    words = _any_of(topic.words)
    return list(dict.fromkeys(words.findall(text))) if words else []


@lru_cache(maxsize=500)
def _any_of(lines: str) -> re.Pattern[str] | None:
    phrases = [line.split() for line in lines.splitlines()]
    either = "|".join(r"\s+".join(map(re.escape, phrase)) for phrase in phrases if phrase)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if either else None
