"""The letters of reminders: one to each person for all that waits, one to each manager."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from training.models import LearningReminder, ReminderKind
from training.standing import Learning, standings

log = structlog.get_logger(__name__)

Rows = QuerySet[LearningReminder]
Send = Callable[[User, list[LearningReminder]], None]


def mail_reminders() -> None:
    """Hand over every letter that waits.

    One that could not be handed over is tried again at the next call; one during which the process
    ended is not, so that nobody gets it twice.
    """
    waiting = LearningReminder.objects.filter(mailed_at=None)
    own = waiting.exclude(kind=ReminderKind.ESCALATED)
    for user_id in _ids(own, "user_id"):
        _mail(User.objects.get(pk=user_id), own.filter(user=user_id), _send_reminder)
    escalated = waiting.filter(kind=ReminderKind.ESCALATED)
    # Nobody took the place of a manager who left in the meantime.
    escalated.filter(user__manager=None).update(mailed_at=timezone.now())
    for manager_id in _ids(escalated, "user__manager_id"):
        team = escalated.filter(user__manager=manager_id)
        _mail(User.objects.get(pk=manager_id), team, _send_escalation)


def _ids(rows: Rows, field: str) -> list[int]:
    return list(rows.order_by(field).values_list(field, flat=True).distinct())


def _mail(to: User, waiting: Rows, send: Send) -> None:
    with transaction.atomic():
        # Another worker waits here, and then finds none of them.
        ids = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))
        LearningReminder.objects.filter(pk__in=ids).update(mailed_at=timezone.now())
    if not (ids and to.is_employed() and to.email):
        return
    rows = LearningReminder.objects.filter(pk__in=ids).select_related("user", "asked_by")
    try:
        send(to, list(rows.select_related("course", "policy").order_by("user__name", "due_on")))
    except (SMTPException, OSError):
        log.warning("reminder_not_sent", user=to.pk, exc_info=True)
        LearningReminder.objects.filter(pk__in=ids).update(mailed_at=None)


def _send_reminder(to: User, rows: list[LearningReminder]) -> None:
    """What the person still has to do of what they are reminded of; nothing, if it is done."""
    about = {row.course or row.policy for row in rows}
    due = [each for each in standings([to]) if each.thing in about and each.is_due]
    if not due:
        return
    today = timezone.localdate()
    late = [each for each in due if each.is_late(today)]
    words = {
        "person": to,
        "late": late,
        "due": [each for each in due if not each.is_late(today)],
        "asked_by": sorted({row.asked_by.name for row in rows if row.asked_by}),
        "holds_posting": any(each.holds_posting for each in due),
        "address": settings.BASE_URL + reverse("training"),
    }
    _send(to, _subject(due, late), "emails/learning.txt", words)


def _subject(due: list[Learning], late: list[Learning]) -> str:
    if late:
        return f"Overdue: {late[0].thing}" if len(late) == 1 else f"{len(late)} things are overdue"
    first = min(due, key=lambda each: each.due_on or timezone.localdate())
    return f"{first.thing}: to do by {first.due_on:%-d %B %Y}"


def _send_escalation(to: User, rows: list[LearningReminder]) -> None:
    words = {
        "person": to,
        "rows": rows,
        "address": settings.BASE_URL + reverse("training"),
    }
    people = _people(rows)
    subject = f"Training is overdue: {people[0]}" if len(people) == 1 else "Training is overdue"
    _send(to, subject, "emails/learning_of_a_team.txt", words)


def _people(rows: Iterable[LearningReminder]) -> list[str]:
    return list(dict.fromkeys(row.user.name for row in rows))


def _send(to: User, subject: str, template: str, words: dict[str, object]) -> None:
    # A name may hold anything, a subject no line break.
    EmailMessage(" ".join(subject.split()), render_to_string(template, words), to=[to.email]).send()
