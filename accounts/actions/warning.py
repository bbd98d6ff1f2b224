"""Warning the owner and the deputy that the risk of their account is due for review."""

from __future__ import annotations

from datetime import date
from smtplib import SMTPException

import structlog
from django.db import transaction
from django.utils import timezone

from accounts.health import current_assessment, held_from
from accounts.models import AccountState, RiskAssessment, SocialAccount, User, Warned, WarningKind
from accounts.review_letter import send_review_letter
from accounts.reviews import WARNED_AHEAD, due_by
from audit.catalogue import Event
from audit.record import record

AHEAD = (WARNED_AHEAD.days, 14, 7, 0)
"""Days before the review on which a warning is given."""
HELD = -1
"""The warning that posts are held from now on."""

log = structlog.get_logger(__name__)


def warn_of_reviews(today: date | None = None) -> int:
    """Give every warning that is due and was not given; the answer is how many.

    May be called again at any time: each is given once. A letter that could not be handed over is
    tried again; one during which the process ended is not, so that nobody gets it twice. Only live
    accounts: any other needs a review before it goes live.
    """
    today = today or timezone.localdate()
    soon = due_by(SocialAccount.objects.live(), today + WARNED_AHEAD)
    ids = list(soon.filter(review_due__isnull=False).values_list("pk", flat=True))
    given = sum(_warn(account_id, today) for account_id in ids)
    waiting = Warned.objects.filter(kind=WarningKind.RISK_REVIEW, mailed_at__isnull=True)
    for warned_id in list(waiting.order_by("id").values_list("pk", flat=True)):
        _send_letter(warned_id, today)
    return given


def warning_due(review_on: date, today: date) -> int | None:
    """The most urgent warning whose day has come: of `AHEAD`, or `HELD`; None before the first."""
    if today >= held_from(review_on):
        return HELD
    left = max(0, (review_on - today).days)
    return min((days for days in AHEAD if left <= days), default=None)


@transaction.atomic
def _warn(account_id: int, today: date) -> bool:
    account = SocialAccount.objects.select_for_update().get(pk=account_id)
    current = current_assessment(account)
    days = warning_due(current.review_on, today) if current else None
    if account.state != AccountState.LIVE or current is None or days is None:
        return False
    _, is_new = Warned.objects.get_or_create(
        kind=WarningKind.RISK_REVIEW, account=account, about=str(current.pk), days=days
    )
    if is_new:
        told = ", ".join(person.name for person in _answerable(account)) or "nobody"
        facts = {"why": _why(current, days), "told": told}
        record(Event.RISK_WARNED, by=None, on=account, after=facts)
    return is_new


def _send_letter(warned_id: int, today: date) -> None:
    claimed = Warned.objects.filter(pk=warned_id, mailed_at__isnull=True)
    if not claimed.update(mailed_at=timezone.now()):
        return
    warned = Warned.objects.select_related("account__owner", "account__deputy").get(pk=warned_id)
    account, people = warned.account, _answerable(warned.account)
    current = current_assessment(account)
    # Reviewed, or on its way out, while the letter waited: there is nothing to warn of.
    still_counts = current is not None and str(current.pk) == warned.about
    if current is None or not still_counts or account.state != AccountState.LIVE or not people:
        return
    try:
        send_review_letter(account, current, to=people, today=today)
    except (SMTPException, OSError):
        log.warning("letter_not_sent", warning=warned_id, exc_info=True)
        Warned.objects.filter(pk=warned_id).update(mailed_at=None)


def _answerable(account: SocialAccount) -> list[User]:
    """The owner and the deputy, as far as they still work here."""
    people = (account.owner, account.deputy)
    return [person for person in people if person and person.is_employed()]


def _why(current: RiskAssessment, days: int) -> str:
    if days == HELD:
        return f"posts are held since {held_from(current.review_on):%-d %B %Y}"
    return f"it is due on {current.review_on:%-d %B %Y}"
