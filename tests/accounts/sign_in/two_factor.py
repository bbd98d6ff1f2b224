"""A second factor for a test person, and the codes that their app would show."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from accounts.models import User
from tests.factories import TOTP_SECRET


def without_two_factor(user: User) -> User:
    """`user`, who has not set it up yet."""
    Authenticator.objects.filter(user=user).delete()
    return user


def set_up_two_factor(user: User) -> list[str]:
    """Give `user` an authenticator app with TOTP_SECRET; returns their recovery codes."""
    without_two_factor(user)
    TOTP.activate(user, TOTP_SECRET)
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def code_now(secret: str = TOTP_SECRET) -> str:
    """What the app shows at this moment."""
    counters = list(yield_hotp_counters_from_time())
    shown: str = format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))
    return shown
