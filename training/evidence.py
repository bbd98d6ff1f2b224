"""The evidence that training gives: courses and policies, in date or not.

Registered with `accounts.evidence` in `council_social.extensions`. Two rules ask for learning: a
course or policy may be needed by everybody who writes (or approves), at once; and an assignment
that holds posting asks whom it covers, from the day on which it is due.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.evidence import Lack, Missing
from accounts.models import User
from accounts.permissions import NEEDS_EVIDENCE, Permission
from training.asked import any_of, asked_of, nobody, overdue_under
from training.models import Acknowledgement, Assignment, Completion, Course, PolicyDocument
from training.models.assignments import AssignmentQuerySet
from training.models.courses import CourseQuerySet
from training.models.policies import PolicyDocumentQuerySet

_APPROVING = frozenset({Permission.APPROVE_POST, Permission.GIVE_SECOND_CHECK})


def missing_learning(users: Collection[User], at: datetime) -> Iterator[Lack]:
    """The courses and policies that posting needs and `users` have not in date.

    Two queries, and at most five more where assignments hold posting. At a moment in the past: as
    it was on record then, whatever was recorded since.
    """
    day = timezone.localdate(at)
    courses = _courses_needed(at).with_expiry_for(users, day, at).order_by("title")
    policies = _policies_needed(at).with_expiry_for(users, day, at).order_by("title")
    rows: list[Thing] = [*courses, *policies]
    counts = _counting(rows)
    late = _late(rows, users, at)
    for thing in dict.fromkeys(rows):
        for user in users:
            needing = _asked_of_all(thing)
            if (thing, user.pk) in late:
                needing = NEEDS_EVIDENCE
            has = counts.get((thing, user.pk))
            if needing and (has is None or has.counts < day):
                who_can_help = f"{user.name}, under Training"
                missing = Missing(_lack(thing, has), who_can_help, reverse("training"))
                yield Lack(user.pk, needing, missing)


def lacks_learning(permission: Permission, at: datetime) -> Q:
    """The condition on people that `missing_learning` finds something of."""
    if permission not in NEEDS_EVIDENCE:
        return nobody()
    day = timezone.localdate(at)
    mine = {"user": OuterRef(OuterRef("pk")), "version_number__gte": OuterRef("least")}
    done = Completion.objects.counting(day, at).filter(course=OuterRef("pk"), **mine)
    accepted = Acknowledgement.objects.counting(day, at).filter(document=OuterRef("pk"), **mine)
    courses = Course.objects.in_use_at(at).with_least_version(day, at).filter(~Exists(done))
    policies = PolicyDocument.objects.in_use_at(at).with_least_version(day, at)
    policies = policies.filter(~Exists(accepted))
    needed = Q(needed_to_write=True)
    if permission in _APPROVING:
        needed |= Q(needed_to_approve=True)
    return any_of(
        [
            Q(Exists(courses.filter(needed))),
            Q(Exists(policies.filter(needed_to_write=True))),
            *(
                overdue_under(each, at) & Q(Exists(things.filter(pk=pk)))
                for each in _holding(at)
                for things, pk in ((courses, each.course_id), (policies, each.policy_id))
                if pk
            ),
        ]
    )


Thing = Course | PolicyDocument


def _holding(at: datetime) -> AssignmentQuerySet:
    in_force = Assignment.objects.in_force(at).filter(holds_posting=True)
    return in_force.select_related("service_area")


def _courses_needed(at: datetime) -> CourseQuerySet:
    held = Exists(_holding(at).filter(course=OuterRef("pk")))
    flagged = Q(needed_to_write=True) | Q(needed_to_approve=True)
    return Course.objects.in_use_at(at).annotate(held=held).filter(flagged | Q(held=True))


def _policies_needed(at: datetime) -> PolicyDocumentQuerySet:
    held = Exists(_holding(at).filter(policy=OuterRef("pk")))
    documents = PolicyDocument.objects.in_use_at(at).annotate(held=held)
    return documents.filter(Q(needed_to_write=True) | Q(held=True))


@dataclass(frozen=True, slots=True)
class _Has:
    """Until when it is in date, and until when it counts."""

    expires: date
    counts: date


def _counting(rows: Iterable[Thing]) -> dict[tuple[Thing, int], _Has]:
    """What somebody has of a thing that counts the longest, whichever version that is of."""
    found: dict[tuple[Thing, int], _Has] = {}
    for row in rows:
        if row.done_by and row.expires and row.counts and _is_new_enough(row):
            has, before = _Has(row.expires, row.counts), found.get((row, row.done_by))
            found[row, row.done_by] = max(before or has, has, key=lambda each: each.counts)
    return found


def _is_new_enough(row: Thing) -> bool:
    return (row.done_version or 0) >= row.least


def _late(rows: Iterable[Thing], users: Collection[User], at: datetime) -> set[tuple[Thing, int]]:
    """Which of `users` an assignment that holds posting asks for what, its last day being over."""
    if not any(getattr(row, "held", False) for row in rows):
        return set()
    day = timezone.localdate(at)
    things: dict[tuple[type, int], Thing] = {(type(row), row.pk): row for row in rows}
    late = set()
    for asked in asked_of(users, _holding(at), at):
        assignment = asked.assignment
        course = things.get((Course, assignment.course_id or 0))
        thing = course or things.get((PolicyDocument, assignment.policy_id or 0))
        if thing and asked.due_on < day:
            late.add((thing, asked.user_id))
    return late


def _asked_of_all(thing: Thing) -> frozenset[Permission]:
    """What needs it of everybody; approving needs some courses of its own."""
    if thing.needed_to_write:
        return NEEDS_EVIDENCE
    if isinstance(thing, Course) and thing.needed_to_approve:
        return _APPROVING
    return frozenset()


def _lack(thing: Thing, has: _Has | None) -> str:
    if isinstance(thing, Course):
        what, done = f"The course “{thing.title}”", "done"
    else:
        what, done = f"{thing.title}, version {thing.least}", "acknowledged"
    return f"{what} expired on {has.expires:%-d %B %Y}." if has else f"{what} is not {done}."
