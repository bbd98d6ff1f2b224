"""What the clock does about policies each day: remind of drafts to answer, and of reviews."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from training.models import (
    Consultee,
    LetterKind,
    PolicyDocument,
    PolicyLetter,
    PolicyVersion,
)
from training.policies.consultation import Position, positions_of
from training.policies.review import keepers_of

BEFORE = 3
"""Days before the one to answer by on which a consultee is reminded."""
OVER = -1
REVIEWS = (30, 7)
"""Days before a review on which its keeper is reminded; once more when the day is over."""


def go_round(today: date | None = None) -> None:
    """Everything that is due. May be called again at any time: each reminder is given once."""
    day = today or timezone.localdate()
    for draft in PolicyVersion.objects.drafts().select_related("document").order_by("pk"):
        _remind_of_draft(draft, day)
    there = PolicyDocument.objects.filter(archived_at=None, review_on__isnull=False)
    for document in there.select_related("owner").order_by("pk"):
        _remind_of_review(document, day)


def review_reminder(review_on: date, today: date) -> int | None:
    """The most urgent reminder whose day has come; None while there is time."""
    left = (review_on - today).days
    return OVER if left < 0 else min((days for days in REVIEWS if left <= days), default=None)


@transaction.atomic
def _remind_of_draft(draft: PolicyVersion, today: date) -> None:
    for position in positions_of(draft, today):
        if position.is_awaited:
            _remind_of_answer(draft, position, today)


def _remind_of_answer(draft: PolicyVersion, position: Position, today: date) -> None:
    consultee = position.consultee
    left = (consultee.answer_by - today).days
    if left > BEFORE:
        return
    kind = LetterKind.OVER if position.is_over else LetterKind.BEFORE
    told = [consultee.user] if consultee.user else []
    if position.is_over:
        # Whoever asked decides whether it goes on without them.
        told.append(consultee.asked_by)
    days = OVER if position.is_over else BEFORE
    new = _letters(draft.document, kind, consultee.answer_by, days, told, consultee)
    if new:
        why = f"{consultee} was to answer by {consultee.answer_by:%-d %B %Y}"
        _record(draft.document, why, new)


@transaction.atomic
def _remind_of_review(document: PolicyDocument, today: date) -> None:
    review_on = document.review_on
    days = review_reminder(review_on, today) if review_on else None
    if review_on is None or days is None:
        return
    new = _letters(document, LetterKind.REVIEW, review_on, days, keepers_of(document))
    if new:
        _record(document, f"to be reviewed by {review_on:%-d %B %Y}", new)


def _letters(
    document: PolicyDocument,
    kind: LetterKind,
    about_on: date,
    days: int,
    told: Iterable[User],
    consultee: Consultee | None = None,
) -> list[User]:
    """Those who have not been told this yet; a letter waits for each."""
    new = []
    for person in dict.fromkeys(each for each in told if each.is_employed()):
        _, is_new = PolicyLetter.objects.get_or_create(
            document=document,
            consultee=consultee,
            kind=kind,
            about_on=about_on,
            days=days,
            to=person,
        )
        if is_new:
            new.append(person)
    return new


def _record(document: PolicyDocument, why: str, told: list[User]) -> None:
    names = ", ".join(person.name for person in told)
    record(Event.POLICY_REMINDED, by=None, on=document, after={"why": why, "told": names})
