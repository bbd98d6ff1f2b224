"""What somebody has to know about one course or policy: until when, by when, and what it stops."""

from __future__ import annotations

from datetime import date, timedelta

from training.models import Course
from training.standing import Learning, Standing


def in_words(learning: Learning, on: date) -> str:
    """Whole sentences, for `learning` as it stands on that day; never empty."""
    return " ".join(part for part in (_has(learning), _asks(learning, on)) if part)


def _has(learning: Learning) -> str:
    if learning.expires is None or learning.counts is None:
        return ""
    if learning.standing is Standing.EXPIRED:
        return f"It ran out on {_day(learning.expires)}."
    if learning.standing is Standing.IN_GRACE:
        until = _day(learning.counts)
        return f"It ran out on {_day(learning.expires)}. For posting it counts until {until}."
    if learning.asked_again_from:
        last = learning.asked_again_from - timedelta(days=1)
        return (
            f"It has changed: what you did before counts until {_day(min(last, learning.expires))}."
        )
    return f"Good until {_day(learning.expires)}."


def _asks(learning: Learning, on: date) -> str:
    if not learning.is_asked:
        return "" if learning.expires else "Not asked of you: for your own interest."
    if not learning.is_open:
        return ""
    if _stops_now(learning, on):
        return f"You cannot {_what(learning)} until it is done."
    if learning.due_on is None or learning.standing is Standing.IN_GRACE:
        return ""
    if learning.due_on < on:
        return f"It was due on {_day(learning.due_on)}."
    due = f"Do it by {_day(learning.due_on)}."
    return f"{due} After that you cannot post." if learning.holds_posting else due


def _stops_now(learning: Learning, on: date) -> bool:
    """Whether posting, or approving, is refused for want of it."""
    if learning.standing not in (Standing.MISSING, Standing.EXPIRED) or not learning.holds_posting:
        return False
    return _is_needed_by_all(learning) or learning.is_late(on)


def _is_needed_by_all(learning: Learning) -> bool:
    """Whether whoever posts or approves needs it at once, whatever its due day."""
    thing = learning.thing
    return thing.needed_to_write or (isinstance(thing, Course) and thing.needed_to_approve)


def _what(learning: Learning) -> str:
    return "approve posts" if learning.needed_for == "Approving" else "post"


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
