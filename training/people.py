"""Whose training somebody may see: everybody's for HR, for a line manager their own team's and
that of the teams below it.
"""

from __future__ import annotations

from django.db.models.expressions import RawSQL

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
    return everyone_below(reader)


def kept_people_seen_by(reader: User) -> UserQuerySet:
    """The same and themselves; for HR also people who have left, whose records are kept."""
    if not reader.is_employed():
        return User.objects.none()
    if holds_everywhere(reader, Permission.SEE_TRAINING_RECORDS):
        return User.objects.all()
    return everyone_below(reader) | User.objects.employed().filter(pk=reader.pk)


def team_of(manager: User) -> UserQuerySet:
    """Those whom somebody manages and who work here."""
    return User.objects.employed().filter(manager=manager)


def everyone_below(manager: User) -> UserQuerySet:
    """Those who work here and whom somebody manages, however many steps down; never themselves.

    Also below somebody who has left. Whoever was seen once is not looked at again, so that a ring
    of managers, which the forms refuse, would not go round for ever.
    """
    below = RawSQL(_BELOW, [manager.pk])  # noqa: S611 # nosec B611 - a constant
    return User.objects.employed().filter(pk__in=below).exclude(pk=manager.pk)


def leads_teams(manager: User) -> bool:
    """Whether somebody in their team has a team too."""
    return everyone_below(manager).exclude(manager=manager).exists()


_BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM accounts_user WHERE manager_id = %s
        UNION SELECT person.id FROM accounts_user person JOIN below ON person.manager_id = below.id
    ) SELECT id FROM below
"""
