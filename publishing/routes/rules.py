"""The council's own routes, as they are read each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from accounts.models import ServiceArea
from publishing.delivery.prepared import Prepared
from publishing.models import Route, RouteStage, Stage, Topic
from publishing.routes.needed import Who


@dataclass(frozen=True, slots=True)
class Rule:
    """One route with everything that it names. An empty condition asks nothing."""

    route: Route
    stages: tuple[tuple[Stage, Who | None], ...]
    accounts: frozenset[int]
    paths: tuple[str, ...]
    """Of the service areas: what begins with one of them is in that area or below it."""
    has_areas: bool
    topics: tuple[Topic, ...]
    """Those that are not archived."""
    has_topics: bool
    campaigns: frozenset[int]


def rules_in_force() -> list[Rule]:
    """Every route that is switched on, in order. One query where there is none, else at most nine;
    however many there are.
    """
    routes = _routes()
    return _rules_of(routes) if routes else []


def rule_of(route: Route) -> Rule:
    """One route, switched on or not."""
    return _rules_of([route])[0]


def _rules_of(routes: list[Route]) -> list[Rule]:
    keys = [route.pk for route in routes]
    accounts, areas, topics, campaigns = (
        _named(_through(name)(keys), column) for name, column in _CONDITIONS
    )
    area_rows = _areas(_all(areas))
    topic_rows = _topics(_all(topics))
    stages = _stages_by_route(keys, {route.pk: route.name for route in routes})
    return [
        Rule(
            route,
            tuple(stages[route.pk]),
            frozenset(accounts[route.pk]),
            tuple(area_rows[pk].path for pk in areas[route.pk]),
            bool(areas[route.pk]),
            tuple(topic_rows[pk] for pk in topics[route.pk] if not topic_rows[pk].archived_at),
            bool(topics[route.pk]),
            frozenset(campaigns[route.pk]),
        )
        for route in routes
    ]


_CONDITIONS = (
    ("accounts", "socialaccount_id"),
    ("service_areas", "servicearea_id"),
    ("topics", "topic_id"),
    ("campaigns", "campaign_id"),
)


def _stages_by_route(
    keys: list[int], names: dict[int, str]
) -> dict[int, list[tuple[Stage, Who | None]]]:
    rows = _stages(keys)
    people = defaultdict(set)
    for named in _people([row.pk for row in rows]):
        people[named.routestage_id].add(named.user_id)
    found = defaultdict(list)
    for row in rows:
        who = Who(names[row.route_id], row.role, frozenset(people[row.pk]))
        found[row.route_id].append((Stage(row.stage), who if row.role or who.people else None))
    return found


def _named(rows: Iterable[Any], column: str) -> dict[int, list[int]]:
    found = defaultdict(list)
    for row in rows:
        found[row.route_id].append(getattr(row, column))
    return found


def _all(named: dict[int, list[int]]) -> set[int]:
    return {pk for several in named.values() for pk in several}


_routes = Prepared(lambda: Route.objects.filter(is_active=True))
_stages = Prepared(lambda routes: RouteStage.objects.filter(route__in=routes).order_by("pk"))
_people = Prepared(
    lambda stages: RouteStage.people.through.objects.filter(routestage__in=stages).order_by("pk")
)
_areas = Prepared(lambda pks: ServiceArea.objects.filter(pk__in=pks).order_by()).by_key
_topics = Prepared(lambda pks: Topic.objects.filter(pk__in=pks).order_by()).by_key


@cache
def _through(name: str) -> Prepared[Any]:
    rows = getattr(Route, name).through.objects
    return Prepared(lambda routes: rows.filter(route__in=routes).order_by("pk"))
