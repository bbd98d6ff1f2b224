"""Accounts that could not publish at that time, as the register has it: suspended, signed out.

A note: whoever writes can do nothing about it, and the register can be put right until then. The
engine asks again before it sends.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from accounts.obstacles import obstacles
from publishing.checks.accounts_closing import ENDING
from publishing.checks.finding import Check, Found, Severity
from publishing.composition import Composition


def check_account_obstacles(composition: Composition, now: datetime) -> Iterator[Found]:
    at = max(composition.publish_at or now, now)
    for part in composition.parts:
        if part.account.state in ENDING:
            continue
        for obstacle in obstacles(part.account, at):
            yield Found(
                f"{part.account}: {obstacle.what}",
                source=f"Who can help: {obstacle.who_can_help}",
                field="accounts",
            )


CHECK = Check(
    key="account_obstacles",
    title="The accounts can publish",
    find=check_account_obstacles,
    severity=Severity.NOTE,
)
