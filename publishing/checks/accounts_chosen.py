"""A post goes to at least one account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Finding, blocking
from publishing.composition import Composition


def check_accounts_chosen(composition: Composition, now: datetime) -> Iterator[Finding]:
    if not composition.parts:
        yield blocking("Choose at least one account", field="accounts")
