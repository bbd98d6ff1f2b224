"""The evidence that training gives: courses and policies, in date or not.

Registered with `accounts.evidence` in `council_social.extensions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from accounts.evidence import Missing
from accounts.models import User
from accounts.permissions import Permission
from training.models import Course, PolicyVersion


def missing_learning(user: User, permission: Permission, at: datetime) -> Iterator[Missing]:
    """The courses and policies that `permission` needs and `user` has not in date. Two queries."""
    day = timezone.localdate(at)
    who = f"{user.name}, under Training"
    for course in Course.objects.needed_for(permission).with_expiry_for(user, day):
        if not _in_date(course.expires, day):
            yield Missing(f"The course “{course.title}” {_lack('done', course.expires)}.", who)
    versions = PolicyVersion.objects.current(day).filter(document__needed_to_write=True)
    for version in versions.with_expiry_for(user, day):
        if not _in_date(version.expires, day):
            yield Missing(f"{version} {_lack('acknowledged', version.expires)}.", who)


def _in_date(expires: date | None, day: date) -> bool:
    return expires is not None and expires >= day


def _lack(done: str, expires: date | None) -> str:
    return f"expired on {expires:%-d %B %Y}" if expires else f"is not {done}"
