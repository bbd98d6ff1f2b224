"""How many people assignments cover, and how many of them have it still to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from training.asked import any_covers, any_due_before
from training.conditions import judged
from training.models import Assignment


@dataclass(frozen=True, slots=True)
class Covered:
    """Of the people of today: whom it covers, who has it not in date, and who is late with it."""

    people: int
    to_do: int
    late: int


def covered(assignment: Assignment) -> Covered:
    """Also for one that is only planned."""
    return covered_by_each([assignment])[0]


def covered_by_each(assignments: Sequence[Assignment]) -> list[Covered]:
    """In their order. At most five queries, however many there are."""
    now = timezone.now()
    day = timezone.localdate(now)
    lacking = {each.thing: ~each.in_date() for each in judged()}
    counts: dict[str, Count] = {}
    for n, rule in enumerate(assignments):
        # Nobody can have a policy yet that is still to come.
        lacks = lacking.get(rule.thing, Q())
        covers = any_covers([rule], now)
        counts |= {
            f"people_{n}": Count("pk", filter=covers),
            f"to_do_{n}": Count("pk", filter=covers & lacks),
            f"late_{n}": Count("pk", filter=any_due_before([rule], day, now) & lacks),
        }
    found = User.objects.employed().aggregate(**counts)
    return [
        Covered(found[f"people_{n}"], found[f"to_do_{n}"], found[f"late_{n}"])
        for n in range(len(assignments))
    ]
