"""Encrypt every kept secret anew with the newest key of CREDENTIAL_KEYS."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.credentials import rotate_all
from accounts.encryption import Undecryptable
from accounts.sign_in.second_factor import rotate_second_factors


class Command(BaseCommand):
    help = (
        "Encrypt the accounts' credentials and people's second factors with the first key in "
        "CREDENTIAL_KEYS. Put a new key first, restart, run this, then take the old key away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            accounts = rotate_all(by=None)
            people = rotate_second_factors()
        except Undecryptable as error:
            raise CommandError(f"{error} Put the old key back and run this again.") from None
        self.stdout.write(
            f"Encrypted with the newest key: {accounts} credentials, {people} second factors."
        )
