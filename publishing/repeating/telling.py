"""Telling somebody that a repeating post is held: its author, and who answers for its accounts."""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.letters import addresses
from accounts.models import User
from publishing.models import Series, SeriesState

log = structlog.get_logger(__name__)

MOST_TOLD = 10


def tell_of_held() -> None:
    """One letter for each time that one is held; what the mail server refused is tried again."""
    untold = Series.objects.filter(state=SeriesState.HELD, told_at__isnull=True).order_by("pk")
    for pk in list(untold.values_list("pk", flat=True)):
        _tell(pk)


def people_to_tell(series: Series) -> list[User]:
    """Its author, and the owners and deputies of its accounts: those who are still here."""
    accounts = series.accounts.select_related("owner", "deputy").order_by("name", "pk")
    named: list[User | None] = [series.author]
    for account in accounts:
        named += [account.owner, account.deputy]
    people = {person.pk: person for person in named if person and person.is_employed()}
    return list(people.values())[:MOST_TOLD]


def _tell(pk: int) -> None:
    claimed = Series.objects.filter(pk=pk, state=SeriesState.HELD, told_at__isnull=True)
    if not claimed.update(told_at=timezone.now()):
        return
    series = Series.objects.select_related("author").get(pk=pk)
    people = people_to_tell(series)
    if not people:
        # Whoever plans for the whole council has it on their home page.
        return
    address = settings.BASE_URL + reverse("series", args=[pk])
    body = render_to_string(
        "emails/series_held.txt", {"people": people, "series": series, "address": address}
    )
    subject = " ".join(f"“{series}” is held: its next posts are not made".split())
    try:
        EmailMessage(subject, body, to=addresses(people)).send()
    except (SMTPException, OSError):
        log.warning("letter_not_sent", series=pk, exc_info=True)
        Series.objects.filter(pk=pk).update(told_at=None)
