"""The account's own entries of the audit trail, as part of its archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from accounts.archive.windows import in_windows
from accounts.archiving import Item, Part
from accounts.models import SocialAccount
from audit.entries import EntryQuerySet
from audit.models import Entry
from audit.presenters import sentence

AT_ONCE = 500
CONTACTS = frozenset({"recovery_contact", "partner_contact"})
"""Not for every reader of the archive."""


def _entries(account: SocialAccount, at: datetime) -> EntryQuerySet:
    return Entry.objects.about("accounts.socialaccount", str(account.pk)).filter(at__lte=at)


def _items(account: SocialAccount, at: datetime) -> Iterator[Item]:
    for entry in in_windows(_entries(account, at), AT_ONCE):
        yield Item(
            {
                "sequence": entry.sequence,
                "at": entry.at.isoformat(),
                "event": entry.event,
                "by": entry.actor_name,
                "sentence": sentence(entry),
                "reason": entry.reason,
                "details": _without_contacts(entry.details),
                "hash": entry.hash,
            }
        )


def _without_contacts(details: Mapping[str, Any]) -> dict[str, Any]:
    return {
        side: {name: value for name, value in facts.items() if name not in CONTACTS}
        for side, facts in details.items()
        if isinstance(facts, dict)
    }


ENTRIES = Part(
    name="entries",
    heading="What happened to the account",
    template="accounts/archive/entry.html",
    a_page=500,
    items=_items,
    count=lambda account, at: _entries(account, at).count(),
    # The archive itself is an entry: nothing that is only recorded makes it out of date.
    newest=lambda account: None,
)
