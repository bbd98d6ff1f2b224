"""How posts of the demonstration are written down."""

from __future__ import annotations

from dataclasses import dataclass

SITE = "https://www.wealdmoor.example"
NIGHT = f"{SITE}/libraries/night"
"""What the one post that is driven from start to end links to."""
COUNCIL = ("council-x", "council-facebook")
LIBRARIES = ("libraries-x", "libraries-facebook")


@dataclass(frozen=True, slots=True)
class Picture:
    """A poster (see `pictures.SCENES`), or a film of it, with its alt text."""

    scene: str
    headline: str
    below: str
    alt_text: str
    is_film: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A post as somebody wrote it. `author` and `accounts` are keys; `own` is for some accounts."""

    author: str
    accounts: tuple[str, ...]
    title: str
    text: str
    link: str = ""
    campaign: str = ""
    picture: Picture | None = None
    own: tuple[tuple[str, str], ...] = ()
    note: str = ""
