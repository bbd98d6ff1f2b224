"""An account that is being closed gets nothing new: it would stand in the way of closing it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from accounts.models import AccountState
from publishing.checks.finding import Check, Found
from publishing.composition import Composition

ENDING = (AccountState.CLOSING, AccountState.CLOSED)


def check_accounts_closing(composition: Composition, now: datetime) -> Iterator[Found]:
    for part in composition.parts:
        if part.account.state in ENDING:
            yield Found(f"{part.account} is being closed: choose another account", field="accounts")


CHECK = Check(
    key="accounts_closing",
    title="No account is being closed",
    find=check_accounts_closing,
    is_fixed=True,
)
