"""Reminding people because somebody asked for it: the letters go out with the daily ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import Subject, record
from training.conditions import LearningState
from training.held import Thing
from training.models import Course, LearningReminder, PolicyDocument, ReminderKind
from training.people import people_seen_by
from training.standing import SOON, Learning, standings

AT_ONCE = 250
"""People of whom the standings are in memory at one time."""
MATRIX = Subject("training.matrix", "", "the training matrix")
Key = tuple[int, int | None, int | None]
"""A person, and a course or a policy."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people will get a letter, and how many had a reminder of it all today already."""

    people: int
    already: int


@transaction.atomic
def remind_by_hand(
    *, by: User, people: QuerySet[User], things: Collection[Thing], of: LearningState
) -> Reminded:
    """Note a reminder for each of `people` of every one of `things` that is late or due, as `of`
    says; nobody twice of the same thing on one day, however that came about.

    Those whose training `by` may not see are left out. Raises NotAllowed.
    """
    demand(by, Permission.SEE_TRAINING_RECORDS)
    seen = people_seen_by(by).filter(pk__in=people.order_by().values("pk"))
    reached = already = 0
    for users in _some_at_a_time(seen):
        open_ = [each for each in standings(users) if each.thing in things and _is(of, each)]
        had = _reminded_today(users)
        new = [each for each in open_ if _key(each) not in had]
        LearningReminder.objects.bulk_create([_row(each, by) for each in new])
        to_write = {each.user_id for each in new}
        reached += len(to_write)
        already += len({each.user_id for each in open_} - to_write)
    if reached:
        words = "1 person" if reached == 1 else f"{reached:,} people"
        facts = {"people": words, "already": already, "what": ", ".join(map(str, things))}
        record(Event.TRAINING_REMINDED, by=by, on=MATRIX, after=facts)
    return Reminded(reached, already)


def _some_at_a_time(people: QuerySet[User]) -> Iterator[Sequence[User]]:
    """In the order of their keys, each held until the end: another round waits and then sees what
    this one noted.
    """
    ids = list(people.order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(ids), AT_ONCE):
        some = User.objects.select_for_update(no_key=True).filter(pk__in=ids[at : at + AT_ONCE])
        yield list(some.order_by("pk"))


def _is(of: LearningState, learning: Learning) -> bool:
    today = timezone.localdate()
    late = learning.is_late(today)
    due = not late and learning.due_on is not None and learning.due_on <= today + SOON
    match of:
        case LearningState.LATE:
            return late
        case LearningState.DUE:
            return due
    return late or due


def _reminded_today(users: Collection[User]) -> set[Key]:
    sent = LearningReminder.objects.filter(user__in=users, sent_on=timezone.localdate())
    own = sent.exclude(kind=ReminderKind.ESCALATED)
    return set(own.values_list("user_id", "course_id", "policy_id"))


def _key(learning: Learning) -> Key:
    pk = learning.thing.pk
    return (learning.user_id, *((pk, None) if learning.is_course else (None, pk)))


def _row(learning: Learning, by: User) -> LearningReminder:
    thing, today = learning.thing, timezone.localdate()
    return LearningReminder(
        user_id=learning.user_id,
        course=thing if isinstance(thing, Course) else None,
        policy=thing if isinstance(thing, PolicyDocument) else None,
        kind=ReminderKind.BY_HAND,
        due_on=learning.due_on or today,
        sent_on=today,
        asked_by=by,
    )
