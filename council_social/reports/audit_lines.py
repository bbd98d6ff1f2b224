"""An entry as a line of the page: a sentence, and everything it says to unfold."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import Fact, facts, sentence

LABELS: dict[str, str] = {event.value: event.label for event in Event}
Row = dict[str, str]


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
        *(_row(fact.name, _change(fact)) for fact in facts(entry)),
        _row("What", LABELS.get(entry.event, entry.event)),
        _who(entry),
        _what(entry),
        _row("Asked from", entry.address or "the service itself"),
        _row("When exactly", entry.at.isoformat()),
        _row("Hash", entry.hash),
    ]


def _row(key: str, value: str) -> Row:
    """Without a link, and saying so: a name that a template does not find costs it time."""
    return {"key": key, "value": value, "href": ""}


def _change(fact: Fact) -> str:
    if fact.before and fact.after:
        return f"{fact.before} → {fact.after}"
    return fact.after or f"was {fact.before}"


def _who(entry: Entry) -> Row:
    if not entry.actor_email:
        return _row("Who", entry.actor_name)
    return {
        "key": "Who",
        "value": f"{entry.actor_name}, {entry.actor_email}",
        "href": f"?{urlencode({'person': entry.actor_email})}",
        "action": "Everything",
        "describes": f"that {entry.actor_name} did",
    }


def _what(entry: Entry) -> Row:
    if not entry.subject_id:
        return _row("To what", entry.subject_name)
    reference = f"{entry.subject_type}:{entry.subject_id}"
    return {
        "key": "To what",
        "value": f"{entry.subject_name} ({reference})",
        "href": f"?{urlencode({'subject': reference})}",
        "action": "Everything",
        "describes": f"done to {entry.subject_name}",
    }
