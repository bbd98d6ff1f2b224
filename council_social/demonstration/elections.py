"""Elections: those of last May, and a by-election in one ward that is coming."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from accounts.models import User
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from publishing.actions.elections import Details, enter_period, keep_names
from publishing.actions.wards import add_ward
from publishing.elections.working_days import reckon
from publishing.models import NameKind, Nation, PollKind, Ward

BY = "ingrid.vale"
WARDS = ("Canal and Quarry", "Moorside", "Riverside", "Weald")
THURSDAY = 3
LAST_TIME_AGO = 200
"""Days since the last election, before the first post of the story."""
NEXT_TIME_IN = 63
"""Days until the by-election: its notice is still ahead, and nothing is written for those days."""
CANDIDATES = (
    (NameKind.CANDIDATE, "Rosalind Pike"),
    (NameKind.CANDIDATE, "Jerome Achebe"),
    (NameKind.CANDIDATE, "Wilf Standish"),
    (NameKind.GROUP, "Moorside Residents First"),
)


def tell_of_elections(story: Story, cast: Cast) -> None:
    poll_on = thursday_from(story.day(LAST_TIME_AGO, "12:00").date())
    story.at(story.day(LAST_TIME_AGO + 60, "10:00"), partial(_last_time, cast, poll_on))
    story.at(story.day(4, "14:15"), partial(_next_time, cast))


def thursday_from(day: date) -> date:
    """Polls are held on Thursdays."""
    return day + timedelta(days=(THURSDAY - day.weekday()) % 7)


def _last_time(cast: Cast, poll_on: date) -> None:
    by = cast.people[BY]
    for name in WARDS:
        add_ward(name=name, by=by)
    _enter(by, "Wealdmoor District Council elections", PollKind.LOCAL, poll_on)


def _next_time(cast: Cast) -> None:
    by, name = cast.people[BY], "Moorside"
    poll_on = thursday_from(timezone.localdate() + timedelta(days=NEXT_TIME_IN))
    _enter(
        by,
        "Moorside by-election",
        PollKind.BY_ELECTION,
        poll_on,
        wards=[Ward.objects.get(name=name)],
        names=CANDIDATES,
        notes="Councillor Ade Bright has stood down. Posts about other wards go on as usual.",
    )


def _enter(
    by: User,
    name: str,
    kind: PollKind,
    poll_on: date,
    *,
    wards: list[Ward] | None = None,
    names: tuple[tuple[NameKind, str], ...] = (),
    notes: str = "",
) -> None:
    """The notice is published on the last day that the law allows."""
    period = enter_period(
        by=by,
        details=Details(
            name=name,
            nation=Nation.ENGLAND,
            kind=kind,
            poll_on=poll_on,
            notice_on=reckon(poll_on, Nation.ENGLAND, kind).latest,
            wards=wards or (),
            notes=notes,
        ),
    )
    if names:
        keep_names(period_id=period.pk, names=names, by=by)
