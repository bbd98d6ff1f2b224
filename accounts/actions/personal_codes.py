"""Giving people without an e-mail address a code for the shared terminal."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import PersonalCode, User
from accounts.permissions import Permission
from accounts.sign_in.codes import hash_of, new_code
from accounts.sign_in.terminal import forget_failures
from audit.catalogue import Event
from audit.record import record


@transaction.atomic
def issue_code(*, by: User | None, person: User, code: str = "") -> str:
    """A new code for `person`, in place of the one they had: it ends at once, and with it the
    lock on their number, since nobody has guessed at the new one.

    The answer is the only place where it can be read. `code` is for the demonstration, which tells
    it. Raises ValidationError for a leaver, and for somebody who signs in with an e-mail address.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if by is not None:
        demand(by, Permission.ISSUE_CODES, on=locked)
    if not locked.is_employed():
        raise ValidationError(f"{locked.name} does not work for the council any more.")
    if locked.email or not locked.staff_number:
        raise ValidationError(f"{locked.name} signs in with an e-mail address and needs no code.")
    now, drawn = timezone.now(), code or new_code()
    kept, _ = PersonalCode.objects.update_or_create(
        user=locked,
        defaults={
            "hash": hash_of(drawn),
            "issued_by": by,
            "issued_at": now,
            "expires_at": now + timedelta(days=settings.TERMINAL_CODE_DAYS),
        },
    )
    forget_failures(locked.staff_number)
    after = {"good_until": timezone.localdate(kept.expires_at)}
    record(Event.CODE_ISSUED, by=by, on=locked, after=after)
    return drawn
