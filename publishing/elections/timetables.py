"""When the notice of election has to be published, by law, for each nation and kind of poll."""

from __future__ import annotations

from dataclasses import dataclass

from publishing.models import Nation, PollKind

_N, _K = Nation, PollKind
EVERY_NATION = tuple(Nation)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The notice is published on the `latest` working day before the poll, or earlier."""

    latest: int
    source: str
    address: str = ""
    earliest: int | None = None
    """It is not published before this working day before the poll, where the law says so."""
    note: str = ""
    """What somebody has to know who relies on the day that we suggest."""
    holidays_of: tuple[Nation, ...] = ()
    """Whose bank holidays are disregarded; empty: those of the nation itself."""


_LAW = "https://www.legislation.gov.uk/"
_PARLIAMENT = Timetable(
    22,
    "Representation of the People Act 1983, Schedule 1, rules 1 and 2",
    f"{_LAW}ukpga/1983/2/schedule/1",
    note=(
        "The law counts from the writ: the notice is due by 4pm on the second working day after "
        "it comes, which is 22 working days before the poll where it comes the day after the "
        "dissolution. A by-election to Parliament can have another timetable."
    ),
    holidays_of=EVERY_NATION,
)
_NO_RULE = (
    "We hold no rule for this poll, so this is 25 working days, as for most others. Enter the day "
    "that the Returning Officer gives."
)

TIMETABLES: dict[tuple[Nation, PollKind], Timetable] = {
    (_N.ENGLAND, _K.LOCAL): Timetable(
        25,
        "Local Elections (Principal Areas) (England and Wales) Rules 2006, Schedule 2, rules 1 "
        "and 2",
        f"{_LAW}uksi/2006/3304/schedule/2",
    ),
    (_N.WALES, _K.LOCAL): Timetable(
        25,
        "Local Elections (Principal Areas) (Wales) Rules 2021, rule 3 and Schedule 1",
        f"{_LAW}wsi/2021/1459",
    ),
    (_N.SCOTLAND, _K.LOCAL): Timetable(
        28,
        "Scottish Local Government Elections Order 2011, Schedule 1, rules 1 and 2",
        f"{_LAW}ssi/2011/399/schedule/1",
        earliest=35,
    ),
    (_N.NORTHERN_IRELAND, _K.LOCAL): Timetable(
        25,
        "Electoral Law Act (Northern Ireland) 1962, Schedule 5, rule 1(2), as put there by the "
        "Local Elections (Northern Ireland) Order 1985",
        f"{_LAW}apni/1962/14/schedule/5",
    ),
    (_N.NORTHERN_IRELAND, _K.BY_ELECTION): Timetable(
        25,
        "Electoral Law Act (Northern Ireland) 1962, Schedule 5, rule 1(3)",
        f"{_LAW}apni/1962/14/schedule/5",
        note=(
            "For a casual vacancy the law counts 21 days from the vacancy, not back from the poll, "
            "so this is 25 working days, as for an ordinary election. Enter the real day."
        ),
    ),
    (_N.WALES, _K.DEVOLVED): Timetable(
        25, "Electoral Commission, timetable of the Senedd election"
    ),
    (_N.SCOTLAND, _K.DEVOLVED): Timetable(
        28,
        "Scottish Parliament (Elections etc.) Order 2015, Schedule 2, paragraph 1",
        f"{_LAW}ssi/2015/425/schedule/2",
        earliest=35,
    ),
    (_N.NORTHERN_IRELAND, _K.DEVOLVED): Timetable(
        25, "Electoral Commission, timetable of the Northern Ireland Assembly election"
    ),
    (_N.ENGLAND, _K.MAYOR): Timetable(
        25,
        "Local Authorities (Mayoral Elections) (England and Wales) Regulations 2007; Electoral "
        "Commission, timetable of local elections in England",
        f"{_LAW}uksi/2007/1024",
    ),
    **{
        (nation, _K.POLICE): Timetable(
            25,
            "Police and Crime Commissioner Elections Order 2012; Electoral Commission, timetable "
            "of police and crime commissioner elections",
            f"{_LAW}uksi/2012/1917",
        )
        for nation in (_N.ENGLAND, _N.WALES)
    },
    **{(nation, _K.PARLIAMENT): _PARLIAMENT for nation in EVERY_NATION},
}
"""By nation and kind of poll. A by-election goes by the rule of its nation's council elections."""


def timetable_of(nation: Nation, kind: PollKind) -> Timetable:
    """The rule for such a poll; where we hold none, 25 working days with a note that says so."""
    found = TIMETABLES.get((nation, kind))
    if found is None and kind == PollKind.BY_ELECTION:
        found = TIMETABLES[nation, PollKind.LOCAL]
    return found or Timetable(25, "No rule of law is held for this poll", note=_NO_RULE)
