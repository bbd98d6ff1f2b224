"""Templates and snippets: making, changing, and putting away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import explain
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.errors import Refused
from publishing.models import PostTemplate, Snippet
from publishing.models.starting_points import StartingPoint
from publishing.rights import refuse_unless
from publishing.starting_points.rights import refuse_to_change, refuse_to_make

Point = TypeVar("Point", bound=StartingPoint)
Facts = Mapping[str, Any]
"""The fields by their names: for a template `name`, `guidance`, `content`, `service_area` and
`is_for_emergencies`; for a snippet `name`, `text` and `service_area`.
"""


def add_template(*, facts: Facts, by: User) -> PostTemplate:
    """A template that posts can begin with.

    Raises NotAllowed where it is not `by`'s to make, and Refused for a name that there is.
    """
    return _add(PostTemplate(**facts, made_by=by), Event.TEMPLATE_ADDED, by)


def change_template(*, template_id: int, facts: Facts, seen: str, by: User) -> PostTemplate:
    """`seen` is `state_of` it when the form was opened. The same again changes nothing.

    Posts that were begun with it stay as they are. Raises NotAllowed and Refused.
    """
    return _change(PostTemplate, template_id, facts, seen, Event.TEMPLATE_CHANGED, by)


def put_template_away(*, template_id: int, by: User) -> PostTemplate:
    """No post begins with it any more. Saying it again is harmless. Raises NotAllowed."""
    return _put_away(PostTemplate, template_id, Event.TEMPLATE_ARCHIVED, by)


def add_snippet(*, facts: Facts, by: User) -> Snippet:
    """Some words to put into texts; raises as `add_template`."""
    return _add(Snippet(**facts, made_by=by), Event.SNIPPET_ADDED, by)


def change_snippet(*, snippet_id: int, facts: Facts, seen: str, by: User) -> Snippet:
    """As `change_template`; texts that have it keep it as it was."""
    return _change(Snippet, snippet_id, facts, seen, Event.SNIPPET_CHANGED, by)


def put_snippet_away(*, snippet_id: int, by: User) -> Snippet:
    """As `put_template_away`."""
    return _put_away(Snippet, snippet_id, Event.SNIPPET_ARCHIVED, by)


def state_of(point: StartingPoint) -> str:
    """Tells one state of it from another, for the form that changes it."""
    return point.changed_at.isoformat() if point.pk else ""


@transaction.atomic
def _add(point: Point, event: Event, by: User) -> Point:
    refuse_unless(explain(by, Permission.WRITE_POST), "make templates and snippets")
    refuse_to_make(by, point)
    _save(point)
    record(event, by=by, on=point, after=_said(point))
    return point


@transaction.atomic
def _change(model: type[Point], pk: int, facts: Facts, seen: str, event: Event, by: User) -> Point:
    point = _locked(model, pk)
    refuse_to_change(by, point)
    before = _said(point)
    changed = [name for name, value in facts.items() if getattr(point, name) != value]
    if not changed:
        return point
    if point.archived_at:
        raise Refused("Somebody put this away since you opened it. Make a new one.")
    if seen != state_of(point):
        raise Refused("Somebody changed this since you opened it. Open it again in another tab.")
    for name in changed:
        setattr(point, name, facts[name])
    # As of another service area it may be somebody else's.
    refuse_to_make(by, point)
    point.changed_at = timezone.now()
    _save(point)
    after = {**_said(point), "changed": ", ".join(sorted(changed))}
    record(event, by=by, on=point, before=before, after=after)
    return point


@transaction.atomic
def _put_away(model: type[Point], pk: int, event: Event, by: User) -> Point:
    point = _locked(model, pk)
    refuse_to_change(by, point)
    if point.archived_at is None:
        point.archived_at = timezone.now()
        point.save(update_fields=["archived_at"])
        record(event, by=by, on=point)
    return point


def _locked(model: type[Point], pk: int) -> Point:
    rows: Any = model._default_manager.select_for_update(of=("self",))
    found: Point = rows.select_related("made_by", "service_area").get(pk=pk)
    return found


def _save(point: StartingPoint) -> None:
    if isinstance(point, PostTemplate) and point.is_for_emergencies and point.service_area_id:
        raise Refused(
            "A template for emergencies is for the whole council: choose no service area.",
            "service_area",
        )
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError:
        raise Refused(
            f"There is one of that name for {_whose(point)} already. Choose another name.", "name"
        ) from None


def _whose(point: StartingPoint) -> str:
    return str(point.service_area or "the whole council")


def _said(point: StartingPoint) -> dict[str, Any]:
    facts = {"name": point.name, "service_area": _whose(point)}
    if isinstance(point, PostTemplate):
        facts["for_emergencies"] = "yes" if point.is_for_emergencies else "no"
    return facts
