"""Keeping the approval routes: adding, changing, switching off, putting in order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.in_order import change_places
from accounts.models import ServiceArea, SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.models import Campaign, Route, RouteStage, Stage, Topic


@dataclass(frozen=True, slots=True)
class Named:
    """Who gives a stage: the role, or the people, or, both empty, everybody with the right."""

    role: str = ""
    people: tuple[User, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """Everything about a route but its place. Hours are whole; empty conditions ask nothing."""

    name: str
    stages: tuple[tuple[Stage, Named], ...]
    is_active: bool = True
    accounts: Collection[SocialAccount] = ()
    service_areas: Collection[ServiceArea] = ()
    topics: Collection[Topic] = ()
    campaigns: Collection[Campaign] = ()
    risk_from: int | None = None
    in_election: bool = False
    is_paid: bool = False
    remind_after_h: int | None = None
    escalate_after_h: int | None = None
    escalate_to: User | None = None
    expire_after_h: int | None = None


_COLUMNS = (
    "is_active",
    "risk_from",
    "in_election",
    "is_paid",
    "remind_after_h",
    "escalate_after_h",
    "escalate_to",
    "expire_after_h",
)
_CONDITIONS = ("accounts", "service_areas", "topics", "campaigns")


@transaction.atomic
def add_route(*, by: User, facts: RouteFacts) -> Route:
    """Put a route at the end. Raises ValidationError, and NotAllowed without the right."""
    there = _lock_all()
    demand(by, Permission.EDIT_RULES)
    last = max((each.position for each in there), default=0)
    route = Route(name=_free_name(facts.name, there), position=last + 1)
    _keep(route, facts)
    record(Event.ROUTE_ADDED, by=by, on=route, after=_said(route))
    return route


@transaction.atomic
def change_route(*, by: User, route: Route, facts: RouteFacts) -> Route:
    """Give the route these facts. Posts that wait are asked anew from now on; what was approved
    stays approved, and is held where a stage is missing.
    """
    there = _lock_all()
    demand(by, Permission.EDIT_RULES)
    locked = next(each for each in there if each.pk == route.pk)
    before = _said(locked)
    locked.name = _free_name(facts.name, [each for each in there if each.pk != route.pk])
    _keep(locked, facts)
    if _said(locked) != before:
        record(Event.ROUTE_CHANGED, by=by, on=locked, before=before, after=_said(locked))
    return locked


@transaction.atomic
def move_route(*, by: User, route: Route, up: bool) -> Route:
    """Change places with the neighbour; the first stays first, the last stays last."""
    there = _lock_all()
    demand(by, Permission.EDIT_RULES)
    moved, was, becomes = change_places(there, route.pk, up=up)
    if becomes != was:
        before, after = {"place": was}, {"place": becomes}
        record(Event.ROUTE_CHANGED, by=by, on=moved, before=before, after=after)
    return moved


def _lock_all() -> list[Route]:
    """A name and a place are free or taken among all."""
    return list(Route.objects.select_for_update().order_by("position", "pk"))


def _free_name(name: str, others: list[Route]) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": "Enter a name for the route."})
    if name.lower() in {each.name.lower() for each in others}:
        raise ValidationError({"name": "There is a route of this name already."})
    return name


def _keep(route: Route, facts: RouteFacts) -> None:
    if (facts.escalate_after_h is None) != (facts.escalate_to is None):
        raise ValidationError({"escalate_to": "Enter both the hours and the person, or neither."})
    if not facts.stages:
        raise ValidationError("Say who approves, or ask for a second check: else it does nothing.")
    for column in _COLUMNS:
        setattr(route, column, getattr(facts, column))
    route.changed_at = timezone.now()
    route.save()
    for name in _CONDITIONS:
        getattr(route, name).set(getattr(facts, name))
    route.stages.all().delete()
    for stage, named in facts.stages:
        row = RouteStage.objects.create(route=route, stage=stage, role=named.role)
        row.people.set(named.people)


def _said(route: Route) -> dict[str, object]:
    """For the audit trail: names, as they are now."""
    return {
        "name": route.name,
        **{name: getattr(route, name) for name in _COLUMNS if name != "escalate_to"},
        "escalate_to": str(route.escalate_to or ""),
        **{name: [str(row) for row in getattr(route, name).all()] for name in _CONDITIONS},
        "stages": [_stage_said(row) for row in route.stages.all()],
    }


def _stage_said(row: RouteStage) -> str:
    named = [person.name for person in row.people.order_by("name")]
    who = row.get_role_display() or ", ".join(named) or "everybody with the right"
    return f"{row.get_stage_display()}: {who}"
