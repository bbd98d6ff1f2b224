"""A post goes to at least one account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found
from publishing.composition import Composition


def check_accounts_chosen(composition: Composition, now: datetime) -> Iterator[Found]:
    if not composition.parts:
        yield Found("Choose at least one account", field="accounts")


CHECK = Check(
    key="accounts_chosen",
    title="An account is chosen",
    find=check_accounts_chosen,
    is_fixed=True,
)
