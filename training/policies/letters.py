"""Handing over the letters about policies: each once, whatever restarts."""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from training.models import Consultee, LetterKind, PolicyLetter
from training.policies.consultation import positions_of

log = structlog.get_logger(__name__)


def mail_policy_letters() -> None:
    """Hand over each letter that waits; what the mail server refuses is tried again next time."""
    waiting = PolicyLetter.objects.filter(mailed_at=None).order_by("pk")
    for letter_id in list(waiting.values_list("pk", flat=True)):
        _send_one(letter_id)


def _send_one(letter_id: int) -> None:
    claimed = PolicyLetter.objects.filter(pk=letter_id, mailed_at=None)
    if not claimed.update(mailed_at=timezone.now()):
        return
    rows = PolicyLetter.objects.select_related("document", "to", "consultee__version__document")
    letter = rows.get(pk=letter_id)
    if _is_over(letter):
        return
    try:
        _send(letter)
    except (SMTPException, OSError):
        log.warning("letter_not_sent", letter=letter_id, exc_info=True)
        PolicyLetter.objects.filter(pk=letter_id).update(mailed_at=None)


def _is_over(letter: PolicyLetter) -> bool:
    """Answered, reviewed, moved, withdrawn or put away meanwhile; or the person has left."""
    if not letter.to.is_employed():
        return True
    consultee = letter.consultee
    if consultee is None:
        document = letter.document
        return document.archived_at is not None or document.review_on != letter.about_on
    moved = consultee.answer_by != letter.about_on
    return moved or not consultee.version.is_draft or not _is_awaited(consultee)


def _is_awaited(consultee: Consultee) -> bool:
    positions = positions_of(consultee.version)
    return any(each.is_awaited for each in positions if each.consultee == consultee)


def _send(letter: PolicyLetter) -> None:
    is_author = letter.consultee is not None and letter.consultee.user_id != letter.to_id
    words = {
        "letter": letter,
        "document": letter.document,
        "consultee": letter.consultee,
        "is_author": is_author,
        "is_over": letter.days < 0,
        "address": settings.BASE_URL + _address(letter, is_author),
    }
    # A title may hold anything, a subject no line break.
    subject = " ".join(f"{letter.document.title}: {_about(letter, is_author)}".split())
    body = render_to_string("emails/policy.txt", words)
    EmailMessage(subject, body, to=[letter.to.email]).send()


def _about(letter: PolicyLetter, is_author: bool) -> str:
    by = f"{letter.about_on:%-d %B %Y}"
    if letter.kind == LetterKind.REVIEW:
        return f"the review was due by {by}" if letter.days < 0 else f"to be reviewed by {by}"
    if is_author:
        return f"{letter.consultee} has not answered"
    return f"your answer was due by {by}" if letter.days < 0 else f"please answer by {by}"


def _address(letter: PolicyLetter, is_author: bool) -> str:
    name = "policy_consultation"
    if letter.kind == LetterKind.REVIEW:
        name = "policy"
    elif is_author:
        name = "policy_draft"
    return reverse(name, args=[letter.document.slug])
