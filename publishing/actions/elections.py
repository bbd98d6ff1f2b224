"""Election periods: entering, changing and cancelling them, and the names they are about."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import happened, record, record_all
from publishing.actions.election_reviews import list_posts
from publishing.elections.wording import folded
from publishing.elections.working_days import reckon
from publishing.models import (
    ElectionName,
    ElectionPeriod,
    NameKind,
    Nation,
    PollKind,
    Topic,
    Ward,
)

MOST_NAMES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is entered about a period. `wards` empty: the whole council."""

    name: str
    nation: str
    kind: str
    poll_on: date
    notice_on: date
    wards: Collection[Ward] = ()
    topics: Collection[Topic] = ()
    notes: str = ""


@transaction.atomic
def enter_period(*, details: Details, by: User, key: uuid.UUID | None = None) -> ElectionPeriod:
    """A period from the notice of election to the poll; what goes out then is listed for review.

    With a `key` that was used before, the period that it made. Raises NotAllowed, and
    ValidationError where the details cannot be.
    """
    demand(by, Permission.RUN_ELECTIONS)
    if made := _made_with(key):
        return made
    period = ElectionPeriod(created_by=by, key=key)
    try:
        with transaction.atomic():
            _write(period, details)
    except IntegrityError:
        # The same form was sent twice at the same moment: the other one has made it by now.
        if made := _made_with(key):
            return made
        raise
    entered = happened(Event.ELECTION_ENTERED, by=by, on=period, after=_facts(period))
    record_all([entered, *list_posts(period)])
    return period


@transaction.atomic
def change_period(*, period_id: int, details: Details, by: User) -> ElectionPeriod:
    """Correct a period; what falls into it now is listed as well. Raises as `enter_period` does."""
    demand(by, Permission.RUN_ELECTIONS)
    period = _locked(period_id)
    before = _facts(period)
    _write(period, details)
    _say_changed(period, before, _facts(period), by)
    return period


@transaction.atomic
def keep_names(*, period_id: int, names: Iterable[tuple[NameKind, str]], by: User) -> int:
    """Exactly these names from now on; how many there are. What names one of them is listed.

    Spaces and empty lines do not matter; a name that is there twice is kept once, as the first
    says. Raises NotAllowed and ValidationError.
    """
    demand(by, Permission.RUN_ELECTIONS)
    period = _locked(period_id)
    wanted = _each_once(names)
    before = _named(period)
    period.names.all().delete()
    for name in wanted:
        name.period = period
    ElectionName.objects.bulk_create(wanted)
    after = _named(period)
    _say_changed(period, {"names": before}, {"names": after}, by)
    return len(wanted)


@transaction.atomic
def cancel_period(*, period_id: int, reason: str, by: User) -> None:
    """End a period for good, because the poll is countermanded or it was entered by mistake.

    Posts that wait for the Monitoring Officer's check because of it need it no more. Cancelling
    again is harmless. Raises NotAllowed and ValidationError (no reason).
    """
    demand(by, Permission.RUN_ELECTIONS)
    period = ElectionPeriod.objects.select_for_update().get(pk=period_id)
    why = reason.strip()
    if not why:
        raise ValidationError({"reason": "Say why the period is cancelled."})
    if period.cancelled_at is not None:
        return
    period.cancelled_at, period.cancelled_by = timezone.now(), by
    period.cancel_reason = why[:500]
    period.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    record(Event.ELECTION_CANCELLED, by=by, on=period, before=_facts(period), reason=why)


def _made_with(key: uuid.UUID | None) -> ElectionPeriod | None:
    return ElectionPeriod.objects.filter(key=key).first() if key else None


def _say_changed(
    period: ElectionPeriod, before: Mapping[str, object], after: Mapping[str, object], by: User
) -> None:
    """Record it, and list what falls into the period now; nothing where all is as it was."""
    if after != before:
        changed = happened(Event.ELECTION_CHANGED, by=by, on=period, before=before, after=after)
        record_all([changed, *list_posts(period)])


def _locked(period_id: int) -> ElectionPeriod:
    period = ElectionPeriod.objects.select_for_update().get(pk=period_id)
    if period.cancelled_at is not None:
        raise ValidationError("This period is cancelled. Enter a new one.")
    return period


def _write(period: ElectionPeriod, details: Details) -> None:
    period.name = " ".join(details.name.split())
    if not period.name:
        raise ValidationError({"name": "Enter a name for the period."})
    if details.notice_on >= details.poll_on:
        raise ValidationError({"notice_on": "The notice of election comes before the poll."})
    if details.kind == PollKind.BY_ELECTION and not details.wards:
        raise ValidationError({"wards": "Choose the ward of the by-election."})
    period.nation, period.kind = details.nation, details.kind
    period.poll_on, period.notice_on = details.poll_on, details.notice_on
    reckoned = reckon(details.poll_on, Nation(details.nation), PollKind(details.kind))
    period.suggested_notice_on = reckoned.latest
    period.notes = details.notes.strip()
    refuse_too_long(period)
    period.save()
    period.wards.set(details.wards)
    period.topics.set(details.topics)


def _each_once(names: Iterable[tuple[NameKind, str]]) -> list[ElectionName]:
    found: dict[str, ElectionName] = {}
    for kind, typed in names:
        name = " ".join(typed.split())
        if not name:
            continue
        if not folded(name).strip():
            raise ValidationError(f"“{name}” has no letters: it would never be found.")
        if len(name) > 150:
            raise ValidationError(f"Shorten “{name[:40]}…” to 150 characters.")
        found.setdefault(name.lower(), ElectionName(name=name, kind=kind))
    if len(found) > MOST_NAMES:
        raise ValidationError(f"Enter {MOST_NAMES:,} names at most.")
    return list(found.values())


def _named(period: ElectionPeriod) -> list[str]:
    kinds = dict(NameKind.choices)
    return [f"{each.name} ({kinds[each.kind].lower()})" for each in period.names.order_by("name")]


def _facts(period: ElectionPeriod) -> dict[str, object]:
    return {
        "name": period.name,
        "nation": Nation(period.nation).label,
        "kind": PollKind(period.kind).label,
        "from": period.notice_on,
        "to": period.poll_on,
        "latest_day_for_the_notice": period.suggested_notice_on,
        "wards": sorted(ward.name for ward in period.wards.all()),
        "topics": sorted(topic.name for topic in period.topics.all()),
        "notes": period.notes,
    }
