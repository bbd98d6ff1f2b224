"""The rows of the risk matrix: five by five, the worst at the top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django import template

from accounts.models import AssessedHazard
from accounts.models.risk import HIGH_FROM, IMPACTS, LIKELIHOODS, MEDIUM_FROM, level_of
from council_social.tags import colour_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Cell:
    """One score of the matrix."""

    score: int
    level: str
    is_assessed: bool
    hazards: list[int] = field(default_factory=list)
    """The numbers of those whose residual score stands here."""


@dataclass(frozen=True, slots=True)
class Row:
    impact: int
    name: str
    cells: list[Cell]


@register.simple_tag
def risk_rows(
    likelihood: int | None, impact: int | None, hazards: Iterable[AssessedHazard] | None = None
) -> list[Row]:
    """A row for each impact, 5 first, with a cell for each likelihood, 1 first.

    `hazards` stand by their numbers, from 1, where they are with the controls.
    """
    numbers = defaultdict(list)
    for number, each in enumerate(hazards or (), start=1):
        numbers[each.residual_likelihood, each.residual_impact].append(number)
    return [
        Row(
            row,
            IMPACTS[row - 1],
            [
                Cell(
                    column * row,
                    level_of(column * row).value,
                    (column, row) == (likelihood, impact),
                    numbers[column, row],
                )
                for column in _SCORES
            ],
        )
        for row in reversed(_SCORES)
    ]


@register.simple_tag
def risk_columns() -> list[tuple[int, str]]:
    """1 to 5 with what each is called."""
    return list(enumerate(LIKELIHOODS, start=1))


@register.simple_tag
def risk_bands() -> list[tuple[str, str]]:
    """Each level with its scores: “Low”, “1 to 6”."""
    return [
        ("Low", f"1 to {MEDIUM_FROM - 1}"),
        ("Medium", f"{MEDIUM_FROM} to {HIGH_FROM - 1}"),
        ("High", f"{HIGH_FROM} to 25"),
    ]


@register.simple_tag
def risk_level(score: int) -> dict[str, str]:
    """The level of a score: what it is called, and the colour of its tag."""
    level = level_of(score)
    return {"label": level.label, "colour": colour_of(level.value)}


_SCORES = range(1, 6)
