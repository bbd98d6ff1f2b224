"""The addresses of the calendar: from one span to another, with the filters kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from publishing.planning.spans import Span, day_of, month_of, week_of

_ASKED = ("month", "week", "day", "after", "before")
_OF_PAGE = {"calendar": month_of, "calendar_week": week_of, "calendar_list": month_of}
_VIEWS = {"calendar": "Month", "calendar_week": "Week", "calendar_list": "List"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Those of the page at hand, which was asked for with this query."""

    page: str
    query: QueryDict

    def of(self, span: Span | None) -> str:
        """This page about another span; "" where there is none."""
        return self._at(self.page, span) if span else ""

    def today(self, span: Span) -> str:
        return self._at(self.page, _of_kind(span, timezone.localdate()))

    def of_day(self, day: date) -> str:
        """The list of all posts of a day."""
        return self._at("calendar_list", day_of(day))

    def list_of(self, span: Span) -> str:
        return self._at("calendar_list", span)

    def for_paper(self, span: Span) -> str:
        return self._at("calendar_print", span if span.key == "day" else month_of(span.first))

    def clear(self, span: Span) -> str:
        """The same days without any filter."""
        return f"{reverse(self.page)}?{urlencode({span.key: span.value})}"

    def views(self, span: Span) -> list[dict[str, object]]:
        """Month, week and list as tabs, each about today where the span holds it."""
        today = timezone.localdate()
        about = today if span.holds(today) else span.first
        return [
            {
                "text": label,
                "href": self._at(page, _OF_PAGE[page](about)),
                "active": page == self.page,
            }
            for page, label in _VIEWS.items()
        ]

    def _at(self, page: str, span: Span) -> str:
        filters = [(name, value) for name, value in self.query.items() if name not in _ASKED]
        kept = [(name, value) for name, value in filters if value]
        return f"{reverse(page)}?{urlencode([(span.key, span.value), *kept])}"


def _of_kind(span: Span, day: date) -> Span:
    return {"month": month_of, "week": week_of, "day": day_of}[span.key](day)
