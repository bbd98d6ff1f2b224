"""Personal codes: what those without an e-mail address sign in with at a shared terminal."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class PersonalCode(models.Model):
    """The one code that a person has, as a hash; a new one takes its place."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_code"
    )
    hash = models.CharField(max_length=128)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_personal_code_ends_after_it_began",
                condition=Q(expires_at__gt=F("issued_at")),
            )
        ]

    def __str__(self) -> str:
        return f"Code of {self.user}"

    @property
    def mark(self) -> str:
        """Tells this code from the one before; says nothing about either."""
        return self.issued_at.isoformat()
