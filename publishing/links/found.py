"""The links of a post: the one in its own field, and those in its texts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from publishing.composition import Composition
from publishing.drafts import Content

MOST = 10
"""More links than any post of a council has; the rest is not looked at."""
LONGEST = 2000
_LINK = re.compile(r"https?://[^\s<>\"'“”‘’]{3,1000}", re.IGNORECASE)
_AFTER = ".,;:!?)]}…"
"""Signs that end a sentence, and not an address."""


def links_of(composition: Composition) -> list[str]:
    """Each once, in the order in which somebody meets them."""
    texts = [composition.text, *(part.text for part in composition.parts)]
    return _links(composition.link, texts)


def links_typed(content: Content) -> list[str]:
    """The same of what is in the form."""
    return _links(content.link, [content.text, *(text for _, text in content.own_texts)])


def links_in(text: str) -> list[str]:
    """Web addresses that stand in a text, written out in full."""
    return [link.rstrip(_AFTER) for link in _LINK.findall(text)]


def _links(link: str, texts: Iterable[str]) -> list[str]:
    links = [link, *(found for text in texts for found in links_in(text))]
    whole = (found for found in links if found and len(found) <= LONGEST)
    return list(dict.fromkeys(whole))[:MOST]
