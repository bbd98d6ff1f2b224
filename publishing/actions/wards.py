"""Wards, and days that are no working days: what election periods are reckoned and told by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.elections.wording import folded
from publishing.models import NonWorkingDay, Ward


@transaction.atomic
def add_ward(*, name: str, by: User, accounts: Collection[SocialAccount] = ()) -> Ward:
    """A ward, with the accounts that speak for it alone. Raises NotAllowed and ValidationError."""
    demand(by, Permission.RUN_ELECTIONS)
    ward = Ward(name=_name(name))
    _save(ward)
    ward.accounts.set(accounts)
    record(Event.WARD_ADDED, by=by, on=ward, after=_facts(ward))
    return ward


@transaction.atomic
def change_ward(
    *, ward_id: int, name: str, by: User, accounts: Collection[SocialAccount] = ()
) -> Ward:
    """Rename it, or name other accounts. Raises NotAllowed and ValidationError."""
    demand(by, Permission.RUN_ELECTIONS)
    ward = Ward.objects.select_for_update().get(pk=ward_id)
    before = _facts(ward)
    ward.name = _name(name)
    _save(ward)
    ward.accounts.set(accounts)
    if _facts(ward) != before:
        record(Event.WARD_CHANGED, by=by, on=ward, before=before, after=_facts(ward))
    return ward


@transaction.atomic
def add_non_working_day(*, on: date, name: str, nation: str, by: User) -> NonWorkingDay:
    """A day of thanksgiving or mourning, or another that is disregarded; `nation` empty: in all.

    Raises NotAllowed and ValidationError.
    """
    demand(by, Permission.RUN_ELECTIONS)
    day = NonWorkingDay(on=on, nation=nation, name=" ".join(name.split()))
    refuse_too_long(day)
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError:
        raise ValidationError({"on": "This day is entered already."}) from None
    after = {"on": on, "nation": day.get_nation_display() or "every nation"}
    record(Event.NON_WORKING_DAY_ADDED, by=by, on=day, after=after)
    return day


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not folded(name).strip():
        raise ValidationError({"name": "Enter the name of the ward."})
    return name


def _save(ward: Ward) -> None:
    refuse_too_long(ward)
    try:
        with transaction.atomic():
            ward.save()
    except IntegrityError:
        raise ValidationError({"name": "There is a ward of this name already."}) from None


def _facts(ward: Ward) -> dict[str, object]:
    return {"name": ward.name, "accounts": sorted(str(each) for each in ward.accounts.all())}
