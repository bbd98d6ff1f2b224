"""Polls of the past and to come, with what somebody else published about their timetables."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from publishing.models import Nation, PollKind

_N, _K = Nation, PollKind


class Poll(NamedTuple):
    """`latest`: the last day for the notice of election, as the source says."""

    nation: Nation
    kind: PollKind
    poll_on: date
    latest: date
    source: str
    earliest: date | None = None


class Deadline(NamedTuple):
    """A day that the source gives as so many working days before the poll."""

    nation: Nation
    poll_on: date
    days: int
    falls_on: date
    source: str


_COMMISSION_2017 = (
    "Electoral Commission, timetable of 4 May 2017, at "
    "http://www.markpack.org.uk/148597/local-election-timetable-2017/"
)
_SOUTHEND = (
    "Electoral Commission, timetable for local elections in England of 6 May 2021, at "
    "https://www.southend.gov.uk/elections-voting/elections-thursday-6th-may-2021/2"
)

POLLS = [
    Poll(
        _N.ENGLAND,
        _K.LOCAL,
        date(2026, 5, 7),
        date(2026, 3, 30),
        "Electoral Commission, timetable of 7 May 2026, at "
        "https://www.aldc.org/2026/01/local-election-timetable-2026",
    ),
    Poll(
        _N.ENGLAND,
        _K.LOCAL,
        date(2024, 5, 2),
        date(2024, 3, 26),
        "https://www.southampton.gov.uk/council-democracy/voting-and-elections/"
        "elections-and-referenda/may-elections/notices/",
    ),
    Poll(_N.ENGLAND, _K.LOCAL, date(2021, 5, 6), date(2021, 3, 29), _SOUTHEND),
    Poll(_N.ENGLAND, _K.MAYOR, date(2021, 5, 6), date(2021, 3, 29), _SOUTHEND),
    Poll(_N.ENGLAND, _K.LOCAL, date(2017, 5, 4), date(2017, 3, 27), _COMMISSION_2017),
    Poll(_N.WALES, _K.LOCAL, date(2017, 5, 4), date(2017, 3, 27), _COMMISSION_2017),
    Poll(
        _N.SCOTLAND,
        _K.LOCAL,
        date(2017, 5, 4),
        date(2017, 3, 22),
        _COMMISSION_2017,
        earliest=date(2017, 3, 13),
    ),
    Poll(
        _N.WALES,
        _K.POLICE,
        date(2021, 5, 6),
        date(2021, 3, 29),
        "http://www.ceredigion.gov.uk/your-council/voting-elections/election-results/pcc/candidates/",
    ),
    Poll(
        _N.SCOTLAND,
        _K.DEVOLVED,
        date(2016, 5, 5),
        date(2016, 3, 23),
        "Electoral Commission, timetable of 5 May 2016, at https://electionin.org/1416.html/amp",
        earliest=date(2016, 3, 14),
    ),
    Poll(
        _N.SCOTLAND,
        _K.DEVOLVED,
        date(2021, 5, 6),
        date(2021, 3, 24),
        "https://cne-siar.gov.uk/your-council/elections-and-voting/elections-archive/"
        "scottish-parliamentary-election-2021/timetable/",
        earliest=date(2021, 3, 15),
    ),
    Poll(
        _N.NORTHERN_IRELAND,
        _K.LOCAL,
        # With the bank holiday for the coronation, 8 May 2023.
        date(2023, 5, 18),
        date(2023, 4, 11),
        "https://www.electoralcommission.org.uk/local-council-elections-northern-ireland",
    ),
    Poll(
        _N.NORTHERN_IRELAND,
        _K.DEVOLVED,
        date(2022, 5, 5),
        date(2022, 3, 28),
        "https://www.electoralcommission.org.uk/cy/node/24787",
    ),
    Poll(
        _N.ENGLAND,
        _K.PARLIAMENT,
        date(2017, 6, 8),
        date(2017, 5, 8),
        "Electoral Commission, timetable of 8 June 2017, at "
        "http://www.markpack.org.uk/149348/2017-general-election-timetable/",
    ),
    # By-elections whose notice was published on the last day.
    Poll(
        _N.ENGLAND,
        _K.BY_ELECTION,
        date(2023, 9, 28),
        date(2023, 8, 23),
        "https://www.northyorks.gov.uk/your-council/elections-and-voting/elections/"
        "hutton-rudby-and-osmotherley-division-election-timetable",
    ),
    Poll(
        _N.ENGLAND,
        _K.BY_ELECTION,
        date(2023, 9, 21),
        date(2023, 8, 16),
        "https://www.eastcambs.gov.uk/elections-voting/"
        "parish-council-election-ely-north-ward-election-timetable",
    ),
    Poll(
        _N.ENGLAND,
        _K.BY_ELECTION,
        date(2025, 2, 13),
        date(2025, 1, 9),
        "https://northyorks.gov.uk/your-council/elections-and-voting/elections/"
        "election-timetable-nunnington-parish-council-election-1",
    ),
    Poll(
        _N.ENGLAND,
        _K.BY_ELECTION,
        date(2025, 5, 1),
        date(2025, 3, 25),
        "https://www.stroud.gov.uk/council-and-democracy/elections/"
        "gloucestershire-county-council-elections-and-stroud-central-district-ward-by-election-"
        "thursday-1-may-2025/elections-timetable",
    ),
]

DEADLINES = [
    Deadline(
        _N.ENGLAND,
        date(2026, 5, 7),
        19,
        date(2026, 4, 9),
        "Nominations: https://www.hart.gov.uk/voting-and-elections/"
        "7-may-2026-county-district-and-parish-elections",
    ),
    Deadline(
        _N.ENGLAND,
        date(2023, 5, 4),
        19,
        date(2023, 4, 4),
        "Nominations: https://www.chelshamandfarleigh-pc.gov.uk/Current_Issues_9849.aspx",
    ),
    Deadline(
        _N.WALES,
        date(2023, 11, 9),
        19,
        date(2023, 10, 13),
        "Nominations: https://www.abergavennychronicle.com/news/"
        "crickhowell-ward-by-election-confirmed-by-county-council-641764",
    ),
    Deadline(
        _N.WALES,
        # A Wednesday.
        date(2024, 10, 9),
        19,
        date(2024, 9, 12),
        "Nominations: https://wales247.co.uk/by-election-for-machynlleth-to-be-held",
    ),
    Deadline(
        _N.SCOTLAND,
        date(2022, 5, 5),
        23,
        date(2022, 3, 30),
        "Nominations: https://dumgal.gov.uk:443/article/24339/Election-Timetable",
    ),
    Deadline(
        _N.SCOTLAND,
        date(2022, 5, 5),
        35,
        date(2022, 3, 14),
        "The notice: https://dumgal.gov.uk:443/article/24339/Election-Timetable",
    ),
    Deadline(
        _N.SCOTLAND,
        date(2025, 2, 13),
        23,
        date(2025, 1, 13),
        "Nominations: https://eastdunbarton.gov.uk/about/councillors/technical-notes/2025/"
        "technical-notes-2025-issue-2-council-by-election-ward-7-kirkintilloch-east-north-and-"
        "twechar-13-february-2025-4-notice-of-by-election",
    ),
    Deadline(
        _N.NORTHERN_IRELAND,
        date(2023, 5, 18),
        16,
        date(2023, 4, 24),
        "Nominations: https://www.electoralcommission.org.uk/local-council-elections-northern-ireland",
    ),
    Deadline(
        _N.NORTHERN_IRELAND,
        date(2022, 5, 5),
        16,
        date(2022, 4, 8),
        "Nominations: https://www.electoralcommission.org.uk/cy/node/24787",
    ),
    Deadline(
        _N.ENGLAND,
        date(2024, 7, 4),
        25,
        date(2024, 5, 30),
        "Dissolution: https://webtest.parliament.uk/about/how/elections-and-voting/general/"
        "general-election-2024-timetable",
    ),
]
