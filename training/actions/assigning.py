"""Saying who has to have which course or policy in date, and by when; and ending that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import ServiceArea, User
from accounts.permissions import AccountRole, CorporateRole, Permission
from audit.catalogue import Event
from audit.record import record
from training.models import Assignment, Course, Group, PolicyDocument


@dataclass(frozen=True, slots=True)
class Whom:
    """A group of people: what it goes by, and which one it is."""

    group: Group
    corporate_role: CorporateRole | None = None
    account_role: AccountRole | None = None
    service_area: ServiceArea | None = None
    person: User | None = None


@dataclass(frozen=True, slots=True)
class When:
    """So many days for each from the day on which it begins for them, or one day for all."""

    days: int | None = None
    day: date | None = None


def planned(
    *,
    by: User | None,
    thing: Course | PolicyDocument,
    whom: Whom,
    when: When,
    holds_posting: bool = False,
) -> Assignment:
    """The assignment as it would be, not kept: to see whom it would cover.

    Raises ValidationError where it cannot be.
    """
    today = timezone.localdate()
    if thing.archived_at:
        raise ValidationError({"thing": f"{thing} was put away. Choose one that is in use."})
    if when.day and when.day < today:
        raise ValidationError({"due_on": "The day must be today or in the future."})
    if whom.person and not whom.person.is_employed():
        left = f"{whom.person.name} does not work for the council any more."
        raise ValidationError({"person": left})
    return Assignment(
        course=thing if isinstance(thing, Course) else None,
        policy=thing if isinstance(thing, PolicyDocument) else None,
        group=whom.group,
        corporate_role=whom.corporate_role or "",
        account_role=whom.account_role or "",
        service_area=whom.service_area,
        person=whom.person,
        due_days=when.days,
        due_on=when.day,
        holds_posting=holds_posting,
        made_by=by,
    )


@transaction.atomic
def assign(
    *,
    by: User | None,
    thing: Course | PolicyDocument,
    whom: Whom,
    when: When,
    holds_posting: bool = False,
) -> Assignment:
    """From now on the group has to have `thing` in date.

    With `holds_posting` nobody of the group may post while it is late. Raises ValidationError where
    the same group is asked for the same already: the old one has to end first.
    """
    locked = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    if by is not None:
        demand(by, Permission.ASSIGN_TRAINING)
    made = planned(by=by, thing=locked, whom=whom, when=when, holds_posting=holds_posting)
    same = Assignment.objects.in_force().filter(
        course=made.course,
        policy=made.policy,
        group=made.group,
        corporate_role=made.corporate_role,
        account_role=made.account_role,
        service_area=made.service_area,
        person=made.person,
    )
    if same.exists():
        raise ValidationError(
            f"{made.whom} has been asked for “{locked}” already. End that assignment first."
        )
    made.save()
    record(Event.LEARNING_ASSIGNED, by=by, on=locked, after=_facts(made))
    return made


@transaction.atomic
def end_assignment(*, by: User | None, assignment: Assignment, reason: str = "") -> Assignment:
    """From now on it asks nobody; what was completed stays. Doing it again changes nothing."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if by is not None:
        demand(by, Permission.ASSIGN_TRAINING)
    if locked.ended_at:
        return locked
    locked.ended_at, locked.ended_by = timezone.now(), by
    locked.save(update_fields=["ended_at", "ended_by"])
    record(Event.ASSIGNMENT_ENDED, by=by, on=locked.thing, before=_facts(locked), reason=reason)
    return locked


def _facts(assignment: Assignment) -> dict[str, object]:
    due = assignment.due_on or f"{assignment.due_days} days after it begins for somebody"
    return {
        "whom": assignment.whom,
        "due": due,
        "holds_posting": assignment.holds_posting,
    }
