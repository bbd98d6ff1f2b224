"""Routes, topics and covers for tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from publishing.models import Absence, Route, RouteStage, Stage, Topic

Named = str | Iterable[User] | None


def route(
    *stages: Stage | tuple[Stage, Named], name: str = "", conditions: Any = (), **fields: Any
) -> Route:
    """A route with these stages, each alone or with the role or the people who give it."""
    made: Route = Route.objects.create(name=name or f"Route {Route.objects.count() + 1}", **fields)
    for each in stages:
        stage, named = each if isinstance(each, tuple) else (each, None)
        role = named if isinstance(named, str) else ""
        row = RouteStage.objects.create(route=made, stage=stage, role=role)
        if named and not isinstance(named, str):
            row.people.set(named)
    for condition, rows in dict(conditions).items():
        getattr(made, condition).set(rows)
    return made


def topic(name: str = "Adoption", words: str = "adoption\nfoster care") -> Topic:
    return Topic.objects.create(name=name, words=words)


def away(person: User, cover: User | None, days: int = 1, **fields: Any) -> Absence:
    """From today."""
    today = timezone.localdate()
    until = today + timedelta(days=days)
    given = {"starts_on": today, "ends_on": until, "entered_by": person, **fields}
    return Absence.objects.create(person=person, cover=cover, **given)
