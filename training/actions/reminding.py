"""The daily round: whom to remind of what today, and which managers to tell."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import happened, record_all
from training.models import Course, LearningReminder, PolicyDocument, ReminderKind
from training.reminding.stages import NOTHING, key_of, kinds_due, sent_to
from training.standing import Learning, standings

AT_ONCE = 250
"""People of whom the standings are in memory at one time."""


def remind_all(today: date | None = None) -> int:
    """Note every reminder that is due; their letters follow. The number of new ones.

    May be called again at any time: each is noted once.
    """
    day = today or timezone.localdate()
    return sum(_remind(users, day) for users in _people(day))


def _people(day: date) -> Iterator[list[int]]:
    """Everybody who works here, some at a time."""
    last = 0
    people = User.objects.employed(day).order_by("pk").values_list("pk", flat=True)
    while some := list(people.filter(pk__gt=last)[:AT_ONCE]):
        yield some
        last = some[-1]


@transaction.atomic
def _remind(people: list[int], day: date) -> int:
    # Held, so that a second round waits and then sees what this one noted.
    users = list(User.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    managed = {user.pk for user in users if user.manager_id}
    sent = sent_to(users)
    due = [
        (learning, kind)
        for learning in standings(users, day)
        for kind in kinds_due(learning, sent.get(key_of(learning), NOTHING), day)
        if kind is not ReminderKind.ESCALATED or learning.user_id in managed
    ]
    LearningReminder.objects.bulk_create([_row(learning, kind, day) for learning, kind in due])
    escalated = [learning for learning, kind in due if kind is ReminderKind.ESCALATED]
    _record_escalations(users, escalated)
    return len(due)


def _row(learning: Learning, kind: ReminderKind, day: date) -> LearningReminder:
    thing = learning.thing
    return LearningReminder(
        user_id=learning.user_id,
        course=thing if isinstance(thing, Course) else None,
        policy=thing if isinstance(thing, PolicyDocument) else None,
        kind=kind,
        due_on=learning.due_on or day,
        sent_on=day,
    )


def _record_escalations(users: Collection[User], late: list[Learning]) -> None:
    if not late:
        return
    people = {user.pk: user for user in users}
    managers = User.objects.in_bulk({people[each.user_id].manager_id for each in late})
    record_all(
        [
            happened(
                Event.LEARNING_ESCALATED,
                by=None,
                on=people[each.user_id],
                after={
                    "manager": managers[people[each.user_id].manager_id or 0].name,
                    "what": str(each.thing),
                    "due_on": each.due_on,
                },
            )
            for each in late
        ]
    )
