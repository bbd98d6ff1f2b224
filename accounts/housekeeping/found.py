"""Housekeeping: what the rules find among the accounts in use.

One query counts what all rules find, among however many accounts; another says it of each account
of a page; and the register is narrowed down by the same conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Q, QuerySet, Value
from django.utils import timezone

from accounts.housekeeping.rules import BY_KEY, RULES, Rule
from accounts.models import SocialAccount
from accounts.risk.reviews import IN_USE

MARK = "found_"
"""What the name of each rule's column begins with."""
ALL = "all"
"""Not the key of a rule: every account in use."""


def found_by(
    rows: QuerySet[SocialAccount], rules: Iterable[Rule] = RULES, at: datetime | None = None
) -> QuerySet[SocialAccount]:
    """The accounts in use of `rows` that one of `rules` finds."""
    moment = at or timezone.now()
    conditions = [rule.finds(moment) for rule in rules]
    # What needs no other table first: the database seldom has to look any further.
    conditions.sort(key=_looks_elsewhere)
    return rows.filter(reduce(or_, conditions), state__in=IN_USE)


def with_findings(
    rows: QuerySet[SocialAccount], at: datetime | None = None
) -> QuerySet[SocialAccount]:
    """Each row with what `findings_of` reads. No query more."""
    moment = at or timezone.now()
    marks: dict[str, Any] = {
        f"{MARK}{rule.key}": ExpressionWrapper(rule.finds(moment), output_field=BooleanField())
        for rule in RULES
    }
    return rows.annotate(**marks)


def findings_of(account: SocialAccount) -> list[Rule]:
    """What the rules find of a row of `with_findings`; nothing of one that is not in use."""
    if account.state not in IN_USE:
        return []
    return [rule for rule in RULES if getattr(account, f"{MARK}{rule.key}")]


def counts(rows: QuerySet[SocialAccount], at: datetime | None = None) -> dict[str, int]:
    """How many accounts in use of `rows` each rule finds, by its key, and of how many: `ALL`.

    One query: a union, so that the database plans each rule by itself. In one pass over all
    accounts it would look up each of them for each rule.
    """
    moment = at or timezone.now()
    asked = rows.filter(state__in=IN_USE).order_by()
    found = (_count(asked.filter(rule.finds(moment)), rule.key) for rule in RULES)
    several = _count(asked, ALL).union(*found, all=True)
    return {ALL: 0} | dict.fromkeys(BY_KEY, 0) | dict(several.values_list("rule", "found"))


def _count(rows: QuerySet[SocialAccount], key: str) -> QuerySet[Any]:
    return rows.values(rule=Value(key)).annotate(found=Count("pk"))


def _looks_elsewhere(condition: Q) -> bool:
    return any(isinstance(part, Exists) for part in _parts(condition))


def _parts(condition: Q) -> Iterator[object]:
    for part in condition.children:
        yield from _parts(part) if isinstance(part, Q) else (part,)
