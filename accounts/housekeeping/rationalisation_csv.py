"""A rationalisation as a CSV file: a line for each account, with what was decided and found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.access import demand
from accounts.housekeeping.found import findings_of, with_findings
from accounts.housekeeping.rationalisation import with_decisions
from accounts.models import RationalisationRound, SocialAccount, User
from accounts.permissions import Permission
from accounts.register.csv_export import AT_A_TIME, WHICH, which_account
from audit.catalogue import Event
from audit.record import record
from pages.csv_cells import csv_pieces

HEADINGS = (
    *WHICH,
    "findings",
    *("decision", "merged into", "reason", "done by", "done on", "decided by", "decided on"),
)


def export_round(
    rows: QuerySet[Any], round_: RationalisationRound, *, by: User, chosen: Mapping[str, str]
) -> Iterator[bytes]:
    """The accounts of `rows` in pieces; `chosen` are the filters, for the audit trail.

    The entry is written before the first byte goes out. Raises NotAllowed.
    """
    demand(by, Permission.RATIONALISE)
    with transaction.atomic():
        facts = {"format": "CSV", "filters": dict(chosen)}
        record(Event.REGISTER_EXPORTED, by=by, on=round_, after=facts)
    full = with_decisions(with_findings(rows), round_)
    return csv_pieces(_lines(full.select_related("service_area", "owner")))


def _lines(rows: QuerySet[SocialAccount]) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    for account in rows.order_by("name", "pk").iterator(chunk_size=AT_A_TIME):
        yield (*_account(account), *_decision(account))


def _account(account: SocialAccount) -> tuple[str, ...]:
    return (*which_account(account), "; ".join(rule.name for rule in findings_of(account)))


def _decision(account: Any) -> tuple[str, ...]:
    if not account.decided:
        return ("Not decided", *([""] * 6))
    [made] = account.decided
    return (
        made.get_fate_display(),
        str(made.merge_into or ""),
        made.reason,
        made.due_on.isoformat() if made.due_on else "",
        timezone.localdate(made.done_at).isoformat() if made.done_at else "",
        made.by.name,
        timezone.localdate(made.at).isoformat(),
    )
