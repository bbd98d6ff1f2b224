"""A finding: what a check says about a post."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    BLOCKING = "blocking"
    """The post cannot be sent for approval, nor approved."""
    ADVISORY = "advisory"
    """Worth a look; it blocks nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`message` says what is wrong and what to do; `source` names the rule, `field` the input."""

    severity: Severity
    message: str
    source: str = ""
    field: str = ""


def blocking(message: str, *, source: str = "", field: str = "") -> Finding:
    return Finding(Severity.BLOCKING, message, source, field)


def advisory(message: str, *, source: str = "", field: str = "") -> Finding:
    return Finding(Severity.ADVISORY, message, source, field)
