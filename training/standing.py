"""How people stand with everything that they have to learn and to accept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.db.models import Value
from django.utils import timezone

from accounts.models import User
from accounts.permissions import ACCOUNT_BUNDLES, CORPORATE_BUNDLES, Permission
from training.asked import Asked, asked_for
from training.held import Held, Thing, held_of
from training.models import Assignment, Course, CourseVersion, Group, PolicyDocument, PolicyVersion

SOON = timedelta(days=30)


class Standing(StrEnum):
    """The value is the key of the tag's colour."""

    IN_DATE = "in_date"
    EXPIRES_SOON = "expires_soon"
    IN_GRACE = "in_grace"
    EXPIRED = "expired"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return {"missing": "Not done", "in_grace": "Days of grace"}.get(
            self.value, self.value.replace("_", " ").capitalize()
        )

    @property
    def is_in_date(self) -> bool:
        return self in (Standing.IN_DATE, Standing.EXPIRES_SOON)


@dataclass(frozen=True, slots=True)
class Learning:
    """One course or policy for one person."""

    thing: Thing
    user_id: int
    standing: Standing
    expires: date | None
    """The last good day of what they have; None if they have nothing that counts."""
    counts: date | None
    """The last day on which posting accepts it."""
    needed_for: str
    """Why it is asked of them; empty: it is not, and would be for their own interest."""
    due_on: date | None
    """By when it is to be done, or done again; None where it is not asked."""
    holds_posting: bool
    """Whether they may not post without it, from the day after the due date on."""
    asked_again_from: date | None
    """From that day on what they have does not count any more, because a newer version asks."""

    @property
    def is_asked(self) -> bool:
        return bool(self.needed_for)

    @property
    def is_open(self) -> bool:
        """Missing, run out or about to, whether it is asked of them or not."""
        return self.standing is not Standing.IN_DATE

    @property
    def is_due(self) -> bool:
        """Asked, and missing, run out or about to."""
        return self.is_asked and self.is_open

    def is_late(self, on: date) -> bool:
        return self.due_on is not None and self.due_on < on and not self.standing.is_in_date

    @property
    def is_course(self) -> bool:
        return isinstance(self.thing, Course)


def standings(
    users: Collection[User],
    on: date | None = None,
    *,
    courses: bool = True,
    policies: bool = True,
) -> list[Learning]:
    """Everything there is, for each of `users`, on that day (today by default).

    Courses before policies, each by title. At most five queries, however many people there are.
    """
    day = on or timezone.localdate()
    now = timezone.now()
    rows: list[Thing] = []
    if courses:
        rows.extend(Course.objects.in_use().with_expiry_for(users, day).order_by("title"))
    if policies:
        documents = PolicyDocument.objects.in_use_at(now).with_expiry_for(users, day)
        rows.extend(documents.order_by("title"))
    held = held_of(rows)
    things = list(dict.fromkeys(rows))
    asked = asked_for(things, users, _rules(things, now), now)
    again = asking_again(things, day)
    return [
        _learning(
            thing,
            user,
            day,
            held.get((thing, user.pk)),
            asked.get((thing, user.pk), []),
            again.get(thing),
        )
        for thing in things
        for user in users
    ]


def courses_of(user: User, on: date | None = None) -> list[Learning]:
    """Every course, as it stands for `user` on that day."""
    return standings([user], on, policies=False)


def policies_of(user: User, on: date | None = None) -> list[Learning]:
    """Every policy that is in force, as it stands for `user` on that day."""
    return standings([user], on, courses=False)


def learning_due(user: User, on: date | None = None) -> list[Learning]:
    """What is asked of `user` and is missing, expired or soon to expire; the most urgent first."""
    due = [each for each in standings([user], on) if each.is_due]
    return sorted(due, key=lambda each: (each.due_on or date.max, str(each.thing)))


def _rules(things: Iterable[Thing], at: datetime) -> Iterator[Assignment]:
    """What the assignments ask, and what posting and approving ask of whoever has the role."""
    yield from Assignment.objects.in_force(at).select_related("service_area")
    for thing in things:
        yield from implied(thing)


def implied(thing: Thing) -> Iterator[Assignment]:
    """The rules, never stored, that say the same as `needed_to_write` and `needed_to_approve`."""
    if thing.needed_to_write:
        yield from _for_holders(thing, Permission.WRITE_POST)
    if isinstance(thing, Course) and thing.needed_to_approve:
        yield from _for_holders(thing, Permission.APPROVE_POST)


def _for_holders(thing: Thing, permission: Permission) -> Iterator[Assignment]:
    rules = [
        *(
            Assignment(group=Group.CORPORATE_ROLE, corporate_role=role)
            for role, bundle in CORPORATE_BUNDLES.items()
            if permission in bundle
        ),
        *(
            Assignment(group=Group.ACCOUNT_ROLE, account_role=role)
            for role, bundle in ACCOUNT_BUNDLES.items()
            if permission in bundle
        ),
    ]
    for rule in rules:
        if isinstance(thing, Course):
            rule.course, rule.made_at = thing, thing.added_at
        else:
            rule.policy, rule.made_at = thing, LONG_AGO
        rule.due_days, rule.holds_posting = 0, True
        rule.needed_for = _NEEDED_FOR[permission]
        yield rule


LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_NEEDED_FOR = {Permission.WRITE_POST: "Posting", Permission.APPROVE_POST: "Approving"}


@dataclass(frozen=True, slots=True)
class Again:
    """A published version from which on earlier ones will not count any more."""

    number: int
    since: date


def asking_again(things: Iterable[Thing], after: date) -> dict[Thing, Again]:
    """The newest for each of `things`, of those whose day is still to come. One query."""
    known = {(isinstance(thing, Course), thing.pk): thing for thing in things}
    courses = CourseVersion.objects.published().filter(asks_again_from__gt=after).order_by()
    policies = PolicyVersion.objects.published().filter(needed_from__gt=after).order_by()
    rows = courses.values_list(Value(True), "course_id", "number", "asks_again_from").union(
        policies.values_list(Value(False), "document_id", "number", "needed_from"), all=True
    )
    newest = {(is_course, pk): Again(*of) for is_course, pk, *of in sorted(rows)} if known else {}
    return {known[key]: again for key, again in newest.items() if key in known}


def _learning(
    thing: Thing,
    user: User,
    day: date,
    has: Held | None,
    asked: Sequence[Asked],
    again: Again | None,
) -> Learning:
    asked_again = again.since if has and again and has.version < again.number else None
    ends = has.expires if has else None
    if ends and asked_again:
        ends = min(ends, asked_again - timedelta(days=1))
    first = min((each.due_on for each in asked), default=None)
    return Learning(
        thing=thing,
        user_id=user.pk,
        standing=_standing(ends, has.counts if has else None, day),
        expires=has.expires if has else None,
        counts=has.counts if has else None,
        needed_for=", ".join(dict.fromkeys(each.assignment.why for each in asked)),
        due_on=max(first, ends or first) if first else None,
        holds_posting=any(each.assignment.holds_posting for each in asked),
        asked_again_from=asked_again,
    )


def _standing(ends: date | None, counts: date | None, day: date) -> Standing:
    if ends is None or counts is None:
        return Standing.MISSING
    if ends < day:
        return Standing.IN_GRACE if counts >= day else Standing.EXPIRED
    return Standing.EXPIRES_SOON if ends - day <= SOON else Standing.IN_DATE
