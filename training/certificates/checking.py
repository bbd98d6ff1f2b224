"""Checking a certificate by its number: whoever was handed one needs nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from training.models import Completion, CourseVersion

MISSES_ALLOWED, WITHIN_S = 20, 600
"""Numbers that are not known, from one address: enough for a typist, too few for a guesser."""
_GROUP, _LENGTH = 4, 12


class Certified(StrEnum):
    """The value is the key of the tag's colour."""

    VALID = "in_date"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"in_date": "Valid", "expired": "Expired", "withdrawn": "Withdrawn"}[self.value]


@dataclass(frozen=True, slots=True)
class Certificate:
    completion: Completion
    state: Certified
    until: date
    """The last day on which it is valid: earlier where a newer version asked everybody again."""

    @property
    def address(self) -> str:
        """Where anybody can check it."""
        path = reverse("certificate", args=[self.completion.reference])
        return f"{settings.BASE_URL}{path}"


def number_of(typed: str) -> str:
    """The number as it is written, "K7PM-2QXW-94TD", from however somebody typed it.

    Capitals or not, with spaces, dashes or nothing between. Empty where it cannot be one.
    """
    letters = re.sub(r"[\W_]", "", typed).upper()
    if len(letters) != _LENGTH or not letters.isascii():
        return ""
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def certificate_of(number: str) -> Certificate | None:
    """The certificate of that number, as it stands today."""
    found = Completion.objects.select_related("course", "user").filter(reference=number).first()
    return certificate(found) if found else None


def certificate(completion: Completion) -> Certificate:
    until = _valid_until(completion)
    if completion.withdrawn_at:
        return Certificate(completion, Certified.WITHDRAWN, until)
    expired = until < timezone.localdate()
    return Certificate(completion, Certified.EXPIRED if expired else Certified.VALID, until)


def _valid_until(completion: Completion) -> date:
    asking = CourseVersion.objects.published().filter(
        course=completion.course_id,
        number__gt=completion.version_number,
        asks_again_from__isnull=False,
    )
    days = asking.values_list("asks_again_from", flat=True)
    ends = [day - timedelta(days=1) for day in days if day]
    return min([completion.expires_on, *ends])


def guesses_too_often(address: str) -> bool:
    """Whether too many numbers that are not known were asked from this address, not long ago.

    Where the address cannot be told, nobody is held up: 60 bits are enough.
    """
    return bool(address) and int(cache.get(_key(address), 0)) >= MISSES_ALLOWED


def count_miss(address: str) -> None:
    if not cache.add(_key(address), 1, timeout=WITHIN_S):
        cache.incr(_key(address))


def _key(address: str) -> str:
    return f"certificate-misses:{address}"
