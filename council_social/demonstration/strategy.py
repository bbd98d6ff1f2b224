"""The strategy’s timetable: a phase that is complete, one that is late, and what lies ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.utils import timezone

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from training.actions.timetable import Plan, add_action, add_phase, move_action
from training.models import ActionState, Phase, StrategyAction

BEGAN = 200
"""Days ago, when the timetable was agreed."""

PHASES = (
    ("Rationalisation and basic housekeeping", 110),
    ("A content plan for every corporate account", 50),
    ("Standards told and kept", -40),
    ("Support and training", -120),
)
"""Names, and how many days ago their end was planned; a negative number is ahead."""


@dataclass(frozen=True, slots=True)
class Line:
    """`due`, `moved` and `until` in days ago; `how` is why, or what shows it."""

    phase: int
    what: str
    owner: str
    due: int
    state: ActionState = ActionState.NOT_STARTED
    moved: int = 0
    how: str = ""
    until: int = 0


_S = ActionState
LINES = (
    Line(0, "Close accounts that nobody uses", "tom.okafor", 120, _S.DONE, 124,
         "Each decision of the tidy-up round is carried out, with its archive."),
    Line(0, "Put the council’s branding on every profile", "sian.morgan", 115, _S.DONE, 116,
         "Every account on the register has its branding checked."),
    Line(0, "Give the digital team access to every account", "mei.lin", 112, _S.DONE, 111,
         "Joint access is proved on the register."),
    Line(1, "Agree a content plan with each service area", "ana.lewis", 60, _S.DONE, 58,
         "The plan page shows a rhythm for each corporate account."),
    Line(1, "Keep a calendar of campaigns for the year", "david.brandt", 50, _S.DONE, 51,
         "Campaigns stand in the calendar."),
    Line(1, "Use one set of templates in every service area", "sian.morgan", 9, _S.UNDER_WAY, 30),
    Line(2, "Tell all staff about the policy and the guidelines", "ana.lewis", 5, _S.DELAYED, 7,
         "The guidelines are in consultation.", -35),
    Line(2, "Visit services whose profiles do not meet the standards", "grace.holloway", -25,
         _S.UNDER_WAY, 12),
    Line(2, "Put screens about social media into every canteen", "hugh.penrose", 20, _S.DROPPED, 40,
         "The same words are on the intranet, at no cost."),
    Line(3, "Find an ambassador in each service area", "david.brandt", -55),
    Line(3, "Teach every site owner", "farah.aziz", -60, _S.UNDER_WAY, 20),
    Line(3, "E-learning for everybody who works here", "hugh.penrose", 14, _S.DELAYED, 16,
         "People without e-mail need a shared terminal first.", -80),
)  # fmt: skip


def tell_of_strategy(story: Story, cast: Cast) -> None:
    story.at(story.day(BEGAN, "10:00"), partial(_plan, cast))
    for number, line in enumerate(LINES):
        if line.moved:
            moment = story.day(line.moved, "11:30") + timedelta(minutes=5 * number)
            story.at(moment, partial(_move, cast, line))


def _plan(cast: Cast) -> None:
    by, today = cast.digital, timezone.localdate()
    phases: list[Phase] = []
    for position, (name, ago) in enumerate(PHASES, 1):
        ends_on = today + timedelta(days=BEGAN - ago)
        phases.append(add_phase(by=by, name=name, position=position, ends_on=ends_on))
    aims = list(cast.aims.values())
    for number, line in enumerate(LINES):
        due_on = today + timedelta(days=BEGAN - line.due)
        aim = aims[number % len(aims)] if aims else None
        owner = cast.people[line.owner]
        add_action(by=by, plan=Plan(phases[line.phase], aim, line.what, owner, due_on))


def _move(cast: Cast, line: Line) -> None:
    action, by = StrategyAction.objects.get(what=line.what), cast.people[line.owner]
    says_why = line.state in (_S.DELAYED, _S.DROPPED)
    put_off = timezone.localdate() + timedelta(days=line.moved - line.until)
    move_action(
        by=by,
        action=action,
        state=line.state,
        seen=action.revision,
        why=line.how if says_why else "",
        evidence="" if says_why else line.how,
        new_day=put_off if line.until else None,
    )
