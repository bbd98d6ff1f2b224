"""Promotions as a CSV file: a line for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import Subject, record
from pages.csv_cells import csv_pieces
from publishing.models import Promotion

AT_A_TIME = 500
HEADINGS = (
    "post", "account", "platform", "state", "objective", "audience", "cost code", "from", "to",
    "budget in pounds", "spent in pounds", "people reached", "clicks", "result", "asked by",
    "asked on", "budget holder", "agreed to the budget on", "communications",
    "agreed for communications on",
)  # fmt: skip


def export_promotions(
    promotions: QuerySet[Promotion], *, by: User, chosen: Mapping[str, str]
) -> Iterator[bytes]:
    """The rows in pieces; `chosen` are the filters, for the audit trail.

    The entry is written before the first byte goes out. Raises NotAllowed.
    """
    demand(by, Permission.SEE_SPENDING)
    subject = Subject("publishing.promotions", "", "the list of paid promotions")
    with transaction.atomic():
        facts = {"format": "CSV", "filters": dict(chosen)}
        record(Event.PROMOTIONS_EXPORTED, by=by, on=subject, after=facts)
    people = ("asked_by", "budget_holder", "communications_by")
    return csv_pieces(_lines(promotions.select_related("post", "account", *people)))


def _lines(promotions: QuerySet[Promotion]) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    for each in promotions.order_by("-starts_on", "-pk").iterator(chunk_size=AT_A_TIME):
        yield (*_what(each), *_outcome(each), *_people(each))


def _what(each: Promotion) -> tuple[str, ...]:
    return (
        str(each.post),
        each.account.name,
        each.account.platform_name,
        each.get_state_display(),
        each.objective,
        each.audience,
        each.cost_code,
        each.starts_on.isoformat(),
        each.ends_on.isoformat(),
    )


def _outcome(each: Promotion) -> tuple[str, ...]:
    return (
        _pounds(each.budget_pence),
        _pounds(each.spent_pence),
        _number(each.reached),
        _number(each.clicks),
        each.result,
    )


def _people(each: Promotion) -> tuple[str, ...]:
    agreed, communications = each.budget_agreed_at, each.communications_agreed_at
    return (
        each.asked_by.name,
        timezone.localdate(each.asked_at).isoformat(),
        each.budget_holder.name,
        timezone.localdate(agreed).isoformat() if agreed else "",
        each.communications_by.name if each.communications_by else "",
        timezone.localdate(communications).isoformat() if communications else "",
    )


def _pounds(pence: int | None) -> str:
    """Plain, so that a spreadsheet can add it up."""
    return "" if pence is None else f"{pence // 100}.{pence % 100:02}"


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
