"""Credentials: what opens an account at its platform, encrypted at rest."""

from __future__ import annotations

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

    def __str__(self) -> str:
        return f"Credential of {self.account}"
