"""Whose training somebody may see: everybody's for HR, their own team's for a line manager."""

from __future__ import annotations

from accounts.models import User
from accounts.models.people import UserQuerySet
from accounts.permissions import Permission
from accounts.reach import holds_everywhere


def people_seen_by(reader: User) -> UserQuerySet:
    """Those who work here and whose training `reader` may see, besides their own."""
    if not reader.is_employed():
        return User.objects.none()
    if holds_everywhere(reader, Permission.SEE_TRAINING_RECORDS):
        return User.objects.employed()
    return team_of(reader)


def kept_people_seen_by(reader: User) -> UserQuerySet:
    """The same and themselves; for HR also people who have left, whose records are kept."""
    if not reader.is_employed():
        return User.objects.none()
    if holds_everywhere(reader, Permission.SEE_TRAINING_RECORDS):
        return User.objects.all()
    return team_of(reader) | User.objects.employed().filter(pk=reader.pk)


def team_of(manager: User) -> UserQuerySet:
    """Those whom somebody manages and who work here."""
    return User.objects.employed().filter(manager=manager)
