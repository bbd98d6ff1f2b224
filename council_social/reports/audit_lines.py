"""An entry as a line of the page: a sentence, and everything it says to unfold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import Fact, facts, sentence

LABELS: dict[str, str] = {event.value: event.label for event in Event}


class Row(NamedTuple):
    """A row of the summary list, its parts in the order in which that component names them."""

    key: str
    value: str
    href: str = ""
    action: str = ""
    describes: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What the page shows of an entry; `rows` are those of a summary list."""

    entry: Entry
    number: str
    sentence: str
    rows: list[Row]


def line_of(entry: Entry) -> Line:
    """The entry in words."""
    return Line(entry, f"{entry.sequence:,}", sentence(entry), _rows(entry))


def _rows(entry: Entry) -> list[Row]:
    return [
        *(Row(fact.name, _change(fact)) for fact in facts(entry)),
        Row("What", LABELS.get(entry.event, entry.event)),
        _who(entry),
        _what(entry),
        Row("Asked from", entry.address or "the service itself"),
        Row("When exactly", entry.at.isoformat()),
        Row("Hash", entry.hash),
    ]


def _change(fact: Fact) -> str:
    if fact.before and fact.after:
        return f"{fact.before} → {fact.after}"
    return fact.after or f"was {fact.before}"


def _who(entry: Entry) -> Row:
    if not entry.actor_email:
        return Row("Who", entry.actor_name)
    return Row(
        "Who",
        f"{entry.actor_name}, {entry.actor_email}",
        href=f"?{urlencode({'person': entry.actor_email})}",
        action="Everything",
        describes=f"that {entry.actor_name} did",
    )


def _what(entry: Entry) -> Row:
    if not entry.subject_id:
        return Row("To what", entry.subject_name)
    reference = f"{entry.subject_type}:{entry.subject_id}"
    return Row(
        "To what",
        f"{entry.subject_name} ({reference})",
        href=f"?{urlencode({'subject': reference})}",
        action="Everything",
        describes=f"done to {entry.subject_name}",
    )
