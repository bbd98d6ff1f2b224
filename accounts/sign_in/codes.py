"""Making and checking personal codes."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils import timezone

from accounts.models import PersonalCode, User

LETTERS = "ACDEFHJKLMNPQRTUVWXY34679"
"""Without what is taken for one another, read out or written down: B and 8, S and 5, O and 0."""
LENGTH = 8


class _Hasher(PBKDF2PasswordHasher):
    """Fewer rounds than for passwords: a code is drawn, not chosen, and no dictionary has it."""

    algorithm = "pbkdf2_sha256"
    iterations = 150_000


def new_code() -> str:
    """A code as it is shown: “K7PM-3QXW”."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def hash_of(code: str) -> str:
    hasher = _Hasher()
    return str(hasher.encode(_plain(code), hasher.salt()))


def whose(staff_number: str, code: str) -> User | None:
    """Who has this number and this code; nobody for a leaver, or one who has an address by now.

    It takes as long for a number that nobody has.
    """
    rows = PersonalCode.objects.select_related("user").filter(user__email="")
    number = staff_number.strip()
    kept = rows.filter(user__staff_number__iexact=number).first() if _is_number(number) else None
    is_right = _Hasher().verify(_plain(code), kept.hash if kept else _NOBODYS)
    if kept is None or not is_right or not is_good(kept):
        return None
    return kept.user


def is_good(code: PersonalCode) -> bool:
    """Whether its owner may be signed in with it at this moment."""
    return code.expires_at > timezone.now() and not code.user.email and code.user.is_employed()


def _is_number(text: str) -> bool:
    # PostgreSQL takes no text with a NUL in it.
    return 0 < len(text) <= 20 and text.isprintable()


def _plain(code: str) -> str:
    """However it was typed: in small letters, with spaces or without the hyphen."""
    return "".join(letter for letter in code.upper() if letter.isalnum())[:40]


_NOBODYS = hash_of(new_code())
