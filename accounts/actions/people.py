"""People: adding them, and changing their details."""

from __future__ import annotations

import re
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import ServiceArea, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record


class Details(TypedDict, total=False):
    """What can be changed about a person."""

    name: str
    email: str
    staff_number: str
    job_title: str
    service_area: ServiceArea | None
    manager: User | None


@transaction.atomic
def add_person(
    *,
    by: User | None,
    name: str,
    email: str = "",
    staff_number: str = "",
    job_title: str = "",
    service_area: ServiceArea | None = None,
    manager: User | None = None,
    password: str | None = None,
) -> User:
    """A new person. Without a password they choose one by “Forgotten your password?”.

    Raises ValidationError for somebody with neither an e-mail address nor a staff number.
    """
    if by is not None:
        demand(by, Permission.MANAGE_PEOPLE)
    name = _real_name(name)
    email, number = _free_email(email), _free_number(staff_number)
    _refuse_neither(email, number)
    _check_manager(None, manager)
    refuse_too_long(User(email=email, name=name, job_title=job_title.strip()))
    person = User.objects.create_user(
        email,
        password,
        name=name,
        staff_number=number,
        job_title=job_title.strip(),
        service_area=service_area,
        manager=manager,
    )
    record(Event.PERSON_ADDED, by=by, on=person, after=_facts(person))
    return person


@transaction.atomic
def change_person(*, by: User | None, person: User, **details: Unpack[Details]) -> User:
    """Change the details named, and leave the others."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    if by is not None:
        demand(by, Permission.MANAGE_PEOPLE)
    before = _facts(locked)
    if "name" in details:
        details["name"] = _real_name(details["name"])
    if "email" in details:
        details["email"] = _free_email(details["email"], locked)
    if "staff_number" in details:
        details["staff_number"] = _free_number(details["staff_number"], locked)
    _refuse_neither(
        details.get("email", locked.email), details.get("staff_number", locked.staff_number)
    )
    if "manager" in details:
        _check_manager(locked, details["manager"])
    for field, value in details.items():
        setattr(locked, field, value)
    if _facts(locked) == before:
        return locked
    locked.save(update_fields=list(details))
    record(Event.PERSON_CHANGED, by=by, on=locked, before=before, after=_facts(locked))
    return locked


def _real_name(name: str) -> str:
    if not name.strip():
        raise ValidationError({"name": "Enter the person’s name."})
    return name.strip()


def _free_email(email: str, person: User | None = None) -> str:
    email = email.strip().lower()
    if not email:
        return ""
    same = User.objects.filter(email__iexact=email)
    taken = (same.exclude(pk=person.pk) if person else same).first()
    if taken:
        raise ValidationError({"email": f"{taken.name} has the e-mail address {email}."})
    return email


_NUMBER = re.compile(r"[A-Z0-9]([A-Z0-9/.-]*[A-Z0-9])?")


def _free_number(number: str, person: User | None = None) -> str:
    number = number.strip().upper()
    if not number:
        return ""
    if len(number) > 20 or not _NUMBER.fullmatch(number):
        raise ValidationError(
            {"staff_number": "Enter the number as on the payslip, for example 104233."}
        )
    same = User.objects.filter(staff_number__iexact=number)
    taken = (same.exclude(pk=person.pk) if person else same).first()
    if taken:
        raise ValidationError({"staff_number": f"{taken.name} has the staff number {number}."})
    return number


def _refuse_neither(email: str, number: str) -> None:
    if not email and not number:
        raise ValidationError(
            {"email": "Enter the work e-mail address, or the staff number of somebody without one."}
        )


def _check_manager(person: User | None, manager: User | None) -> None:
    """No leaver manages anybody, and nobody is, however many steps up, their own manager."""
    if manager and not manager.is_employed(timezone.localdate()):
        raise ValidationError(
            {"manager": f"{manager.name} does not work for the council any more."}
        )
    seen: set[int] = set()
    above = manager
    while person and above and above.pk not in seen:
        if above.pk == person.pk:
            raise ValidationError(
                {"manager": f"{manager} is in the team of {person.name}. Choose somebody else."}
            )
        seen.add(above.pk)
        above = above.manager


def _facts(person: User) -> dict[str, str]:
    return {
        "name": person.name,
        "email": person.email,
        "staff_number": person.staff_number,
        "job_title": person.job_title,
        "service_area": str(person.service_area or ""),
        "manager": str(person.manager or ""),
    }
