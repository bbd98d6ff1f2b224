"""What the clock does about access reviews each day: open, remind, and let lapse what is silent."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.actions.access_reviews import close_if_answered, lock_review
from accounts.actions.letters import answerable_people, send_waiting
from accounts.models import (
    AccessReview,
    AccountGrant,
    AccountState,
    CorporateGrant,
    ReviewAnswer,
    ReviewedGrant,
    SocialAccount,
    User,
    Warned,
    WarningKind,
)
from accounts.permissions import AccountRole, CorporateRole
from accounts.risk.reviews import IN_USE
from accounts.who_has_access.letter import send_access_letter
from audit.catalogue import Event
from audit.record import happened, record, record_all
from pages.days import midnight_after, months_after

REMINDED = (14, 7, 1)
"""Days before the last one on which a reminder is given; the first letter comes at the opening."""
LAPSED = -1
"""The letter that says what lapsed."""


def go_round(today: date | None = None) -> None:
    """Everything that is due. May be called again at any time: each thing happens once."""
    day = today or timezone.localdate()
    for review_id in _open_reviews():
        _settle(review_id, day)
    open_due(day)
    for review_id in _open_reviews():
        _remind(review_id, day)
    send_waiting(WarningKind.ACCESS_REVIEW, _send_letter)


def open_due(today: date) -> None:
    """Begin the review of every account whose time has come."""
    for account_id in list(_due(today).order_by("pk").values_list("pk", flat=True)):
        _open(account_id, today)


def _open_reviews() -> list[int]:
    return list(AccessReview.objects.open().order_by("pk").values_list("pk", flat=True))


def _due(today: date) -> QuerySet[SocialAccount]:
    """Accounts in use whose roles nobody looked at for so many months.

    Counted from the last review, or from the day on which the account came onto the register.
    """
    before = midnight_after(months_after(today, -settings.ACCESS_REVIEW_MONTHS))
    reviews = AccessReview.objects.filter(account=OuterRef("pk"))
    since = reviews.filter(Q(closed_at__isnull=True) | Q(opened_at__gte=before))
    return SocialAccount.objects.filter(
        Exists(_held().filter(account=OuterRef("pk"))),
        ~Exists(since),
        state__in=IN_USE,
        added_at__lt=before,
    )


def _held() -> QuerySet[AccountGrant]:
    """The roles in force of people who work here: a leaver's have ended."""
    return AccountGrant.objects.in_force().filter(user__in=User.objects.employed())


@transaction.atomic
def _open(account_id: int, today: date) -> None:
    account = SocialAccount.objects.select_for_update(of=("self",)).get(pk=account_id)
    if not _due(today).filter(pk=account.pk).exists():
        return
    due_on = today + timedelta(days=settings.ACCESS_REVIEW_DAYS)
    review = AccessReview.objects.create(account=account, due_on=due_on)
    grants = list(_held().filter(account=account).order_by("user__name", "pk"))
    ReviewedGrant.objects.bulk_create(
        [ReviewedGrant(review=review, grant=grant) for grant in grants]
    )
    after = {"roles": len(grants), "due_on": due_on}
    record(Event.ACCESS_REVIEW_OPENED, by=None, on=account, after=after)


@transaction.atomic
def _settle(review_id: int, today: date) -> None:
    """End a review of which nothing is asked any more, or whose time is over."""
    account, review = lock_review(AccessReview.objects.get(pk=review_id))
    if review.closed_at:
        return
    if today > review.due_on or account.state == AccountState.CLOSED:
        _let_lapse(account, review)
    close_if_answered(account, review)


def _let_lapse(account: SocialAccount, review: AccessReview) -> None:
    now = timezone.now()
    silent = review.grants.unanswered().select_for_update(of=("self",)).order_by("pk")
    rows = list(silent.select_related("grant__user"))
    if not rows:
        return
    review.grants.filter(pk__in=[row.pk for row in rows]).update(answer=ReviewAnswer.LAPSED, at=now)
    AccountGrant.objects.filter(pk__in=[row.grant_id for row in rows]).update(ended_at=now)
    Warned.objects.get_or_create(
        kind=WarningKind.ACCESS_REVIEW, account=account, about=str(review.pk), days=LAPSED
    )
    record_all(
        [
            happened(
                Event.ACCESS_LAPSED,
                by=None,
                on=account,
                after={
                    "person": row.grant.user.name,
                    "role": AccountRole(row.grant.role).label,
                },
                reason=f"Nobody confirmed it by {review.due_on:%-d %B %Y}",
            )
            for row in rows
        ]
    )


@transaction.atomic
def _remind(review_id: int, today: date) -> None:
    account, review = lock_review(AccessReview.objects.get(pk=review_id))
    days = reminder_due(review.due_on, today)
    if review.closed_at or days is None:
        return
    _, is_new = Warned.objects.get_or_create(
        kind=WarningKind.ACCESS_REVIEW, account=account, about=str(review.pk), days=days
    )
    if is_new:
        told = ", ".join(person.name for person in _told(account)) or "nobody"
        why = f"to be answered by {review.due_on:%-d %B %Y}"
        after = {"why": why, "told": told}
        record(Event.ACCESS_REVIEW_WARNED, by=None, on=account, after=after)


def reminder_due(due_on: date, today: date) -> int | None:
    """The most urgent letter whose day has come; None once the last day is over."""
    left = (due_on - today).days
    ahead = (settings.ACCESS_REVIEW_DAYS, *REMINDED)
    return min((days for days in ahead if 0 <= left <= days), default=None)


def _send_letter(warned: Warned) -> None:
    review = AccessReview.objects.select_related("account").get(pk=int(warned.about))
    # Answered while the letter waited: there is nothing to remind of.
    if (review.closed_at is not None) == (warned.days == LAPSED):
        people = _told(warned.account)
        if people:
            send_access_letter(review, to=people)


def _told(account: SocialAccount) -> list[User]:
    """The owner and the deputy; where neither works here any more, the digital team."""
    if people := answerable_people(account):
        return people
    digital = CorporateGrant.objects.in_force().filter(role=CorporateRole.DIGITAL_TEAM)
    return list(User.objects.employed().filter(pk__in=digital.values("user")).order_by("name"))
