"""Recording that several people completed a course, from one sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from training.actions.completions import record_completion
from training.models import CompletedBy, Completion, Course
from training.scans import Scan, keep_scan


@transaction.atomic
def record_attendance(
    *,
    by: User,
    people: Sequence[User],
    course: Course,
    completed_on: date,
    how: CompletedBy,
    note: str = "",
    evidence: Scan | None = None,
) -> list[Completion]:
    """Keep that each of `people` completed `course` on that day; one scan proves it for all.

    All of them or none. Raises ValidationError that names everybody it cannot be recorded of.
    """
    demand(by, Permission.RECORD_TRAINING)
    kept_as = keep_scan(evidence) if evidence else ""
    kept, refused = [], []
    # Always in the same order, or two sheets at once could wait for each other.
    for person in sorted(people, key=lambda each: each.pk):
        try:
            kept.append(
                record_completion(
                    by=by,
                    person=person,
                    course=course,
                    completed_on=completed_on,
                    how=how,
                    note=note,
                    evidence=kept_as,
                )
            )
        except ValidationError as refusal:
            refused.append((person, refusal))
    if refused:
        raise _in_words(refused, is_list=len(people) > 1)
    return kept


def _in_words(refused: list[tuple[User, ValidationError]], *, is_list: bool) -> ValidationError:
    if not is_list:
        return refused[0][1]
    words = [f"{person.name}: {' '.join(each.messages)}" for person, each in refused]
    return ValidationError({"people": words})
