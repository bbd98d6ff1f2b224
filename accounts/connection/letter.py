"""The e-mail to whoever can see to it that an account stays connected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.letters import addresses
from accounts.models import SocialAccount, User


def send_connection_letter(account: SocialAccount, ends_on: date, *, to: Sequence[User]) -> None:
    """One e-mail to all of `to`. What the mail server refuses is raised."""
    words = {
        "account": account,
        "platform": account.platform_name,
        "ends_on": ends_on,
        "address": settings.BASE_URL + reverse("connection", args=[account.pk]),
    }
    # A name may hold anything, a subject no line break.
    subject = " ".join(f"{account.name}: the connection ends on {ends_on:%-d %B %Y}".split())
    body = render_to_string("emails/connection.txt", words)
    EmailMessage(subject, body, to=addresses(to)).send()
