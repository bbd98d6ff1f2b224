"""Handing over the letters of warnings: each once, whatever restarts."""

from __future__ import annotations

from collections.abc import Callable
from smtplib import SMTPException

import structlog
from django.utils import timezone

from accounts.models import SocialAccount, User, Warned, WarningKind

log = structlog.get_logger(__name__)


def send_waiting(kind: WarningKind, send: Callable[[Warned], None]) -> None:
    """Let `send` hand over the letter of each warning of that kind that waits for one.

    A letter that could not be handed over is tried again at the next call; one during which the
    process ended is not, so that nobody gets it twice. `send` does nothing where there is nothing
    to warn of any more.
    """
    waiting = Warned.objects.filter(kind=kind, mailed_at__isnull=True)
    for warned_id in list(waiting.order_by("id").values_list("pk", flat=True)):
        _send_one(warned_id, send)


def _send_one(warned_id: int, send: Callable[[Warned], None]) -> None:
    claimed = Warned.objects.filter(pk=warned_id, mailed_at__isnull=True)
    if not claimed.update(mailed_at=timezone.now()):
        return
    warned = Warned.objects.select_related("account__owner", "account__deputy").get(pk=warned_id)
    try:
        send(warned)
    except (SMTPException, OSError):
        log.warning("letter_not_sent", warning=warned_id, exc_info=True)
        Warned.objects.filter(pk=warned_id).update(mailed_at=None)


def answerable_people(account: SocialAccount) -> list[User]:
    """The owner and the deputy, as far as they still work here."""
    people = (account.owner, account.deputy)
    return [person for person in people if person and person.is_employed()]
