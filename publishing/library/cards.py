"""An item as a list shows it: its title, and in a word what stands in the way of using it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from platforms.contract import MediaKind
from publishing.library.grounds import in_words, obstacles_to_showing
from publishing.models import MediaItem, People

SOON = timedelta(days=30)


class Card(NamedTuple):
    """`tag` and its `colour` say whether it can be used today."""

    item: MediaItem
    tag: str
    colour: str
    is_video: bool


def cards_of(items: Iterable[MediaItem]) -> list[Card]:
    """The items come with their file and consents."""
    return [Card(item, *state_in_a_word(item), item.file.kind == MediaKind.VIDEO) for item in items]


def state_in_a_word(item: MediaItem) -> tuple[str, str]:
    """Words and the colour of their tag."""
    today = timezone.localdate()
    if item.people == People.NOT_SAID:
        return "People not said", "grey"
    if any(obstacles_to_showing(item, today)):
        return "Do not use", "red"
    ends = [item.licence_ends_on] if item.licence_ends_on else []
    if item.people == People.SHOWN:
        ends += [each.expires_on for each in item.consents.all() if each.expires_on]
    if ends and min(ends) <= today + SOON:
        return f"Until {in_words(min(ends))}", "yellow"
    return ("People shown", "blue") if item.people == People.SHOWN else ("Nobody shown", "green")
