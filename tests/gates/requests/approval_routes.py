"""What is asked of approval routes and of absences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from publishing.models import Route, Stage
from tests.gates.small_council import Council
from tests.publishing.routes.making import away, route

Body = dict[str, Any]


def _route(council: Council, about: str) -> list[Any]:
    again = Route.objects.count()
    route(Stage.SECOND_CHECK, name=f"Later {again}", position=20)
    return [route(Stage.SECOND_CHECK, name=f"Libraries {again}", position=10).pk]


def _absence(council: Council, about: str) -> list[Any]:
    return [away(council.people["author"], council.people["approver"]).pk]


def _form(council: Council, about: str) -> Body:
    return {"name": "Care", "asks_second": "on", "is_active": "on"}


def _days(council: Council, about: str) -> Body:
    today = timezone.localdate()
    until = today + timedelta(days=3)
    days = {"starts_on": today.strftime("%d/%m/%Y"), "ends_on": until.strftime("%d/%m/%Y")}
    return {**days, "person": council.people["author"].pk}


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "route_change": _route,
    "route_move": _route,
    "absence_end": _absence,
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "route_new": _form,
    "route_change": _form,
    "route_move": lambda council, about: {"down": "1"},
    "absence_new": _days,
}
