"""One person and one course or policy, in a word, a colour and a day or two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from training.held import Thing
from training.models import Enrolment
from training.standing import Learning, Standing, standings


@dataclass(frozen=True, slots=True)
class Cell:
    """`colour` only repeats what `words` say; without a colour it is nobody's worry."""

    thing: Thing
    words: str
    colour: str
    notes: tuple[str, ...]
    learning: Learning
    is_late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A person with a cell for each course or policy of the page."""

    person: User
    cells: Sequence[Cell]

    @property
    def late(self) -> int:
        return sum(cell.is_late for cell in self.cells)


def lines_of(
    people: Sequence[User], on: date, *, courses: bool = True, policies: bool = True
) -> list[Line]:
    """One for each of `people`, in their order; at most ten queries, however many they are."""
    found = standings(people, on, courses=courses, policies=policies)
    started = _under_way(people) if courses else frozenset()
    cells: dict[int, list[Cell]] = {person.pk: [] for person in people}
    for each in found:
        under_way = each.is_course and (each.user_id, each.thing.pk) in started
        cells[each.user_id].append(cell_of(each, on, under_way=under_way))
    return [Line(person, cells[person.pk]) for person in people]


def cell_of(learning: Learning, on: date, *, under_way: bool) -> Cell:
    """How `learning` stands on that day; `under_way`: the person is taking the course now."""
    late = learning.is_late(on)
    words, colour = _in_a_word(learning, late=late, under_way=under_way)
    notes = tuple(_notes(learning, late=late, under_way=under_way))
    return Cell(learning.thing, words, colour, notes, learning, late)


def _under_way(people: Iterable[User]) -> frozenset[tuple[int, int]]:
    going = Enrolment.objects.under_way().filter(user__in=list(people))
    return frozenset(going.values_list("user_id", "course_id"))


def _in_a_word(learning: Learning, *, late: bool, under_way: bool) -> tuple[str, str]:
    standing = learning.standing
    if late and standing is not Standing.IN_GRACE:
        return "Late", "red"
    if standing is not Standing.MISSING:
        return standing.label, _COLOURS[standing]
    if under_way:
        return "In progress", "blue"
    return (_nothing_yet(learning).capitalize(), "grey") if learning.is_asked else ("Not asked", "")


_COLOURS: Mapping[Standing, str] = {
    Standing.IN_DATE: "green",
    Standing.EXPIRES_SOON: "yellow",
    Standing.IN_GRACE: "orange",
    Standing.EXPIRED: "red",
}


def _notes(learning: Learning, *, late: bool, under_way: bool) -> Iterable[str]:
    standing, due = learning.standing, learning.due_on
    if standing.is_in_date:
        yield f"until {_day(learning.expires)}"
        if learning.asked_again_from:
            yield f"new version asked from {_day(learning.asked_again_from)}"
        return
    if standing is Standing.MISSING and late:
        yield "in progress" if under_way else _nothing_yet(learning)
    elif standing is Standing.IN_GRACE:
        yield f"until {_day(learning.counts)}"
    elif standing is Standing.EXPIRED:
        yield f"expired {_day(learning.expires)}"
    if under_way and standing is not Standing.MISSING:
        yield "refresher in progress"
    if due:
        yield f"{'was due' if late else 'due'} {_day(due)}"


def _nothing_yet(learning: Learning) -> str:
    return "not started" if learning.is_course else "not acknowledged"


def _day(value: date | None) -> str:
    return f"{value.day} {value:%b %Y}" if value else ""
