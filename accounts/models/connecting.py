"""Sign-ins at a platform that were begun: each can be finished once, by whoever began it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class SignInAttempt(models.Model):
    """What is kept between sending a person to a platform and their coming back.

    The state itself stands only in the address; here is its SHA-256, so that whoever reads the
    table cannot finish anybody's sign-in.
    """

    state_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(
        "accounts.SocialAccount", on_delete=models.CASCADE, related_name="sign_in_attempts"
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    verifier = models.BinaryField()
    """The encrypted secret for PKCE."""
    begun_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="sign_in_attempt_ends_after_it_began",
                condition=Q(expires_at__gt=F("begun_at")),
            )
        ]

    def __str__(self) -> str:
        return f"Sign-in for {self.account}"
