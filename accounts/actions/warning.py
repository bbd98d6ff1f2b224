"""Warning the owner and the deputy that the risk of their account is due for review."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.actions.letters import answerable_people, send_waiting
from accounts.health import current_assessment, held_from
from accounts.models import AccountState, RiskAssessment, SocialAccount, Warned, WarningKind
from accounts.risk.letter import send_review_letter
from accounts.risk.reviews import WARNED_AHEAD, due_by
from audit.catalogue import Event
from audit.record import record

AHEAD = (WARNED_AHEAD.days, 14, 7, 0)
"""Days before the review on which a warning is given."""
HELD = -1
"""The warning that posts are held from now on."""


def warn_of_reviews(today: date | None = None) -> int:
    """Give every warning that is due and was not given; the answer is how many.

    May be called again at any time: each is given once. Only live accounts: any other needs a
    review before it goes live.
    """
    today = today or timezone.localdate()
    soon = due_by(SocialAccount.objects.live(), today + WARNED_AHEAD)
    ids = list(soon.filter(review_due__isnull=False).values_list("pk", flat=True))
    given = sum(_warn(account_id, today) for account_id in ids)
    send_waiting(WarningKind.RISK_REVIEW, partial(_send_letter, today=today))
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
        told = ", ".join(person.name for person in answerable_people(account)) or "nobody"
        facts = {"why": _why(current, days), "told": told}
        record(Event.RISK_WARNED, by=None, on=account, after=facts)
    return is_new


def _send_letter(warned: Warned, *, today: date) -> None:
    account, people = warned.account, answerable_people(warned.account)
    current = current_assessment(account)
    # Reviewed, or on its way out, while the letter waited: there is nothing to warn of.
    still_counts = current is not None and str(current.pk) == warned.about
    if current is None or not still_counts or account.state != AccountState.LIVE or not people:
        return
    send_review_letter(account, current, to=people, today=today)


def _why(current: RiskAssessment, days: int) -> str:
    if days == HELD:
        return f"posts are held since {held_from(current.review_on):%-d %B %Y}"
    return f"it is due on {current.review_on:%-d %B %Y}"
