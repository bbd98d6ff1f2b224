"""Ending sessions before their time."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User


def end_other_sessions(user: User, kept_key: str | None) -> None:
    """End every session of `user` but the one called `kept_key`.

    Reads all open sessions: Django keeps whose they are inside. A council has some hundreds, and
    this happens when a second factor is set up.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        theirs = session.get_decoded().get(SESSION_KEY) == str(user.pk)
        if theirs and session.session_key != kept_key:
            session.delete()
