"""The colour of each state's tag: one map for posts, deliveries, accounts and what hangs on them.

The words come from the states themselves; colour only repeats what the word says.
"""

from __future__ import annotations

COLOURS: dict[str, str] = {
    # Posts
    "draft": "grey",
    "awaiting_approval": "blue",
    "second_check": "purple",
    "changes_requested": "yellow",
    "approved": "teal",
    "scheduled": "teal",
    "published": "green",
    "part_published": "orange",
    "failed": "red",
    "missed_slot": "orange",
    "withdrawn": "grey",
    "taken_down": "magenta",
    "archived": "grey",
    "emergency": "red",
    "overdue": "red",
    # Deliveries and attempts
    "waiting": "teal",
    "sending": "blue",
    "rejected": "red",
    "unknown": "orange",
    "held": "yellow",
    "missed": "orange",
    "cancelled": "grey",
    "try_later": "yellow",
    "refused": "red",
    # Removals
    "removing": "blue",
    "removed": "magenta",
    "by_hand": "red",
    "removed_by_hand": "magenta",
    # Captions
    "added": "green",
    "added_by_hand": "green",
    "dropped": "grey",
    # Paid promotion
    "asked": "blue",
    "agreed": "teal",
    # Training sessions
    "planned": "blue",
    "booked": "teal",
    "on_waiting_list": "yellow",
    "attended": "green",
    "absent": "orange",
    # Long work
    "active": "green",
    "paused": "yellow",
    "ended": "grey",
    "running": "blue",
    "stopped": "red",
    "done": "green",
    # Social accounts
    "requested": "blue",
    "assessed": "purple",
    "live": "green",
    "suspended": "red",
    "dormant": "yellow",
    "closing": "orange",
    "closed": "grey",
    "partner": "grey",
    # Evidence and risk
    "in_date": "green",
    "expires_soon": "yellow",
    "in_grace": "orange",
    "expired": "red",
    "missing": "red",
    # Policies in consultation, and the strategy's timetable
    "signed_off": "green",
    "earlier_wording": "orange",
    "in_force": "green",
    "superseded": "grey",
    "not_started": "grey",
    "under_way": "blue",
    "delayed": "yellow",
    # Parts of a course
    "incomplete": "blue",
    "completed": "green",
    "passed": "green",
    "low": "green",
    "medium": "yellow",
    "high": "red",
}


def colour_of(state: str) -> str:
    """The tag colour of a state; grey where none is declared."""
    return COLOURS.get(state, "grey")
