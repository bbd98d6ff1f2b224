"""In which states an account was on a day: from the audit trail, which is where that is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accounts.models import AccountState, SocialAccount
from audit.catalogue import Event
from audit.models import Entry
from pages.days import midnight_after

LIVE = AccountState.LIVE.label.lower()


def states_on(account: SocialAccount, day: date) -> list[str]:
    """The states of that day in words, in order; empty before it was on the register. One query.

    Where the trail says nothing of it, the account has been all along what it is.
    """
    start, end = midnight_after(day - timedelta(days=1)), midnight_after(day)
    kept = Entry.objects.about("accounts.socialaccount", str(account.pk)).filter(
        event__in=(Event.ACCOUNT_REGISTERED, Event.ACCOUNT_STATE_MOVED)
    )
    entries = list(kept.order_by("sequence"))
    if not entries or entries[0].at >= end:
        return _before(account, entries, end)
    then = [entry for entry in entries if entry.at < start][-1:]
    then += [entry for entry in entries if start <= entry.at < end]
    return [_state(entry, "after") for entry in then]


def _before(account: SocialAccount, entries: list[Entry], end: datetime) -> list[str]:
    """Before the first entry there is: what that one says that it was."""
    if account.added_at >= end:
        return []
    first = _state(entries[0], "before") if entries else ""
    return [first or account.get_state_display().lower()]


def _state(entry: Entry, side: str) -> str:
    return str((entry.details.get(side) or {}).get("state", ""))
