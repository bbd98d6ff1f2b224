"""Bank holidays by nation: those that the government lists, whatever asks for them."""

from __future__ import annotations

from datetime import date

import pytest

from publishing.bank_holidays import SOURCES, bank_holidays, days_off
from publishing.models import Nation, NonWorkingDay

_N = Nation
LISTED = {
    # As https://www.gov.uk/bank-holidays lists them for 2026.
    _N.ENGLAND: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    _N.WALES: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    _N.SCOTLAND: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
    _N.NORTHERN_IRELAND: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
}


@pytest.mark.parametrize("nation", Nation)
def test_the_weekdays_of_2026_are_those_of_the_governments_list(nation: Nation) -> None:
    weekdays = [day for day in bank_holidays(nation, 2026) if day.weekday() < 5]
    assert " ".join(f"{day:%m-%d}" for day in sorted(weekdays)) == LISTED[nation]


def test_each_nation_names_its_source() -> None:
    assert set(SOURCES) == set(Nation)
    assert all(SOURCES.values())


@pytest.mark.django_db
def test_days_off_cross_the_end_of_a_year_and_take_what_was_entered_by_hand() -> None:
    NonWorkingDay.objects.create(on=date(2026, 12, 30), nation="england", name="A proclaimed day")
    NonWorkingDay.objects.create(on=date(2026, 12, 31), nation="wales", name="Elsewhere")
    found = days_off(_N.ENGLAND, date(2026, 12, 26), date(2027, 1, 1))
    assert sorted(found) == [
        date(2026, 12, 26), date(2026, 12, 28), date(2026, 12, 30), date(2027, 1, 1),
    ]  # fmt: skip
    assert found[date(2026, 12, 30)] == "A proclaimed day"
