"""The latest day for the notice of election: as others published it, and as the law counts."""

from __future__ import annotations

from datetime import date

import pytest

from publishing.elections.working_days import Disregards, reckon, working_day_before
from publishing.models import Nation, NonWorkingDay, PollKind
from tests.publishing.elections.polls import DEADLINES, POLLS, Deadline, Poll

BANK_HOLIDAYS = [
    (date(2022, 6, 2), "the Spring bank holiday, moved to the Platinum Jubilee"),
    (date(2022, 6, 3), "the Platinum Jubilee"),
    (date(2022, 9, 19), "the funeral of Queen Elizabeth II"),
    (date(2023, 5, 8), "the coronation of Charles III"),
    (date(2012, 6, 5), "the Diamond Jubilee"),
    (date(2011, 4, 29), "the wedding of William and Catherine"),
    (date(2020, 5, 8), "the early May bank holiday, moved to VE day"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("poll", POLLS, ids=lambda poll: f"{poll.nation}-{poll.poll_on}")
def test_the_latest_day_is_the_one_that_was_published(poll: Poll) -> None:
    found = reckon(poll.poll_on, poll.nation, poll.kind)
    assert (found.latest, found.earliest) == (poll.latest, poll.earliest), poll.source


@pytest.mark.parametrize("due", DEADLINES, ids=lambda due: f"{due.nation}-{due.poll_on}-{due.days}")
def test_working_days_are_counted_as_others_counted_them(due: Deadline) -> None:
    counted = working_day_before(due.poll_on, due.days, Disregards((due.nation,), {}))
    assert counted == due.falls_on, due.source


@pytest.mark.parametrize("nation", Nation)
def test_bank_holidays_of_one_year_only_are_known(nation: Nation) -> None:
    days = Disregards((nation,), {})
    assert [name for day, name in BANK_HOLIDAYS if not days.why(day)] == []


def test_each_nation_has_its_own() -> None:
    def nations(day: date) -> set[Nation]:
        return {nation for nation in Nation if Disregards((nation,), {}).why(day)}

    assert nations(date(2026, 4, 6)) == set(Nation)  # Easter Monday, in Scotland for elections
    assert nations(date(2026, 8, 31)) == {Nation.ENGLAND, Nation.WALES, Nation.NORTHERN_IRELAND}
    assert nations(date(2026, 1, 2)) == {Nation.SCOTLAND}
    assert nations(date(2026, 7, 13)) == {Nation.NORTHERN_IRELAND}
    assert nations(date(2026, 12, 24)) == set(Nation)


@pytest.mark.django_db
def test_a_day_of_mourning_is_added_by_hand_for_one_nation_or_all() -> None:
    before = reckon(date(2026, 5, 7), Nation.ENGLAND, PollKind.LOCAL).latest
    NonWorkingDay.objects.create(on=date(2026, 4, 20), nation="scotland", name="Thanksgiving")
    assert reckon(date(2026, 5, 7), Nation.ENGLAND, PollKind.LOCAL).latest == before

    NonWorkingDay.objects.create(on=date(2026, 4, 21), name="Day of mourning")
    found = reckon(date(2026, 5, 7), Nation.ENGLAND, PollKind.LOCAL)

    assert found.latest == date(2026, 3, 27)
    assert [each.name for each in found.passed_over] == [
        "May Day",
        "Day of mourning",
        "Easter Monday",
        "Good Friday",
    ]


@pytest.mark.django_db
def test_a_poll_without_a_rule_says_so() -> None:
    found = reckon(date(2026, 5, 7), Nation.SCOTLAND, PollKind.REFERENDUM)
    assert "no rule" in found.timetable.note
    assert reckon(date(2026, 5, 7), Nation.WALES, PollKind.BY_ELECTION).timetable.note == ""
