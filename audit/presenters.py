"""What an entry says: its sentence (`audit.sentences`) and its facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit.catalogue import Event
from audit.models import Entry
from audit.sentences import SENTENCES

TITLED = frozenset(
    {
        "publishing.post",
        "publishing.version",
        "publishing.delivery",
        "training.course",
        "training.policydocument",
        "training.policyversion",
        "training.trainingsession",
    }
)
"""Subjects that are called by a title that somebody typed, which could be any words at all."""
_TITLE = re.compile(r"(?s)(.+?)(, version \d+(?: to .*)?)?")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OPTIONAL = re.compile(r"\[([^\]|]*)(?:\|([^\]]*))?\]")
_VALUE = re.compile(r"\{(\w+)\}")


def sentence(entry: Entry, called: str = "") -> str:
    """What happened, in a sentence without its full stop.

    `called`: what the subject is called where its name is clear, such as "this post" on its own
    page. An entry of an event that this release does not know any more still reads.
    """
    values = _values(entry)
    if called:
        values["subject"] = called
    try:
        template = SENTENCES[Event(entry.event)]
    except ValueError:
        return f"{values['actor']}, {entry.event}: {values['subject']}"

    def optional(match: re.Match[str]) -> str:
        there = all(values.get(name) for name in _VALUE.findall(match[1]))
        return match[1] if there else match[2] or ""

    template = _OPTIONAL.sub(optional, template)
    words = _VALUE.sub(lambda match: values.get(match[1], ""), template)
    # A reason often brings a full stop of its own.
    return words[:1].upper() + words[1:].removesuffix(".")


@dataclass(frozen=True)
class Fact:
    """One thing the entry says: its name, what it was before and after ("" where it says not)."""

    name: str
    before: str
    after: str


def facts(entry: Entry) -> list[Fact]:
    """What changed from what to what, for the expander under an entry."""
    before, after = _side(entry, "before"), _side(entry, "after")
    names = list(dict.fromkeys([*before, *after]))
    return [
        Fact(name.replace("_", " ").capitalize(), _text(before.get(name)), _text(after.get(name)))
        for name in names
    ]


def _values(entry: Entry) -> dict[str, str]:
    before, after = _side(entry, "before"), _side(entry, "after")
    return {
        **{f"before_{name}": _text(value) for name, value in before.items()},
        **{name: _text(value) for name, value in {**before, **after}.items()},
        "actor": entry.actor_name,
        "subject": _subject(entry),
        "reason": entry.reason,
    }


def _subject(entry: Entry) -> str:
    """What the entry is about; a title stands in quotation marks, apart from the sentence."""
    found = _TITLE.fullmatch(entry.subject_name)
    if entry.subject_type not in TITLED or not found:
        return entry.subject_name
    return f"“{found[1]}”{found[2] or ''}"


def _side(entry: Entry, side: str) -> Mapping[str, Any]:
    value = entry.details.get(side)
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_text(item)}" for name, item in value.items())
    return _day_in_words(str(value))


def _day_in_words(text: str) -> str:
    """“21 May 2025” for the day that the entry keeps as 2025-05-21; any other text as it is."""
    if not _DAY.fullmatch(text):
        return text
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"
