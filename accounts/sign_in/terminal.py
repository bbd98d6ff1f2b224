"""Signing in at a shared terminal: a session of its own kind, that is short and may do little."""

from __future__ import annotations

import time
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, authenticate, login, logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import PersonalCode, User
from accounts.sign_in import trail
from accounts.sign_in.codes import is_good
from accounts.sign_in.tries import counted, forget_tries
from audit.middleware import client_address

BACKEND = "accounts.sign_in.backend.TerminalBackend"
IDLE_S = 15 * 60
"""Without a press for so long, the session is over."""
TRIES = 5
LOCKED = timedelta(minutes=15)
"""So many failures within so long lock one staff number, whether anybody has it or not."""
TRIES_FROM_ONE_PLACE = 60
"""In a minute; a whole depot may share one address."""

WRONG = "The staff number or the code is not right, or the code has run out."
TOO_OFTEN = "Too many attempts. Wait 15 minutes, or ask your manager or HR for a new code."
TOO_FAST = "Too many attempts from this place. Wait a minute, then try again."
_CODE, _SEEN = "terminal_code", "terminal_seen"


def sign_in(request: HttpRequest, *, staff_number: str, code: str) -> User:
    """Begin a session at the terminal.

    Raises ValidationError, in the same words and after the same time whether anybody has the
    number or not.
    """
    _refuse_too_many(request, staff_number)
    user = authenticate(request, staff_number=staff_number, code=code)
    if not isinstance(user, User):
        trail.terminal_failed(staff_number)
        raise ValidationError(WRONG)
    forget_failures(staff_number)
    # Nothing of whoever sat here before.
    request.session.flush()
    login(request, user, backend=BACKEND)
    request.session.set_expiry(0)
    request.session[_CODE] = user.personal_code.mark
    touch(request)
    return user


def forget_failures(staff_number: str) -> None:
    """Somebody is let in, or has a code that nobody has guessed at."""
    forget_tries(_failures(staff_number))


def is_at_terminal(request: HttpRequest) -> bool:
    """Whether the session at hand was begun with a personal code."""
    return bool(request.session.get(BACKEND_SESSION_KEY) == BACKEND)


def is_over(request: HttpRequest) -> bool:
    """Whether nobody pressed anything for too long, or the code is not good any more."""
    if time.time() - request.session.get(_SEEN, 0) > IDLE_S:
        return True
    kept = PersonalCode.objects.select_related("user").filter(user_id=request.user.pk or 0).first()
    return kept is None or kept.mark != request.session.get(_CODE) or not is_good(kept)


def touch(request: HttpRequest) -> None:
    """Somebody pressed something now."""
    request.session[_SEEN] = int(time.time())


def sign_out(request: HttpRequest) -> None:
    logout(request)


def _refuse_too_many(request: HttpRequest, staff_number: str) -> None:
    """Counted before the code is looked at, so that many at once are no way round it."""
    place = f"terminal-from:{client_address(request)}"
    if counted(place, within=timedelta(minutes=1)) > TRIES_FROM_ONE_PLACE:
        raise ValidationError(TOO_FAST)
    if counted(_failures(staff_number), within=LOCKED) > TRIES:
        trail.terminal_locked_out(staff_number)
        raise ValidationError(TOO_OFTEN)


def _failures(staff_number: str) -> str:
    return f"terminal-failed:{staff_number.strip().casefold()}"
