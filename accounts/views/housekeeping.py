"""Housekeeping: what is not in order among the accounts in use, by rule, and which those are."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import may
from accounts.housekeeping.filter import HousekeepingFilter
from accounts.housekeeping.findings import export_findings, with_all_findings
from accounts.housekeeping.found import ALL, counts, found_by
from accounts.housekeeping.rules import RULES
from accounts.models import SocialAccount
from accounts.permissions import Permission
from accounts.sections import register_sections
from accounts.views.permission import permission_required, person_of
from pages.downloads import csv_download
from pages.keyset import page_of
from pages.selected import selected_filters, without_place

ORDER = ("name", "id")


@permission_required(Permission.SEE_REGISTER)
def housekeeping(request: HttpRequest) -> HttpResponse:
    """Every rule with what it finds; the accounts themselves once a finding is chosen."""
    reader = person_of(request)
    chosen, rows = _chosen(request)
    context = {
        "sections": register_sections(reader, "housekeeping"),
        "form": chosen.form,
        "selected": selected_filters(chosen.form, request.GET),
        "query": without_place(request.GET),
        "may_export": may(reader, Permission.EXPORT_REGISTER),
        **(_accounts(request, chosen, rows) if chosen.rules else _overview(request, rows)),
    }
    return render(request, "accounts/housekeeping.html", context)


@permission_required(Permission.EXPORT_REGISTER)
def housekeeping_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same findings as a file; the audit trail says who took it out."""
    chosen, rows = _chosen(request)
    words = {each.category: each.text for each in selected_filters(chosen.form, request.GET)}
    rules = chosen.rules or list(RULES)
    people = rows.select_related("service_area", "owner")
    pieces = export_findings(people, rules, by=person_of(request), chosen=words)
    return csv_download(pieces, f"findings-{timezone.localdate().isoformat()}.csv")


def _overview(request: HttpRequest, rows: QuerySet[SocialAccount]) -> dict[str, Any]:
    found = counts(rows)
    by_rule = [(rule, found[rule.key], _narrowed(request, rule.key)) for rule in RULES]
    there = [(rule.name, number) for rule, number, _ in by_rule if number]
    return {
        "in_use": found[ALL],
        "by_rule": by_rule,
        "columns": ("Finding", {"label": "Accounts", "number": True}, "What to do"),
        "chart": sorted(there, key=lambda pair: -pair[1]),
        "message": _message(there, found[ALL]),
    }


def _accounts(
    request: HttpRequest, chosen: HousekeepingFilter, rows: QuerySet[SocialAccount]
) -> dict[str, Any]:
    people = rows.select_related("service_area", "owner")
    page = page_of(found_by(people, chosen.rules), ORDER, request.GET)
    alone = chosen.rules[0] if len(chosen.rules) == 1 else None
    return {"rule": alone, "page": page, "found": with_all_findings(list(page.rows))}


def _message(there: list[tuple[str, int]], in_use: int) -> str:
    """What the picture shows, in a sentence."""
    if not there:
        return "Nothing is out of order."
    name, number = max(there, key=lambda pair: pair[1])
    return f"Found most often: {name.lower()}, on {number:,} of {in_use:,}."


def _narrowed(request: HttpRequest, key: str) -> str:
    query = request.GET.copy()
    query["finding"] = key
    return f"?{query.urlencode()}"


def _chosen(request: HttpRequest) -> tuple[HousekeepingFilter, QuerySet[SocialAccount]]:
    """The filters as asked for, and the accounts within: none while a filter is wrong."""
    visible = SocialAccount.objects.on_register(person_of(request))
    chosen = HousekeepingFilter(request.GET, queryset=visible, request=request)
    return chosen, chosen.qs if chosen.is_valid() else visible.none()
