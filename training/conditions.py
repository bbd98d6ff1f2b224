"""How people stand, as conditions on people: for lists, counts and ratios of thousands.

They say the same as `training.standing.standings` says of each person in turn. What there is to
learn and who asks for it is read first, so that the conditions hold numbers and days only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from training.asked import any_covers, any_due_before, any_of, nobody
from training.held import Thing
from training.models import (
    Acknowledgement,
    Assignment,
    Completion,
    Course,
    Enrolment,
    PolicyDocument,
)
from training.standing import SOON, Again, asking_again, implied


class LearningState(models.TextChoices):
    """What people can be looked for by."""

    LATE = "late", "Late"
    DUE = "due", f"Due within {SOON.days} days"
    TO_DO = "to_do", f"Late, or due within {SOON.days} days"
    EXPIRED = "expired", "Expired"
    IN_GRACE = "in_grace", "In days of grace"
    NOT_STARTED = "not_started", "Not started"
    UNDER_WAY = "under_way", "In progress"
    IN_DATE = "in_date", "In date"
    NOT_ASKED = "not_asked", "Not asked"


REMINDED = (LearningState.LATE, LearningState.DUE, LearningState.TO_DO)
"""What somebody can be reminded of."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One course or policy on one day, with the rules that ask people for it."""

    thing: Thing
    rules: Sequence[Assignment]
    again: Again | None
    day: date
    at: datetime
    is_now: bool
    """Not some moment in the past, of which less was on record."""

    def asked(self) -> Q:
        return any_covers(self.rules, self.at)

    def late(self) -> Q:
        return self._due_before(self.day) & ~self.in_date()

    def due(self) -> Q:
        """To be done, or done again, within 30 days, and not late yet."""
        return self.to_do() & (~self._due_before(self.day) | self.in_date())

    def to_do(self) -> Q:
        """Late or due."""
        soon = self.day + SOON
        return self._due_before(soon + timedelta(days=1)) & ~self._lasts_beyond(soon)

    def in_date(self) -> Q:
        return _whose(self._has().filter(expires_on__gte=self.day))

    def in_grace(self) -> Q:
        return self.asked() & self._counts() & ~self.in_date()

    def expired(self) -> Q:
        return self.asked() & _whose(self._has()) & ~self._counts()

    def not_started(self) -> Q:
        return self.asked() & ~_whose(self._has()) & ~self.under_way()

    def under_way(self) -> Q:
        if isinstance(self.thing, PolicyDocument):
            return nobody()
        return _whose(Enrolment.objects.under_way().filter(course=self.thing))

    def _due_before(self, day: date) -> Q:
        return any_due_before(self.rules, day, self.at)

    def _counts(self) -> Q:
        if isinstance(self.thing, PolicyDocument):
            return self.in_date()
        return _whose(self._done(self.thing).filter(counts_until__gte=self.day))

    def _lasts_beyond(self, day: date) -> Q:
        lasting = self._has().filter(expires_on__gt=day)
        if self.again and self.again.since - timedelta(days=1) <= day:
            lasting = lasting.filter(version_number__gte=self.again.number)
        return _whose(lasting)

    def _has(self) -> QuerySet[Completion] | QuerySet[Acknowledgement]:
        """What people have of a version that counts."""
        if isinstance(self.thing, Course):
            return self._done(self.thing)
        accepted = Acknowledgement.objects.filter(acknowledged_at__lte=self.at)
        return accepted.filter(document=self.thing, version_number__gte=self.thing.least)

    def _done(self, course: Course) -> QuerySet[Completion]:
        done = Completion.objects.filter(course=course, version_number__gte=course.least)
        if self.is_now:
            # Nothing is recorded before it happened: the index knows all of it.
            return done.filter(withdrawn_at=None)
        return done.on_record(self.at).filter(completed_on__lte=self.day)


def _whose(rows: QuerySet[Any]) -> Q:
    """Read once, not once for each person: of thousands that is ten times as quick."""
    return Q(pk__in=rows.values("user"))


def judged(
    *,
    courses: bool = True,
    policies: bool = True,
    on: date | None = None,
    at: datetime | None = None,
) -> list[Judged]:
    """Everything there is on that day, as known at that moment (both now by default), by title.

    Courses before policies. At most four queries.
    """
    moment = at or timezone.now()
    day, now = on or timezone.localdate(moment), at is None and on is None
    things: list[Thing] = []
    if courses:
        there = Course.objects.in_use_at(moment).with_least_version(day, moment)
        things.extend(there.order_by("title"))
    if policies:
        documents = PolicyDocument.objects.in_use_at(moment).with_least_version(day, moment)
        things.extend(documents.order_by("title"))
    rules = list(Assignment.objects.in_force(moment).select_related("service_area"))
    again = asking_again(things, day)
    return [
        Judged(each, _asking(each, rules), again.get(each), day, moment, now) for each in things
    ]


def people_in(state: LearningState, things: Iterable[Judged]) -> Q:
    """The condition on people who are in that state with any of `things`.

    In date are those of whom something is asked and nothing lacks, not asked those of whom nothing
    is asked.
    """
    all_of_them = list(things)
    asked = any_of(each.asked() for each in all_of_them)
    if state is LearningState.NOT_ASKED:
        return ~asked
    if state is LearningState.IN_DATE:
        return asked & ~any_of(each.asked() & ~each.in_date() for each in all_of_them)
    return any_of(_BY_STATE[state](each) for each in all_of_them)


_BY_STATE: dict[LearningState, Callable[[Judged], Q]] = {
    LearningState.LATE: Judged.late,
    LearningState.DUE: Judged.due,
    LearningState.TO_DO: Judged.to_do,
    LearningState.EXPIRED: Judged.expired,
    LearningState.IN_GRACE: Judged.in_grace,
    LearningState.NOT_STARTED: Judged.not_started,
    LearningState.UNDER_WAY: Judged.under_way,
}


def _asking(thing: Thing, rules: Iterable[Assignment]) -> list[Assignment]:
    """The rules that were made, and those that posting and approving imply."""
    if isinstance(thing, Course):
        made = [rule for rule in rules if rule.course_id == thing.pk]
    else:
        made = [rule for rule in rules if rule.policy_id == thing.pk]
    return [*made, *implied(thing)]
