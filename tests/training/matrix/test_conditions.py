"""The conditions on people say the same as the standings of each person in turn."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import person
from tests.training.matrix.a_council import made
from training.conditions import LearningState, judged, people_in
from training.matrix.cells import Cell, lines_of
from training.matrix.page import Matrix
from training.standing import SOON, Standing

pytestmark = pytest.mark.django_db

SEEDS = range(12)


def is_in(state: LearningState, cell: Cell, on: date) -> bool:
    """What somebody who reads the cell would say."""
    learning, standing = cell.learning, cell.learning.standing
    begun = cell.words == "In progress" or any("in progress" in note for note in cell.notes)
    late = learning.is_late(on)
    due = not late and learning.due_on is not None and learning.due_on <= on + SOON
    return {
        LearningState.NOT_ASKED: not learning.is_asked,
        LearningState.LATE: late,
        LearningState.DUE: due,
        LearningState.TO_DO: late or due,
        LearningState.IN_DATE: learning.is_asked and standing.is_in_date,
        LearningState.EXPIRED: learning.is_asked and standing is Standing.EXPIRED,
        LearningState.IN_GRACE: learning.is_asked and standing is Standing.IN_GRACE,
        LearningState.NOT_STARTED: learning.is_asked and standing is Standing.MISSING and not begun,
    }[state]


STATES = [each for each in LearningState if each is not LearningState.UNDER_WAY]


@pytest.mark.parametrize("seed", SEEDS)
def test_of_each_thing_the_same_people_are_found(seed: int) -> None:
    people, seen = made(seed), set()
    things = judged()
    lines = lines_of(people, things[0].day)
    here = User.objects.filter(pk__in=[person.pk for person in people])
    for state in STATES:
        for thing in things:
            found = set(here.filter(people_in(state, [thing])).values_list("pk", flat=True))
            said = {
                line.person.pk
                for line in lines
                for cell in line.cells
                if cell.thing == thing.thing and is_in(state, cell, thing.day)
            }
            assert found == said, (state, str(thing.thing))
            seen |= {state} if found else set()
    assert len(seen) > 4


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_the_figures_say_how_many_the_lists_hold_and_a_reminder_reaches(seed: int) -> None:
    made(seed)
    hr = person(CorporateRole.HR)
    for state in ("", *LearningState.values):
        matrix = Matrix(hr, QueryDict(f"state={state}"))
        figures = matrix.figures()
        late, to_do = (
            Matrix(hr, QueryDict(f"state={which}")).filter.found().count()
            for which in (LearningState.LATE, LearningState.TO_DO)
        )
        assert (figures.late, figures.to_do) == (late, to_do), state
        assert figures.reached == matrix.to_remind().count(), state
