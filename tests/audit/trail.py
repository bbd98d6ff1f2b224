"""What the tests of the audit trail have in common: somebody, something, and a trail of them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from audit.canonical import FIELDS, GENESIS, canonical_json, entry_hash
from audit.catalogue import Event
from audit.models import Entry
from audit.record import Subject, record
from audit.standalone import verify_audit

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Someone:
    """Whoever did it, as far as the audit trail cares."""

    pk: int = 7
    name: str = "Priya Shah"
    email: str = "priya.shah@wealdmoor.example"


A_POST = Subject("publishing.post", "12", "Library opens on Sundays")


def record_several(count: int) -> list[Entry]:
    """So many entries, in one transaction."""
    with transaction.atomic():
        return [
            record(
                Event.POST_APPROVED,
                by=Someone(),
                on=A_POST,
                before={"state": "awaiting approval"},
                after={"state": "approved", "version": number},
                reason="Checked with the library",
            )
            for number in range(1, count + 1)
        ]


def chain_of(count: int, **changed: str) -> list[dict[str, Any]]:
    """A chain without a database, as the stand-alone verifier reads it."""
    entries: list[dict[str, Any]] = []
    last = GENESIS
    for sequence in range(1, count + 1):
        entry: dict[str, Any] = {name: f"{name} {sequence}" for name in FIELDS}
        entry |= {
            "sequence": sequence,
            "at": f"2026-05-07T09:30:00.{sequence:06}Z",
            "details": canonical_json({"after": {"version": sequence}}),
            **changed,
            "previous_hash": last,
        }
        last = entry["hash"] = entry_hash(last, entry)
        entries.append(entry)
    return entries


def broken(entries: list[dict[str, Any]], **heads: Any) -> str:
    """What the verifier says is broken, or ""."""
    try:
        verify_audit.check(entries, **heads)
    except verify_audit.Broken as found:
        return str(found)
    return ""


def manage_alone(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` of a project with nothing but the audit app, on an SQLite file."""
    return python_alone(database, "-m", "django", *arguments)


def python_alone(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python process for which that project is set up."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.audit.alone",
            "DATABASE_URL": f"sqlite:///{database}",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


_PROGRAM = "import sys, django; django.setup(); from tests.audit.trail import record_several; "
RECORD_AT_ONCE = _PROGRAM + "record_several(int(sys.argv[1]))"
"""A program that records so many entries in one transaction."""
RECORD_ONE_BY_ONE = _PROGRAM + "[record_several(1) for _ in range(int(sys.argv[1]))]"
"""A program that records so many entries, each in a transaction of its own."""
