"""What a post says in public, and in which field of the form it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publishing.composition import Composition

_NOT_PROSE = re.compile(r"https?://\S+|www\.\S+|(?<!\S)[^\s@]+@\S+|[#@]\w+")


@dataclass(frozen=True, slots=True)
class Said:
    """One text, as typed."""

    text: str
    field: str

    @property
    def prose(self) -> str:
        """Without addresses, hashtags and names of accounts."""
        return _NOT_PROSE.sub(" ", self.text)


def texts_of(composition: Composition) -> Iterator[Said]:
    """Each text once, whichever accounts share it; the one for all where no account is chosen."""
    texts = [(part.text, part.text_field) for part in composition.parts]
    for text, field in dict.fromkeys(texts or [(composition.text, "text")]):
        yield Said(text, field)


def everything_of(composition: Composition) -> Iterator[Said]:
    """The texts, the title where somebody reads it, and the alt texts."""
    yield from texts_of(composition)
    if any(part.platform.limits.title for part in composition.parts):
        yield Said(composition.title, "title")
    for picture in composition.media:
        yield Said(picture.alt_text, f"alt_{picture.file.pk}")


def shortened(text: str, most: int = 60) -> str:
    """So much of it as fits into a message, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
