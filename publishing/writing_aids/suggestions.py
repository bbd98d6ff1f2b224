"""Hashtags of a post that would be read aloud better with other capitals."""

from __future__ import annotations

from dataclasses import dataclass

from publishing.checks.language.said import texts_of
from publishing.composition import Composition
from publishing.hashtags import better, tags_in

MOST = 6


@dataclass(frozen=True, slots=True)
class Suggestion:
    tag: str
    instead: str


def suggestions_of(composition: Composition) -> list[Suggestion]:
    """Each hashtag once, in the order of the texts. No query."""
    names = [account.name for account in composition.accounts]
    found = {
        tag: better(tag, names, said.text)
        for said in texts_of(composition)
        for tag in tags_in(said.text)
    }
    return [Suggestion(tag, instead) for tag, instead in found.items() if instead][:MOST]
