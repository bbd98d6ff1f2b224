"""What signing in leaves in the audit trail.

allauth and Django announce these things by signals of their own; `connect` listens to them.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from accounts.sign_in.sessions import end_other_sessions
from audit.catalogue import Event
from audit.record import Subject, record

LOCK_OUT_S = 300
"""As long as `settings.ACCOUNT_RATE_LIMITS` counts failures: one entry for each lock-out."""


def connect() -> None:
    """Listen, from now on."""
    user_logged_in.connect(_signed_in, dispatch_uid="trail")
    user_logged_out.connect(_signed_out, dispatch_uid="trail")
    for password_signal in (
        account_signals.password_changed,
        account_signals.password_reset,
        account_signals.password_set,
    ):
        password_signal.connect(_password_changed, dispatch_uid="trail")
    mfa_signals.authentication_failed.connect(_code_refused, dispatch_uid="trail")
    mfa_signals.authenticator_added.connect(_factor_added, dispatch_uid="trail")
    mfa_signals.authenticator_removed.connect(_factor_removed, dispatch_uid="trail")
    mfa_signals.authenticator_reset.connect(_codes_made, dispatch_uid="trail")


@transaction.atomic
def sign_in_failed(email: str, why: str = "wrong e-mail address or password") -> None:
    """A failed attempt; the address may belong to nobody."""
    record(Event.SIGN_IN_FAILED, by=None, on=_whoever_has(email), after={"why": why})


@transaction.atomic
def locked_out(email: str) -> None:
    """One entry for each lock-out, however often the door is tried meanwhile."""
    if cache.add(f"locked-out:{email.casefold()}", True, timeout=LOCK_OUT_S):
        record(Event.SIGN_IN_LOCKED_OUT, by=None, on=_whoever_has(email))


@transaction.atomic
def terminal_failed(staff_number: str) -> None:
    """A failed attempt at a shared terminal; the number may be nobody's."""
    why = "wrong staff number or personal code"
    record(Event.SIGN_IN_FAILED, by=None, on=_numbered(staff_number), after={"why": why})


@transaction.atomic
def terminal_locked_out(staff_number: str) -> None:
    """One entry for each lock-out, as in `locked_out`."""
    on = _numbered(staff_number)
    called = on.pk if isinstance(on, User) else "nobody"
    if cache.add(f"terminal-locked-out:{called}", True, timeout=LOCK_OUT_S):
        record(Event.SIGN_IN_LOCKED_OUT, by=None, on=on)


def _numbered(staff_number: str) -> User | Subject:
    """What was typed is kept for no one else: somebody may type the code there."""
    number = staff_number.strip()
    is_one = 0 < len(number) <= 20 and number.isprintable()
    known = User.objects.filter(staff_number__iexact=number).first() if is_one else None
    return known or Subject("accounts.user", "", "an unknown staff number")


@transaction.atomic
def password_reset_asked(user: User) -> None:
    record(Event.PASSWORD_RESET_ASKED, by=None, on=user)


def _whoever_has(email: str) -> User | Subject:
    known = User.objects.filter(email__iexact=email).first()
    return known or Subject("accounts.user", "", email or "an unknown address")


@transaction.atomic
def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    method = _method(request)
    record(Event.SIGNED_IN, by=user, on=user, after={"method": method})


@transaction.atomic
def _signed_out(user: User | None, **_: Any) -> None:
    if user is not None:
        record(Event.SIGNED_OUT, by=user, on=user)


@transaction.atomic
def _password_changed(user: User, **_: Any) -> None:
    record(Event.PASSWORD_CHANGED, by=user, on=user)


def _code_refused(user: User, **_: Any) -> None:
    sign_in_failed(user.email, "wrong code")


@transaction.atomic
def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record(Event.RECOVERY_CODES_MADE, by=user, on=user)
        return
    # A session that began with the password alone must not outlive the second factor.
    end_other_sessions(user, request.session.session_key)
    record(Event.TWO_FACTOR_SET, by=user, on=user)


@transaction.atomic
def _factor_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record(Event.TWO_FACTOR_REMOVED, by=user, on=user)


@transaction.atomic
def _codes_made(user: User, **_: Any) -> None:
    record(Event.RECOVERY_CODES_MADE, by=user, on=user)


def _method(request: HttpRequest) -> str:
    if request.session.get(BACKEND_SESSION_KEY, "").endswith(".TerminalBackend"):
        return "staff number and personal code, at a shared terminal"
    return "password and code" if _used_code(request) else "password"


def _used_code(request: HttpRequest) -> bool:
    records = request.session.get("account_authentication_methods", [])
    return any(each.get("method") == "mfa" for each in records)
