"""Credentials: what opens an account at its platform, encrypted at rest."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Credential(models.Model):
    """The encrypted JSON that `accounts.actions.credentials` stores and opens, and nobody sees."""

    account = models.OneToOneField(
        "accounts.SocialAccount", on_delete=models.CASCADE, related_name="credential"
    )
    ciphertext = models.BinaryField()
    stored_at = models.DateTimeField(auto_now=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    """When the platform last said that this sign-in is not valid; cleared by a new one."""
    remote_name = models.CharField(max_length=120, blank=True)
    access_expires_at = models.DateTimeField(null=True, blank=True)
    """When the access token ends; it is renewed without a person before that, where it can be."""
    scopes = models.JSONField(default=list)
    """What the platform allows with it, by the platform's own names."""
    granted_as = models.CharField(max_length=100, blank=True)
    """The platform's id of whoever allowed it: revoking takes back all that they allowed."""
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    generation = models.PositiveIntegerField(default=0)
    """Goes up with every change of the secret, so that an old answer overwrites nothing newer."""
    refreshing_until = models.DateTimeField(null=True, blank=True)
    """While one worker asks for new tokens: until then nobody else does."""

    def __str__(self) -> str:
        return f"Credential of {self.account}"
