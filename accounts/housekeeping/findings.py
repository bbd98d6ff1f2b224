"""What housekeeping found, for the pages and for a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts.access import demand, may
from accounts.housekeeping.found import findings_of, found_by, with_findings
from accounts.housekeeping.rules import Rule
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from accounts.register.csv_export import AT_A_TIME, REGISTER, WHICH, which_account
from audit.catalogue import Event
from audit.record import record
from pages.csv_cells import csv_pieces

HEADINGS = (*WHICH, "finding", "what to do")
_NEEDS = {
    "account_safety": Permission.CHECK_ACCOUNT,
    "account_people": Permission.MANAGE_ACCOUNTS,
    "connection": Permission.MANAGE_ACCOUNTS,
}
"""Who may open the page where a finding is put right; the other pages are open to every reader."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's finding on one account; `href` is empty for who cannot put it right."""

    rule: Rule
    href: str


def findings_for(reader: User, account: SocialAccount) -> list[Finding]:
    """What `reader` is shown on the account's page. One query."""
    marked = with_findings(SocialAccount.objects.all()).get(pk=account.pk)
    return [Finding(rule, _where(reader, rule, account)) for rule in findings_of(marked)]


def with_all_findings(accounts: list[SocialAccount]) -> list[tuple[SocialAccount, list[Rule]]]:
    """Each account of a page with everything that was found of it. One query."""
    rows = SocialAccount.objects.filter(pk__in=[account.pk for account in accounts])
    found = {row.pk: findings_of(row) for row in with_findings(rows)}
    return [(account, found[account.pk]) for account in accounts]


def export_findings(
    rows: QuerySet[SocialAccount], rules: list[Rule], *, by: User, chosen: Mapping[str, str]
) -> Iterator[bytes]:
    """What `rules` find among `rows`, a line for each finding, in pieces.

    `chosen` are the filters, for the audit trail; the entry is written before the first byte goes
    out. Raises NotAllowed.
    """
    demand(by, Permission.EXPORT_REGISTER)
    with transaction.atomic():
        facts = {"format": "CSV", "what": "findings of housekeeping", "filters": dict(chosen)}
        record(Event.REGISTER_EXPORTED, by=by, on=REGISTER, after=facts)
    return csv_pieces(_lines(with_findings(found_by(rows, rules)), set(rules)))


def _where(reader: User, rule: Rule, account: SocialAccount) -> str:
    needs = _NEEDS.get(rule.page, Permission.SEE_REGISTER)
    if rule.page == "account" or not may(reader, needs, on=account):
        return ""
    return reverse(rule.page, args=[account.pk])


def _lines(rows: QuerySet[SocialAccount], rules: set[Rule]) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    for account in rows.order_by("name", "pk").iterator(chunk_size=AT_A_TIME):
        for rule in findings_of(account):
            if rule in rules:
                yield _line(account, rule)


def _line(account: SocialAccount, rule: Rule) -> tuple[str, ...]:
    return (*which_account(account), rule.name, rule.what_to_do)
