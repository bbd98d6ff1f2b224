"""Bank holidays of each nation of the United Kingdom: the one place that knows them.

The days come from the library `holidays`, those proclaimed for one year among them, and are those
of the list that the government publishes at https://www.gov.uk/bank-holidays. What was proclaimed
since the library's release is entered by hand (`NonWorkingDay`), as are days of mourning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

import holidays
from django.conf import settings

from publishing.models import Nation, NonWorkingDay

SOURCES: dict[Nation, str] = {
    Nation.ENGLAND: (
        "Banking and Financial Dealings Act 1971, Schedule 1, paragraph 1, and proclamations under "
        "section 1; Good Friday and Christmas Day at common law"
    ),
    Nation.WALES: "As in England: the same paragraph of the Act is for both",
    Nation.SCOTLAND: (
        "Banking and Financial Dealings Act 1971, Schedule 1, paragraph 2, and proclamations under "
        "section 1; St Andrew’s Day Bank Holiday (Scotland) Act 2007"
    ),
    Nation.NORTHERN_IRELAND: (
        "Banking and Financial Dealings Act 1971, Schedule 1, paragraph 3, and proclamations under "
        "section 1, among them that for 12 July"
    ),
}
"""Where it is written which days they are."""
ADDRESS = "https://www.legislation.gov.uk/ukpga/1971/80/schedule/1"
_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


def own_nation() -> Nation:
    """The nation that the council is in: the setting COUNCIL_NATION."""
    return Nation(settings.COUNCIL_NATION)


@lru_cache(maxsize=512)
def bank_holidays(nation: Nation, year: int) -> Mapping[date, str]:
    """Those of a year in one nation, Good Friday and Christmas Day among them, and their names."""
    known = holidays.country_holidays(
        "GB", subdiv=_SUBDIVISIONS[nation], years=year, language="en_GB"
    )
    return {day: name.partition(";")[0] for day, name in known.items()}


def days_off(nation: Nation, first: date, last: date) -> dict[date, str]:
    """Bank holidays of a nation in some days, and what was entered by hand. One query."""
    years = range(first.year, last.year + 1)
    known = {day: name for year in years for day, name in bank_holidays(nation, year).items()}
    found = {day: name for day, name in sorted(known.items()) if first <= day <= last}
    by_hand = added_by_hand([nation], first, last)
    return {**by_hand, **found}


def added_by_hand(
    nations: Iterable[Nation], first: date = date.min, last: date = date.max
) -> dict[date, str]:
    """What the council entered for one of these nations, or for all of them. One query."""
    rows = NonWorkingDay.objects.filter(nation__in=["", *nations], on__range=(first, last))
    return {row.on: row.name for row in rows}
