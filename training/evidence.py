"""The evidence that training gives: courses and policies, in date or not.

Registered with `accounts.evidence` in `council_social.extensions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.evidence import Lack, Missing
from accounts.models import User
from accounts.permissions import NEEDS_EVIDENCE, Permission
from training.models import Acknowledgement, Completion, Course, PolicyVersion

_APPROVING = frozenset({Permission.APPROVE_POST, Permission.GIVE_SECOND_CHECK})


def missing_learning(users: Collection[User], at: datetime) -> Iterator[Lack]:
    """The courses and policies that posting needs and `users` have not in date. Two queries.

    At a moment in the past: as it was on record then, whatever was recorded since.
    """
    day = timezone.localdate(at)
    courses = Course.objects.needed(at).with_expiry_for(users, day, at).order_by("title")
    for course, user, expires in _not_in_date(courses, users, day):
        what = f"The course “{course.title}” {_lack('done', expires)}."
        yield _for(user, _needing(course), what)
    versions = PolicyVersion.objects.current(day).filter(document__needed_to_write=True)
    asked = versions.with_expiry_for(users, at).order_by("document__title")
    for version, user, expires in _not_in_date(asked, users, day):
        yield _for(user, NEEDS_EVIDENCE, f"{version} {_lack('acknowledged', expires)}.")


def lacks_learning(permission: Permission, at: datetime) -> Q:
    """The condition on people that `missing_learning` finds something of."""
    if permission not in NEEDS_EVIDENCE:
        return Q(pk__in=())
    day, who = timezone.localdate(at), OuterRef(OuterRef("pk"))
    courses = Course.objects.needed(at)
    if permission not in _APPROVING:
        courses = courses.filter(needed_to_write=True)
    done = Completion.objects.in_date(day).filter(recorded_at__lte=at)
    versions = PolicyVersion.objects.current(day).filter(document__needed_to_write=True)
    accepted = Acknowledgement.objects.in_date(day).filter(acknowledged_at__lte=at)
    not_done = courses.filter(~Exists(done.filter(course=OuterRef("pk"), user=who)))
    not_accepted = versions.filter(~Exists(accepted.filter(version=OuterRef("pk"), user=who)))
    return Q(Exists(not_done)) | Q(Exists(not_accepted))


Learnt = TypeVar("Learnt", Course, PolicyVersion)


def _not_in_date(
    rows: Iterable[Learnt], users: Collection[User], day: date
) -> Iterator[tuple[Learnt, User, date | None]]:
    """Each course or policy with whoever has it not in date, and the day on which it ran out."""
    found = list(rows)
    expires = {(row.pk, row.done_by): row.expires for row in found}
    for row in {row.pk: row for row in found}.values():
        for user in users:
            until = expires.get((row.pk, user.pk))
            if not _in_date(until, day):
                yield row, user, until


def _needing(course: Course) -> frozenset[Permission]:
    """Approving needs some courses of its own."""
    return NEEDS_EVIDENCE if course.needed_to_write else _APPROVING


def _for(user: User, permissions: frozenset[Permission], what: str) -> Lack:
    return Lack(user.pk, permissions, Missing(what, f"{user.name}, under Training"))


def _in_date(expires: date | None, day: date) -> bool:
    return expires is not None and expires >= day


def _lack(done: str, expires: date | None) -> str:
    return f"expired on {expires:%-d %B %Y}" if expires else f"is not {done}"
