"""Who may do what with a post that repeats."""

from __future__ import annotations

from accounts.access import Explanation, explain, may
from accounts.models import User
from accounts.permissions import Permission
from publishing.models import Series


def explain_changing(user: User, series: Series) -> Explanation:
    """Changing, resuming and taking over takes the right to write on every account of it."""
    return explain(user, Permission.WRITE_POST, on=series)


def may_change(user: User, series: Series) -> bool:
    return explain_changing(user, series).allowed


def may_stop(user: User, series: Series) -> bool:
    """Pausing and ending: its author always, while employed; else who may change it, or may move
    the times of posts there. Keeping posts from being made needs no training.
    """
    if series.author_id == user.pk:
        return user.is_employed()
    return may_change(user, series) or may(user, Permission.SCHEDULE_POST, on=series)
