"""Accounts that could not publish at that time, as the register has it.

Advisory, because the register can be put right until then; the engine asks again before it sends.
An account that is being closed will not be: nothing new is scheduled there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from accounts.models import AccountState
from accounts.obstacles import obstacles
from publishing.checks.finding import Finding, advisory, blocking
from publishing.composition import Composition

ENDING = (AccountState.CLOSING, AccountState.CLOSED)


def check_account_obstacles(composition: Composition, now: datetime) -> Iterator[Finding]:
    at = max(composition.publish_at or now, now)
    for part in composition.parts:
        if part.account.state in ENDING:
            yield blocking(
                f"{part.account} is being closed: choose another account", field="accounts"
            )
            continue
        for obstacle in obstacles(part.account, at):
            yield advisory(
                f"{part.account}: {obstacle.what}",
                source=f"Who can help: {obstacle.who_can_help}",
                field="accounts",
            )
