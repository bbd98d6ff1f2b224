"""Whom somebody may give a personal code for the shared terminal."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import holds_everywhere
from pages.words import with_words


def people_with_codes(giver: User, words: str = "") -> QuerySet[User]:
    """Those who work here without an e-mail address: everybody for HR, a manager's own team."""
    rows = User.objects.employed().filter(email="")
    if not holds_everywhere(giver, Permission.ISSUE_CODES):
        rows = rows.filter(manager=giver)
    return with_words(rows, words, "name", "staff_number", "job_title") if words else rows
