"""When somebody is reminded of what: by how near the due date is, and by what was sent before.

Before the day: 14, 7 and 1 days. A round that did not run is made up for by the next one. After the
day: every week, and once to the manager.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import User
from training.models import Course, LearningReminder, ReminderKind
from training.standing import Learning, Standing

BEFORE = ((1, ReminderKind.DAY_1), (7, ReminderKind.DAYS_7), (14, ReminderKind.DAYS_14))
AGAIN_AFTER = timedelta(days=7)
"""How long after one reminder of what is late the next is sent."""
ESCALATED_AFTER = timedelta(days=7)
"""How long something is late before the manager is told."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one person was sent about one thing: by kind and due date, the last day."""

    days: dict[tuple[str, date], date]

    def last(self, kind: ReminderKind, due_on: date) -> date | None:
        return self.days.get((kind, due_on))


def kinds_due(learning: Learning, sent: Sent, today: date) -> Iterator[ReminderKind]:
    """What is to be sent about it today; nothing twice, nothing of what is not asked."""
    due_on = learning.due_on
    if due_on is None or not learning.is_asked:
        return
    if learning.is_late(today):
        last = sent.last(ReminderKind.OVERDUE, due_on)
        if last is None or last + AGAIN_AFTER <= today:
            yield ReminderKind.OVERDUE
        told = sent.last(ReminderKind.ESCALATED, due_on)
        if told is None and due_on + ESCALATED_AFTER <= today:
            yield ReminderKind.ESCALATED
        return
    kind = _before(learning, (due_on - today).days)
    if kind and sent.last(kind, due_on) is None:
        yield kind


def _before(learning: Learning, left: int) -> ReminderKind | None:
    for days, kind in BEFORE:
        if left <= days:
            return kind
    # What has to be done for the first time is asked for at once, however far off its day is.
    return ReminderKind.ASKED if learning.standing in _NOT_DONE else None


_NOT_DONE = (Standing.MISSING, Standing.EXPIRED)


def sent_to(users: Collection[User]) -> dict[tuple[int, str, int], Sent]:
    """By person and thing. One query."""
    found: dict[tuple[int, str, int], dict[tuple[str, date], date]] = defaultdict(dict)
    rows = LearningReminder.objects.filter(user__in=users).order_by("sent_on")
    for user_id, course_id, policy_id, kind, due_on, sent_on in rows.values_list(
        "user_id", "course_id", "policy_id", "kind", "due_on", "sent_on"
    ):
        about = ("course", course_id) if course_id else ("policy", policy_id)
        found[user_id, *about][kind, due_on] = sent_on
    return {key: Sent(days) for key, days in found.items()}


def key_of(learning: Learning) -> tuple[int, str, int]:
    kind = "course" if isinstance(learning.thing, Course) else "policy"
    return learning.user_id, kind, learning.thing.pk


NOTHING = Sent({})
