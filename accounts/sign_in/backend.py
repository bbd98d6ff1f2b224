"""Who may sign in, and stay signed in: whoever works for the council today."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from accounts.models import User
from accounts.sign_in.codes import whose


class EmployedOnlyBackend(AuthenticationBackend):
    """Refuses leavers at sign-in and, since Django asks it at every request, afterwards."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return isinstance(user, User) and user.is_employed()

    def authenticate(
        self, request: HttpRequest | None, **credentials: object
    ) -> AbstractBaseUser | None:
        if not str(credentials.get("email") or credentials.get("username") or "").strip():
            # People without an address have no password either, but nothing is left to that.
            return None
        user = super().authenticate(request, **credentials)
        # allauth remembers whoever knew the password but may not sign in, to tell them so. A
        # leaver gets the same words as a wrong password.
        self.unstash_authenticated_user()
        return user


class TerminalBackend(BaseBackend):
    """People without an e-mail address, by staff number and code. Its name marks the session."""

    def authenticate(
        self, request: HttpRequest | None, staff_number: str = "", code: str = "", **_: object
    ) -> User | None:
        return whose(staff_number, code) if staff_number and code else None

    def get_user(self, user_id: int) -> User | None:
        """Whoever was signed in, as long as they work here and have no address of their own."""
        found = User.objects.filter(pk=user_id, email="").first()
        return found if found and found.is_employed() else None
