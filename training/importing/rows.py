"""Whether the rows of a file can become completions: every problem of every row, in words.

Nothing is asked of the database row by row: what the rows are compared with is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from pages.days import WITHIN_REASON
from pages.typed_csv import TypedRow
from pages.typed_rows import Problem, RowReader, among
from training.importing.columns import (
    COURSE,
    DAY,
    EMAIL,
    LONGEST_REFERENCE,
    NUMBER,
    REFERENCE,
    SCORE,
)
from training.models import Completion, Course
from training.roll import Roll

_DAYS = ("%Y-%m-%d", "%d/%m/%Y")
_Key = tuple[int, int, date]
"""A person, a course, a day."""


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A completion that can be recorded."""

    typed: TypedRow
    person: User
    course: Course
    day: date
    score: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class Checked:
    good: list[GoodRow]
    problems: list[Problem]
    known: list[int]
    """Rows that say what is on record already."""


def check_rows(rows: Sequence[TypedRow]) -> Checked:
    """Every row is good, known, or has its problems named. Three queries, for any number."""
    council = _Council.now()
    good, problems, known = [], [], []
    for typed in rows:
        row = _Row(typed, council)
        made = row.made()
        problems += row.problems
        if made is None:
            continue
        key = (made.person.pk, made.course.pk, made.day)
        if key in council.on_record:
            known.append(typed.number)
        elif first := council.seen.get(key):
            reason = f"Row {first:,} has the same person, course and day already."
            problems.append(Problem(typed.number, DAY, reason))
        elif key in council.withdrawn:
            reason = "HR withdrew this completion. Where it is right after all, record it by hand."
            problems.append(Problem(typed.number, DAY, reason))
        else:
            council.seen[key] = typed.number
            good.append(made)
    return Checked(good, problems, known)


@dataclass(frozen=True, slots=True)
class _Council:
    """What the rows are compared with."""

    roll: Roll
    courses: Mapping[str, Course]
    on_record: frozenset[_Key]
    withdrawn: frozenset[_Key]
    seen: dict[_Key, int] = field(default_factory=dict)
    """What earlier rows say, with the number of the row."""

    @classmethod
    def now(cls) -> _Council:
        courses = list(Course.objects.all())
        kept = list(
            Completion.objects.values_list("user_id", "course_id", "completed_on", "withdrawn_at")
        )
        return cls(
            roll=Roll(),
            courses={name.casefold(): each for each in courses for name in (each.slug, each.title)},
            on_record=_keys(row for row in kept if row[3] is None),
            withdrawn=_keys(row for row in kept if row[3] is not None),
        )


def _keys(rows: Iterable[tuple[int, int, date, datetime | None]]) -> frozenset[_Key]:
    return frozenset((user, course, day) for user, course, day, _ in rows)


class _Row(RowReader):
    """One row on its way to a completion."""

    def __init__(self, typed: TypedRow, council: _Council) -> None:
        super().__init__(typed)
        self.council = council

    def made(self) -> GoodRow | None:
        """What can be recorded; None where there were problems."""
        person = self._person()
        course = self.read_cell(COURSE, self._course)
        day = self.read_cell(DAY, _day)
        score = self.read_cell(SCORE, _score)
        reference = self.read_cell(REFERENCE, _reference)
        if self.problems or person is None or course is None or day is None:
            return None
        return GoodRow(self.typed, person, course, day, score, reference or "")

    def _person(self) -> User | None:
        number, email = self.cells.get(NUMBER), self.cells.get(EMAIL)
        if not number and not email:
            self.wrong(NUMBER, "Enter the staff number or the e-mail address.")
            return None
        by_number = self.read_cell(NUMBER, self.council.roll.with_number) if number else None
        by_email = self.read_cell(EMAIL, self.council.roll.with_email) if email else None
        if by_number and by_email and by_number != by_email:
            self.wrong(EMAIL, f"This is {by_email.name}, but the number is {by_number.name}’s.")
        return by_number or by_email

    def _course(self, text: str) -> Course:
        return among(self.council.courses, text, "course")


def _day(text: str) -> date:
    for form in _DAYS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
        for check in WITHIN_REASON:
            check(found)
        if found > timezone.localdate():
            raise ValidationError("The day must be today or in the past.")
        return found
    raise ValidationError("Enter a real date, such as 2026-03-31 or 31/03/2026.")


def _score(text: str) -> int | None:
    number = text.removesuffix("%").strip()
    if not number:
        return None
    if not (number.isascii() and number.isdigit()) or len(number) > 3 or int(number) > 100:
        raise ValidationError("Enter a whole number from 0 to 100, or leave it empty.")
    return int(number)


def _reference(text: str) -> str:
    if len(text) > LONGEST_REFERENCE:
        raise ValidationError(f"Enter at most {LONGEST_REFERENCE} characters.")
    return text
