"""Who may sign in, and stay signed in: whoever works for the council today."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from accounts.models import User


class EmployedOnlyBackend(AuthenticationBackend):
    """Refuses leavers at sign-in and, since Django asks it at every request, afterwards."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return isinstance(user, User) and user.is_employed()

    def authenticate(
        self, request: HttpRequest | None, **credentials: object
    ) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        # allauth remembers whoever knew the password but may not sign in, to tell them so. A
        # leaver gets the same words as a wrong password.
        self.unstash_authenticated_user()
        return user
