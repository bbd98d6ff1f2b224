"""The rows of the risk matrix: five by five, the worst at the top."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from accounts.models.risk import HIGH_FROM, IMPACTS, LIKELIHOODS, MEDIUM_FROM, level_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Cell:
    """One score of the matrix."""

    score: int
    level: str
    is_assessed: bool


@dataclass(frozen=True, slots=True)
class Row:
    impact: int
    name: str
    cells: list[Cell]


@register.simple_tag
def risk_rows(likelihood: int | None, impact: int | None) -> list[Row]:
    """A row for each impact, 5 first, with a cell for each likelihood, 1 first."""
    return [
        Row(
            each, IMPACTS[each - 1], [_cell(column, each, likelihood, impact) for column in _SCORES]
        )
        for each in reversed(_SCORES)
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


_SCORES = range(1, 6)


def _cell(column: int, row: int, likelihood: int | None, impact: int | None) -> Cell:
    score = column * row
    return Cell(score, level_of(score).value, (column, row) == (likelihood, impact))
