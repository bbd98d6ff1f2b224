"""A check, what it finds in a post, and how severe that is here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from publishing.composition import Composition


class Severity(StrEnum):
    BLOCKING = "blocking"
    """The post cannot be sent for approval, nor approved."""
    ADVISORY = "advisory"
    """The author says in words why it may stay, or changes the post; the approver reads that."""
    NOTE = "note"
    """Good to know; nobody has to answer it."""
    OFF = "off"
    """The council has switched the check off: it is not run."""


@dataclass(frozen=True, slots=True)
class Source:
    """The rule that a check comes from: its name, and where it can be read."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a check yields. `message` says what is wrong and what to do.

    `about` is what of the post it is about, in words that stay the same while the finding does: an
    answer holds as long as it does. `field` is the form's field, `source` a rule more exact than
    the check's own. One that `is_note` asks nobody for an answer, however severe the check is.
    """

    message: str
    about: str = ""
    field: str = ""
    source: str = ""
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `find` reads a composition as of a moment, and changes nothing.

    `key` is kept in tables: it never changes. A check that `is_fixed` cannot be set otherwise by
    the council, because a platform, the law or our own tables would refuse the post anyway.
    """

    key: str
    title: str
    find: Callable[[Composition, datetime], Iterable[Found]]
    severity: Severity = Severity.BLOCKING
    is_fixed: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says about a post, with the severity that it has at this council."""

    check: Check
    severity: Severity
    message: str
    about: str = ""
    field: str = ""
    source: str = ""

    @property
    def key(self) -> str:
        """The same as long as the same check says it of the same thing; fit for a form's field."""
        about = hashlib.sha256(f"{self.field}\0{self.about or self.message}".encode()).hexdigest()
        return f"{self.check.key}-{about[:16]}"

    @property
    def rule(self) -> str:
        """Where it comes from, in words: its own source, else its check's."""
        return self.source or (self.check.source.name if self.check.source else "")
