"""The strategy's timetable: who keeps it, what each state asks for, and how far it has got."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from audit.catalogue import Event
from audit.models import Entry
from council_social.my_tasks.tasks import tasks_for
from tests.factories import StrategicAimFactory, UserFactory, communications_officer
from tests.training.policies.drafting import in_days
from tests.visiting import as_person, text_of
from training.actions.timetable import (
    Plan,
    StaleAction,
    add_action,
    add_phase,
    change_action,
    change_phase,
    move_action,
)
from training.models import ActionState, Phase, StrategyAction
from training.strategy.progress import progress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def keeper() -> User:
    return communications_officer()


@pytest.fixture
def phase(keeper: User) -> Phase:
    return add_phase(by=keeper, name="Support", position=1, ends_on=in_days(30))


def planned(keeper: User, phase: Phase, **more: Any) -> StrategyAction:
    given: dict[str, Any] = {
        "phase": phase,
        "aim": None,
        "what": "Teach every site owner",
        "owner": more.pop("owner", None) or UserFactory(),
        "due_on": in_days(10),
    }
    return add_action(by=keeper, plan=Plan(**{**given, **more}))


def moved(by: User, action: StrategyAction, state: ActionState, **more: Any) -> StrategyAction:
    seen = StrategyAction.objects.get(pk=action.pk).revision
    return move_action(by=by, action=action, state=state, **{"seen": seen, **more})


def waits_for(user: User) -> bool:
    return any("strategy" in task.text for task in tasks_for(user))


def test_an_owner_says_how_far_their_action_has_got(keeper: User, phase: Phase):
    action = planned(keeper, phase)

    done = moved(action.owner, action, ActionState.DONE, evidence="All 14 have the certificate.")

    assert (done.state, done.done_on) == (ActionState.DONE, timezone.localdate())
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.event == Event.STRATEGY_ACTION_MOVED
    assert entry.details["before"]["state"] == "Not started"


def test_nobody_else_does_and_only_its_keeper_plans(keeper: User, phase: Phase):
    action, other = planned(keeper, phase), UserFactory()
    plan = Plan(phase, None, "Otherwise", other, in_days(5))

    for attempt in (
        lambda: moved(other, action, ActionState.UNDER_WAY),
        lambda: change_action(by=action.owner, action=action, plan=plan, seen=0),
        lambda: add_action(by=other, plan=plan),
        lambda: add_phase(by=other, name="More", position=2, ends_on=in_days(5)),
        lambda: change_phase(by=other, phase=phase, name="More", position=2, ends_on=in_days(5)),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert StrategyAction.objects.get().revision == 0
    assert moved(keeper, action, ActionState.UNDER_WAY).revision == 1


def test_each_state_asks_for_what_belongs_to_it(keeper: User, phase: Phase):
    action = planned(keeper, phase)
    for state, given, said in (
        (ActionState.DELAYED, {"new_day": in_days(20)}, "Say why"),
        (ActionState.DELAYED, {"why": "Two left"}, "the one first agreed"),
        (ActionState.DELAYED, {"why": "Two left", "new_day": in_days(10)}, "the one first agreed"),
        (ActionState.DROPPED, {}, "Say why"),
        (ActionState.DONE, {}, "proves that it is done"),
    ):
        with pytest.raises(ValidationError, match=said):
            moved(keeper, action, state, **given)
    late = moved(keeper, action, ActionState.DELAYED, why="Two left", new_day=in_days(20))
    assert (late.due_on, late.planned_on) == (in_days(20), in_days(10))


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "delayed", "why": ""},
        {"state": "delayed", "why": "Late"},
        {"state": "dropped"},
        {"state": "done"},
        {"state": "done", "done_on": date(2026, 3, 1)},
        {"done_on": date(2026, 3, 1)},
    ],
)
def test_the_database_asks_for_it_too(keeper: User, phase: Phase, broken: dict[str, Any]):
    action = planned(keeper, phase)
    with pytest.raises(IntegrityError), transaction.atomic():
        StrategyAction.objects.filter(pk=action.pk).update(**broken)


def test_a_form_that_was_opened_before_a_change_changes_nothing(keeper: User, phase: Phase):
    action = planned(keeper, phase)
    moved(keeper, action, ActionState.UNDER_WAY)

    with pytest.raises(StaleAction):
        moved(keeper, action, ActionState.DROPPED, why="No money", seen=0)


def test_what_is_no_picture_shows_nothing(keeper: User, phase: Phase):
    file = SimpleUploadedFile("proof.png", b"<script>alert(1)</script>")
    with pytest.raises(ValidationError):
        moved(keeper, planned(keeper, phase), ActionState.DONE, picture=file)


def test_progress_counts_what_is_done_late_and_next(
    keeper: User, phase: Phase, clock: time_machine.Traveller
):
    second = add_phase(by=keeper, name="Standards", position=2, ends_on=in_days(90))
    done = planned(keeper, phase, what="Done")
    late = planned(keeper, phase, what="Late")
    dropped = planned(keeper, phase, what="Dropped")
    put_off = planned(keeper, second, what="Put off", due_on=in_days(80))
    far = planned(keeper, second, what="Far", due_on=in_days(85))
    moved(keeper, done, ActionState.DONE, evidence="Seen")
    moved(keeper, dropped, ActionState.DROPPED, why="No money")
    moved(keeper, put_off, ActionState.DELAYED, why="Two left", new_day=in_days(100))
    clock.shift(30 * 86_400)

    found = progress()

    assert [(each.done, len(each.counted), each.percent) for each in found.phases] == [
        (1, 2, 50),
        (0, 2, 0),
    ]
    assert [each.words for each in found.phases] == ["Late", "Delayed until 18 June 2026"]
    assert list(found.late) == [late]
    assert list(found.due_next) == [far]
    assert (found.done, found.counted, found.dropped, found.percent) == (1, 4, 1, 25)


def test_what_was_done_later_was_not_done_on_that_day(
    keeper: User, phase: Phase, clock: time_machine.Traveller
):
    action, before = planned(keeper, phase), timezone.localdate()
    clock.shift(5 * 86_400)
    moved(keeper, action, ActionState.DONE, evidence="Seen")

    assert progress(before).done == 0
    assert progress().done == 1
    assert progress().phases[0].words == "Complete"


def test_a_day_that_is_over_looks_as_it_did_then_whatever_happened_since(
    keeper: User, phase: Phase, clock: time_machine.Traveller
):
    put_off, dropped, again = (planned(keeper, phase, what=what) for what in ("A", "B", "C"))
    moved(keeper, again, ActionState.DONE, evidence="Seen")
    clock.shift(12 * 86_400)
    then = timezone.localdate()
    as_it_was = progress()
    assert (as_it_was.done, len(as_it_was.late), as_it_was.counted) == (1, 2, 3)

    clock.shift(86_400)
    moved(keeper, put_off, ActionState.DELAYED, new_day=in_days(60), why="Illness")
    moved(keeper, dropped, ActionState.DROPPED, why="No money")
    moved(keeper, again, ActionState.UNDER_WAY)
    moved(keeper, again, ActionState.DELAYED, new_day=in_days(90), why="Undone")
    later = add_phase(by=keeper, name="Later", position=0, ends_on=in_days(200))
    planned(keeper, later, what="D")
    change_phase(by=keeper, phase=phase, name="Help", position=2, ends_on=in_days(99))
    assert progress().done == 0

    found = progress(then)

    assert (found.done, found.counted, found.dropped) == (1, 3, 0)
    assert [(each.what, each.due_on) for each in found.late] == [
        (each.what, each.due_on) for each in as_it_was.late
    ]
    (part,) = found.phases
    (before,) = as_it_was.phases
    assert (part.phase.name, part.phase.ends_on) == ("Support", before.phase.ends_on)
    assert (part.words, len(part.actions)) == (before.words, 3)


def test_an_action_stood_in_the_phase_where_it_was(
    keeper: User, phase: Phase, clock: time_machine.Traveller
):
    other = add_phase(by=keeper, name="Other", position=2, ends_on=in_days(50))
    action, then = planned(keeper, phase), timezone.localdate()
    clock.shift(86_400)
    facts = Plan(other, None, "Teach all", action.owner, in_days(20))
    change_action(by=keeper, action=action, plan=facts, seen=action.revision)

    with CaptureQueriesContext(connection) as queries:
        found = progress(then)

    assert [[each.what for each in part.actions] for part in found.phases] == [
        ["Teach every site owner"],
        [],
    ]
    assert len(queries) == 3


def test_progress_asks_as_much_of_many_as_of_few(keeper: User, phase: Phase):
    counts = []
    for number in (1, 10):
        for _ in range(number):
            planned(keeper, phase, aim=StrategicAimFactory())
        with CaptureQueriesContext(connection) as queries:
            progress()
        counts.append(len(queries))

    assert counts == [2, 2]


def test_the_page_asks_as_much_of_many_as_of_few(keeper: User, phase: Phase):
    client, counts = as_person(UserFactory()), []
    for number in (1, 10):
        for _ in range(number):
            planned(keeper, phase, aim=StrategicAimFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("strategy"))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 14


def test_a_late_action_is_a_task_of_its_owner(
    keeper: User, phase: Phase, clock: time_machine.Traveller
):
    action = planned(keeper, phase)
    assert not waits_for(action.owner)
    clock.shift(11 * 86_400)
    assert waits_for(action.owner)
    assert not waits_for(keeper)


def test_the_owner_updates_it_on_the_page(keeper: User, phase: Phase):
    action = planned(keeper, phase)
    client = as_person(action.owner)
    address = reverse("strategy_action_move", args=[action.pk])

    typed = {"state": "delayed", "why": "Two trainers left.", "seen": 0}
    refused = client.post(address, typed)
    done = client.post(address, {**typed, "new_day": f"{in_days(40):%d/%m/%Y}"}, follow=True)

    assert refused.status_code == 422
    assert b"Two trainers left." in refused.content
    assert "Delayed" in text_of(done)
    assert "first agreed was 20 March 2026" in text_of(done)
