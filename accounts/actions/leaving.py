"""The end of somebody's employment, and their coming back."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.access import demand
from accounts.actions.handing_on import Heirs, hand_on_locked, lock_accounts_of, lock_people
from accounts.actions.last_digital_officer import keep_a_digital_officer
from accounts.models import Answerable, Departure, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from pages.days import midnight_after


@transaction.atomic
def end_employment(
    *,
    by: User | None,
    person: User,
    last_day: date,
    reason: str = "",
    to: Heirs | None = None,
) -> User:
    """Every right of `person` ends with `last_day`: roles, sessions, posts that they approved.

    What is handed on goes `to` others at once, in the same transaction. What is not stays a task
    of the digital team. Raises ValidationError for the last member of the digital team, and for an
    heir who cannot take over.
    """
    accounts = lock_accounts_of(person)
    keep_a_digital_officer(without=person, after=last_day)
    locked, heirs = lock_people(person, to or Heirs())
    if by is not None:
        demand(by, Permission.MANAGE_PEOPLE)
    hand_on_locked(by=by, person=locked, accounts=accounts, to=heirs, reason=reason)
    if locked.employed_until == last_day:
        return locked
    before = {"last_day": locked.employed_until}
    locked.employed_until = last_day
    locked.save(update_fields=["employed_until"])
    _note_departure(locked, last_day)
    _end_grants(locked, last_day, by)
    record(
        Event.PERSON_LEFT,
        by=by,
        on=locked,
        before=before,
        after={"last_day": last_day},
        reason=reason,
    )
    return locked


@transaction.atomic
def return_to_work(*, by: User | None, person: User, reason: str = "") -> User:
    """`person` works for the council again, or on: as a member of staff, without other roles."""
    lock_accounts_of(person)
    locked = User.objects.select_for_update().get(pk=person.pk)
    if by is not None:
        demand(by, Permission.MANAGE_PEOPLE)
    if locked.employed_until is None and locked.is_active:
        raise ValidationError(f"{locked.name} works for the council already.")
    before = {"last_day": locked.employed_until}
    locked.employed_until = None
    locked.is_active = True
    locked.save(update_fields=["employed_until", "is_active"])
    now = timezone.now()
    _ask_again(locked, before["last_day"], now)
    locked.departures.filter(undone_at__isnull=True).update(undone_at=now)
    record(Event.PERSON_RETURNED, by=by, on=locked, before=before, reason=reason)
    return locked


def _note_departure(person: User, last_day: date) -> None:
    now = timezone.now()
    person.departures.filter(undone_at__isnull=True).update(undone_at=now)
    Departure.objects.create(user=person, last_day=last_day, recorded_at=now)


def _end_grants(person: User, last_day: date, by: User | None) -> None:
    """Whoever comes back later starts without the roles of before.

    A last day that is over ends them now: until now they were in force, and the rows say so.
    """
    is_over = last_day < timezone.localdate()
    for grants in (person.corporate_grants, person.account_grants):
        open_ones = grants.filter(ended_at__isnull=True)
        longer = open_ones.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day))
        if is_over:
            longer.update(ended_at=timezone.now(), ended_by=by)
        else:
            longer.update(ends_on=last_day)


def _ask_again(person: User, last_day: date | None, now: datetime) -> None:
    """What they still answer for, they have to accept anew, and did not answer for meanwhile."""
    if last_day is None:
        return
    away_since = midnight_after(last_day)
    if away_since > now:
        return
    # Until it was recorded they did answer for it, whatever their last day.
    departure = person.departures.filter(undone_at__isnull=True).first()
    if departure:
        away_since = max(away_since, departure.recorded_at)
    for part in person.answered_for.open().select_for_update():
        part.until = max(part.since, away_since)
        part.save(update_fields=["until"])
        Answerable.objects.create(
            account_id=part.account_id,
            part=part.part,
            user=person,
            named_by_id=part.named_by_id,
            since=now,
        )
