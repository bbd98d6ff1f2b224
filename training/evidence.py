"""The evidence that training gives: courses and policies, in date or not.

Registered with `accounts.evidence` in `council_social.extensions`. Two rules ask for learning: a
course or policy may be needed by everybody who writes (or approves), at once; and an assignment
that holds posting asks whom it covers, from the day on which it is due.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.evidence import Lack, Missing
from accounts.models import User
from accounts.permissions import NEEDS_EVIDENCE, Permission
from training.asked import any_due_before, any_of, asked_for, nobody
from training.held import Held, Thing, held_of
from training.models import Acknowledgement, Assignment, Completion, Course, PolicyDocument
from training.models.assignments import AssignmentQuerySet
from training.models.courses import CourseQuerySet
from training.models.policies import PolicyDocumentQuerySet

_APPROVING = frozenset({Permission.APPROVE_POST, Permission.GIVE_SECOND_CHECK})


def missing_learning(users: Collection[User], at: datetime) -> Iterator[Lack]:
    """The courses and policies that posting needs and `users` have not in date.

    Two queries, and two more where assignments hold posting. At a moment in the past: as
    it was on record then, whatever was recorded since.
    """
    day = timezone.localdate(at)
    courses = _courses_needed(at).with_expiry_for(users, day, at).order_by("title")
    policies = _policies_needed(at).with_expiry_for(users, day, at).order_by("title")
    rows: list[Thing] = [*courses, *policies]
    held = held_of(rows)
    late = _late(rows, users, at)
    for thing in dict.fromkeys(rows):
        for user in users:
            needing = _asked_of_all(thing)
            if (thing, user.pk) in late:
                needing = NEEDS_EVIDENCE
            has = held.get((thing, user.pk))
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
                any_due_before([each], day, at) & Q(Exists(things.filter(pk=pk)))
                for each in _holding(at)
                for things, pk in ((courses, each.course_id), (policies, each.policy_id))
                if pk
            ),
        ]
    )


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


def _late(
    rows: Sequence[Thing], users: Collection[User], at: datetime
) -> Collection[tuple[Thing, int]]:
    """Which of `users` an assignment that holds posting asks for what, its last day being over."""
    if not any(getattr(row, "held", False) for row in rows):
        return ()
    day = timezone.localdate(at)
    asked = asked_for(rows, users, _holding(at), at)
    return {key for key, asks in asked.items() if any(each.due_on < day for each in asks)}


def _asked_of_all(thing: Thing) -> frozenset[Permission]:
    """What needs it of everybody; approving needs some courses of its own."""
    if thing.needed_to_write:
        return NEEDS_EVIDENCE
    if isinstance(thing, Course) and thing.needed_to_approve:
        return _APPROVING
    return frozenset()


def _lack(thing: Thing, has: Held | None) -> str:
    if isinstance(thing, Course):
        what, done = f"The course “{thing.title}”", "done"
    else:
        what, done = f"{thing.title}, version {thing.least}", "acknowledged"
    return f"{what} expired on {has.expires:%-d %B %Y}." if has else f"{what} is not {done}."
