"""People: one record and one sign-in for each person who works for the council."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.rights import Rights


class UserQuerySet(models.QuerySet["User"]):
    def employed(self, on: date | None = None) -> UserQuerySet:
        """Whoever works for the council on that day (today in London by default)."""
        day = on or timezone.localdate()
        stays = Q(employed_until__isnull=True) | Q(employed_until__gte=day)
        return self.filter(stays, is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)["User"]):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A person who can sign in with `email`; without a password they cannot yet.

        Without an address (`email` is empty) they never can: see `staff_number`.
        """
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        # An empty address is no name to sign in with, however many people have none.
        return self.exclude(email="").get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. What they may do follows from their grants, their evidence and their employment."""

    email = models.EmailField("e-mail address", max_length=254, blank=True)
    """What they sign in with; empty for those to whom the council gives no address."""
    staff_number = models.CharField(max_length=20, blank=True)
    """The number on the payroll; those without an address sign in at a shared terminal with it."""
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    service_area = models.ForeignKey(
        "accounts.ServiceArea",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    manager = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="team"
    )
    employed_until = models.DateField(null=True, blank=True)
    """The last day of employment; every right ends at the end of that day."""
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    at_terminal = False
    """Signed in at a shared terminal, for the request at hand: no role counts there."""
    rights: Rights | None = None
    """What `accounts.middleware` read for the page at hand; no other instance carries it."""

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="one_person_for_each_email", condition=~Q(email="")
            ),
            models.UniqueConstraint(
                Lower("staff_number"),
                name="one_person_for_each_staff_number",
                condition=~Q(staff_number=""),
            ),
            models.CheckConstraint(
                name="a_person_has_an_address_or_a_number",
                condition=~Q(email="", staff_number=""),
            ),
            models.CheckConstraint(
                name="nobody_manages_themselves",
                condition=Q(manager__isnull=True) | ~Q(manager=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def known_by(self) -> str:
        """What tells them from others of the same name: the address, or the staff number."""
        return self.email or f"staff number {self.staff_number}"

    def is_employed(self, on: date | None = None) -> bool:
        """Whether the person works for the council on that day (today in London by default)."""
        day = on or timezone.localdate()
        return self.is_active and (self.employed_until is None or day <= self.employed_until)
