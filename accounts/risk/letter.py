"""The e-mail to whoever answers for an account whose risk is to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.health import held_from
from accounts.letters import addresses
from accounts.models import RiskAssessment, SocialAccount, User


def send_review_letter(
    account: SocialAccount, current: RiskAssessment, *, to: Sequence[User], today: date
) -> None:
    """One e-mail to all of `to`. What the mail server refuses is raised."""
    held = held_from(current.review_on)
    words = {
        "account": account,
        "people": to,
        "review_on": current.review_on,
        "held_from": held,
        "is_overdue": current.review_on < today,
        "is_held": held <= today,
        "address": settings.BASE_URL + reverse("account", args=[account.pk]),
    }
    what = "posts are held" if held <= today else f"review due {current.review_on:%-d %B %Y}"
    # A name may hold anything, a subject no line break.
    subject = " ".join(f"{account.name}: risk assessment, {what}".split())
    body = render_to_string("emails/risk_review.txt", words)
    EmailMessage(subject, body, to=addresses(to)).send()
