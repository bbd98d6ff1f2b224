"""People of whom something is asked, and what they have done of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from tests.factories import UserFactory
from training.models import Assignment, Completion, Course, Group


def ask(course: Course, days: int = 7) -> None:
    long_ago = timezone.localtime() - timedelta(days=100)
    Assignment.objects.create(course=course, group=Group.EVERYBODY, due_days=days, made_at=long_ago)


def somebody(name: str, **fields: Any) -> User:
    return UserFactory(name=name, joined_at=timezone.localtime() - timedelta(days=50), **fields)


def completed(user: User, course: Course, *, until: int, counts: int = 0) -> None:
    """Until so many days from now."""
    today = timezone.localdate()
    Completion.objects.create(
        course=course,
        user=user,
        completed_on=today - timedelta(days=90),
        expires_on=today + timedelta(days=until),
        counts_until=today + timedelta(days=until + counts),
    )


def short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
