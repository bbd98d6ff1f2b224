"""The signed head: what lets an outsider notice that the end of the trail was cut off."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from audit.canonical import canonical_json, moment
from audit.models import ChainHead


def signed_head(head: ChainHead) -> dict[str, Any]:
    """The head with council, time, public key, and an Ed25519 signature over all of these.

    What is signed is the canonical JSON of everything but the signature.
    Raises ImproperlyConfigured if `AUDIT_SIGNING_KEY` is not a key.
    """
    key = _key()
    body = {
        "council": settings.COUNCIL_NAME,
        "sequence": head.sequence,
        "hash": head.hash,
        "signed_at": moment(timezone.now()),
        "public_key": public_key(),
    }
    return {**body, "signature": key.sign(canonical_json(body).encode()).hex()}


def public_key() -> str:
    """The council's public key in hexadecimal, to be given to outsiders by another way."""
    return _key().public_key().public_bytes_raw().hex()


def _key() -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.AUDIT_SIGNING_KEY))
    except ValueError as error:
        raise ImproperlyConfigured("AUDIT_SIGNING_KEY is not 32 bytes in hexadecimal.") from error
