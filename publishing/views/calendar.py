"""The calendar: a month, a week, a list, and the list for paper."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import holds
from accounts.permissions import Permission
from accounts.views.permission import person_of
from pages.keyset import page_of
from pages.selected import selected_filters
from publishing.planning.addresses import Addresses
from publishing.planning.days import Table
from publishing.planning.entries import first_of_each_day, for_entries, read_entries, within
from publishing.planning.filtering import CalendarFilter
from publishing.planning.sections import calendar_sections
from publishing.planning.spans import (
    Span,
    day_asked,
    day_of,
    month_asked,
    month_of,
    week_asked,
    whole_weeks,
)
from publishing.planning.special_days import election_periods, marks_of
from publishing.planning.untimed import untimed
from publishing.repeating.coming import to_come_in

A_DAY_OF_A_MONTH = 3
A_DAY_OF_A_WEEK = 12
ON_PAPER = 200
"""Posts on one sheet of the print view."""
IN_ORDER = ("due_at", "id")
MOST_TO_COME = 50
"""Of what repeats and is not made yet, on the list."""


_NOTHING = {
    "month": "No posts this month",
    "week": "No posts this week",
    "day": "No posts on this day",
}


@login_required
def month(request: HttpRequest) -> HttpResponse:
    span = month_asked(request.GET.get("month", ""))
    return _table(request, "calendar", span, whole_weeks(span), A_DAY_OF_A_MONTH)


@login_required
def week(request: HttpRequest) -> HttpResponse:
    span = week_asked(request.GET.get("week", ""))
    days = [date.fromordinal(span.first.toordinal() + n) for n in range(7)]
    return _table(request, "calendar_week", span, [days], A_DAY_OF_A_WEEK)


@login_required
def as_list(request: HttpRequest) -> HttpResponse:
    """Every post of a month, or of one day, in pieces."""
    return _list(request, "publishing/planning/list.html", size=25)


@login_required
def for_paper(request: HttpRequest) -> HttpResponse:
    """The same without what only a screen needs."""
    return _list(request, "publishing/planning/print.html", size=ON_PAPER)


def _table(
    request: HttpRequest, page: str, span: Span, weeks: list[list[date]], most: int
) -> HttpResponse:
    """A month or a week; the number of queries is the same for ten posts and for ten thousand."""
    reader = person_of(request)
    context = _context(request, page, span)
    posts = context["filter"].on_calendar()
    drawn = first_of_each_day(posts, span, reader, most)
    table = Table(
        span,
        timezone.localdate(),
        context["marks"],
        drawn,
        context["addresses"],
        context["planned"],
        most,
        writes=context["can_write"],
    )
    context["to_be_made"] = sum(map(len, context["planned"].values()))
    context["weeks"] = table.weeks(weeks)
    context["total"] = sum(each.total for each in drawn.values())
    context["aside"] = untimed(context["filter"].narrow(context["filter"].visible()))
    return render(request, "publishing/planning/calendar.html", context)


def _list(request: HttpRequest, template: str, size: int) -> HttpResponse:
    reader = person_of(request)
    day = day_asked(request.GET.get("day", ""))
    span = day_of(day) if day else month_asked(request.GET.get("month", ""))
    context = _context(request, "calendar_list", span)
    posts = for_entries(within(context["filter"].on_calendar(), span), reader)
    page = page_of(posts, IN_ORDER, request.GET, size=size)
    context["entries"] = read_entries(page.rows, reader)
    context["page"] = page
    to_come = [one for several in context["planned"].values() for one in several]
    context["to_come"] = [] if page.previous_query else to_come[:MOST_TO_COME]
    context["to_come_more"] = len(to_come) - MOST_TO_COME
    return render(request, template, context)


def _context(request: HttpRequest, page: str, span: Span) -> dict[str, Any]:
    reader = person_of(request)
    narrowing = CalendarFilter(request.GET, reader=reader)
    addresses = Addresses(page, request.GET)
    periods = election_periods(span)
    return {
        "span": span,
        "nothing": _NOTHING[span.key],
        "names": span.key == "week",
        "previous_view": addresses.list_of(span),
        "month": month_of(span.first),
        "filter": narrowing,
        "selected": selected_filters(narrowing, request.GET),
        "keep": [{"name": span.key, "value": span.value}],
        "addresses": addresses,
        "clear": addresses.clear(span),
        "paper": addresses.for_paper(span),
        "back": urlencode({"back": addresses.of(span)}),
        "previous": addresses.of(span.previous),
        "next": addresses.of(span.next),
        "today": addresses.today(span),
        "views": addresses.views(span),
        "sections": calendar_sections("calendar", reader),
        "periods": periods,
        "marks": marks_of(span, periods),
        "planned": to_come_in(narrowing.series(), span),
        "can_write": holds(reader, Permission.WRITE_POST),
    }
