"""allauth's questions answered for a council: no sign-up, plain words, a trace of every failure."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.sign_in import trail
from audit.middleware import client_address


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "too_many_login_attempts": (
            "Too many attempts. Wait five minutes, then try again, or ask for a new password."
        ),
        "incorrect_password": "The password is not right.",
        "enter_current_password": "Enter the password you have now.",
        "incorrect_code": "The code is not right, or was used already. Enter the newest one.",
        "rate_limited": "Too many attempts. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as in the audit trail: no header that a client can invent."""
        return client_address(request) or "unknown"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            trail.locked_out(str(credentials.get("email", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        trail.sign_in_failed(str(credentials.get("email", "")))

    def send_password_reset_mail(
        self, user: AbstractBaseUser, email: str, context: dict[str, Any]
    ) -> None:
        """Only to people who could sign in with it; the page says the same either way."""
        if isinstance(user, User) and user.is_employed():
            trail.password_reset_asked(user)
            super().send_password_reset_mail(user, email, context)
