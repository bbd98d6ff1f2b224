"""The audit trail on a page, and its two downloads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import may
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from audit.models import Entry
from audit.signing import public_key
from council_social.reports.audit_export import (
    WITHOUT_RANGE,
    export_bundle,
    export_csv,
    is_too_many,
)
from council_social.reports.audit_filter import AuditFilter
from council_social.reports.audit_lines import line_of
from pages.downloads import download
from pages.keyset import page_of

# One unique field orders the trail; the piecer asks for two.
NEWEST_FIRST = ("-sequence", "-sequence")


@permission_required(Permission.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """What happened, newest first."""
    return _page(request, _filter(request))


@require_http_methods(["GET"])
@permission_required(Permission.EXPORT_AUDIT)
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """The filtered entries as CSV; the page again, with the reason, where that is too much."""
    chosen = _filter(request)
    if not chosen.is_valid():
        return _page(request, chosen)
    if not chosen.has_range and is_too_many(chosen.qs):
        chosen.form.add_error(
            "since",
            f"More than {WITHOUT_RANGE:,} entries match. "
            "Enter a from date and a to date, then download again.",
        )
        return _page(request, chosen)
    pieces = export_csv(chosen.qs, by=person_of(request), chosen=chosen.chosen)
    return _download(pieces, "text/csv; charset=utf-8", "csv")


@require_http_methods(["GET"])
@permission_required(Permission.EXPORT_AUDIT)
def audit_bundle(request: HttpRequest) -> StreamingHttpResponse:
    """The whole trail, signed, with the verifier."""
    return _download(export_bundle(by=person_of(request)), "application/zip", "zip")


def _filter(request: HttpRequest) -> AuditFilter:
    return AuditFilter(request.GET, queryset=Entry.objects.all())


def _page(request: HttpRequest, chosen: AuditFilter) -> HttpResponse:
    refused = not chosen.is_valid()
    page = page_of(Entry.objects.none() if refused else chosen.qs, NEWEST_FIRST, request.GET)
    context = {
        "filter": chosen,
        "form": chosen.form,
        "previous": f"?{page.previous_query}" if page.previous_query else "",
        "next": f"?{page.next_query}" if page.next_query else "",
        "lines": [line_of(entry) for entry in page],
        "selected": _selected(request, chosen),
        "may_export": may(request.user, Permission.EXPORT_AUDIT),
        "public_key": public_key(),
        "kept_query": _without(request, "after", "before"),
    }
    return render(request, "audit/trail.html", context, status=422 if refused else 200)


def _selected(request: HttpRequest, chosen: AuditFilter) -> list[dict[str, str]]:
    return [
        {
            "category": str(chosen.form.fields[name].label),
            "text": words,
            "href": f"?{_without(request, name, 'after', 'before')}",
        }
        for name, words in chosen.chosen.items()
    ]


def _without(request: HttpRequest, *names: str) -> str:
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


def _download(pieces: Any, content_type: str, ending: str) -> StreamingHttpResponse:
    return download(
        pieces, f"audit-trail-{timezone.localdate().isoformat()}.{ending}", content_type
    )
