"""What is asked of assignments of training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.gates.small_council import Council
from training.models import Assignment, Group

Body = dict[str, Any]


def _assignment(council: Council, about: str) -> list[Any]:
    """Of the council's course, to everybody, in four weeks."""
    asked = Assignment.objects.create(course=council.course, group=Group.EVERYBODY, due_days=28)
    return [asked.pk]


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {"assignment_end": _assignment}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "assignment_new": lambda council, about: {
        "thing": f"course-{council.course.pk}",
        "whom": "everybody",
        "due_days": "28",
        "confirmed": "1",
    },
    "assignment_end": lambda council, about: {"reason": "Another course takes its place."},
}
