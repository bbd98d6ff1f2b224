"""Encryption of secrets at rest: Fernet, with the keys of `settings.CREDENTIAL_KEYS`.

The newest key stands first and encrypts; the others can still be read until
`manage.py rotate_credentials` has encrypted everything anew.
"""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Undecryptable(Exception):
    """None of the keys opens this secret: it was made with a key that is gone, or damaged."""


def encrypt(secret: bytes) -> bytes:
    return _keys().encrypt(secret)


def decrypt(token: bytes) -> bytes:
    """The secret; raises :class:`Undecryptable`."""
    try:
        return _keys().decrypt(token)
    except InvalidToken:
        raise Undecryptable("No key in CREDENTIAL_KEYS opens this secret.") from None


def rotate(token: bytes) -> bytes:
    """The same secret encrypted with the newest key; raises :class:`Undecryptable`."""
    try:
        return _keys().rotate(token)
    except InvalidToken:
        raise Undecryptable("No key in CREDENTIAL_KEYS opens this secret.") from None


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key.strip()) for key in settings.CREDENTIAL_KEYS])
