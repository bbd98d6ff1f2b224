"""Whether the rows of a file can become accounts: every problem of every row, in words.

Nothing is asked of the database row by row: what the rows are compared with is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from accounts.actions.register import first_state
from accounts.models import (
    AccountState,
    ServiceArea,
    SocialAccount,
    StrategicAim,
    TwoFactorState,
    User,
)
from accounts.register.csv_export import COLUMNS
from accounts.register.facts import wrong_facts
from accounts.register.handles import check_spelling, holders, is_taken
from pages.days import WITHIN_REASON
from pages.typed_csv import TypedRow
from pages.typed_rows import Problem, RowReader, Value, among, shortened, yes_or_no
from platforms.known import known_platforms

_DAYS = ("%Y-%m-%d", "%d/%m/%Y")
_PLAIN = ("purpose", "audience", "partner_name", "partner_contact", "recovery_contact",
          "joint_access")  # fmt: skip


@dataclass(frozen=True, slots=True)
class GoodRow:
    """An account that can be put on the register, and the aims that it will have."""

    typed: TypedRow
    account: SocialAccount
    aims: list[StrategicAim]


@dataclass(frozen=True, slots=True)
class Checked:
    good: list[GoodRow]
    problems: list[Problem]


def check_rows(rows: Iterable[TypedRow]) -> Checked:
    """Every row is either good or has its problems named. Six queries, for any number."""
    council, good, problems = _Council.now(), [], []
    for typed in rows:
        row = _Row(typed, council)
        made = row.made()
        if row.problems:
            problems += row.problems
        else:
            council.seen[made.account.platform, made.account.handle.lower()] = typed.number
            good.append(made)
    return Checked(good, problems)


@dataclass(frozen=True, slots=True)
class _Council:
    """What the rows are compared with, each by its name in small letters."""

    platforms: Mapping[str, str]
    areas: Mapping[str, ServiceArea]
    people: Mapping[str, User]
    aims: Mapping[str, StrategicAim]
    taken: Mapping[tuple[str, str], SocialAccount]
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    """Handles of earlier rows, with the number of the row."""

    @classmethod
    def now(cls) -> _Council:
        platforms = known_platforms().values()
        return cls(
            platforms={
                name.casefold(): each.key for each in platforms for name in (each.key, each.name)
            },
            areas={area.name.casefold(): area for area in ServiceArea.objects.all()},
            people={person.email.casefold(): person for person in User.objects.exclude(email="")},
            aims={aim.name.casefold(): aim for aim in StrategicAim.objects.all()},
            taken={
                (account.platform, account.handle.lower()): account
                for account in holders().only("platform", "handle", "name")
            },
        )


class _Row(RowReader):
    """One row on its way to an account."""

    def __init__(self, typed: TypedRow, council: _Council) -> None:
        super().__init__(typed)
        self.council = council

    def made(self) -> GoodRow:
        """The account; only of use where there were no problems."""
        aims = self.read("aims", self._aims) or []
        values = dict(self._values())
        account = SocialAccount(**values)
        account.state = self._state(account)
        platform = values.get("platform", "")
        if platform:
            self.read("handle", lambda _: self._free(platform, account.handle))
            account.url = self.cell("url") or known_platforms()[platform].profile_url(
                account.handle
            )
        elif not account.handle:
            self.wrong(COLUMNS["handle"], "Enter the account’s handle.")
        for name, reason in wrong_facts(account).items():
            # What cannot be read is not missing.
            if COLUMNS.get(name, name) not in self.unreadable:
                self.wrong(COLUMNS.get(name, name), reason)
        return GoodRow(self.typed, account, aims)

    def cell(self, name: str) -> str:
        return self.cells.get(COLUMNS[name], "")

    def read(self, name: str, how: Callable[[str], Value]) -> Value | None:
        """As `read_cell`, by the name of the account's field."""
        return self.read_cell(COLUMNS[name], how)

    def _values(self) -> Iterator[tuple[str, Any]]:
        """The account's fields, those left out whose cell cannot be read."""
        read = {
            "platform": self.read("platform", self._platform),
            "service_area": self.read("service_area", self._area),
            "owner": self.read("owner", self._owner),
            "deputy": self.read("deputy", self._deputy),
            "two_factor": self.read("two_factor", _two_factor),
            "predates_policy": self.read("predates_policy", yes_or_no),
            **{name: self.read(name, _day) for name in COLUMNS if name.endswith("_on")},
            **{name: self.cell(name) for name in _PLAIN},
            "handle": self.cell("handle").lstrip("@"),
            "name": self.cell("name"),
        }
        yield from ((name, value) for name, value in read.items() if value is not None)

    def _platform(self, text: str) -> str:
        return among(self.council.platforms, text, "platform")

    def _area(self, text: str) -> ServiceArea:
        return among(self.council.areas, text, "service area")

    def _owner(self, text: str) -> User:
        if not text:
            raise ValidationError("Enter the e-mail address of the site owner.")
        return self._person(text)

    def _deputy(self, text: str) -> User | None:
        if text and text.casefold() == self.cell("owner").casefold():
            raise ValidationError("The deputy must be somebody else than the owner.")
        return self._person(text) if text else None

    def _person(self, text: str) -> User:
        found = self.council.people.get(text.casefold())
        if found is None:
            raise ValidationError(f"Nobody here has the e-mail address “{shortened(text)}”.")
        if not found.is_employed():
            raise ValidationError(f"{found.name} does not work for the council any more.")
        return found

    def _free(self, platform: str, handle: str) -> None:
        check_spelling(platform, handle)
        key = (platform, handle.lower())
        if key in self.council.taken:
            raise ValidationError(is_taken(self.council.taken[key]))
        if key in self.council.seen:
            row = self.council.seen[key]
            raise ValidationError(f"Row {row:,} has this handle already, on the same platform.")

    def _aims(self, text: str) -> list[StrategicAim]:
        aims = [self._aim(name) for name in _apart(text, self.council.aims)]
        return list(dict.fromkeys(aims))

    def _aim(self, name: str) -> StrategicAim:
        aim = self.council.aims.get(name.casefold())
        if aim is None:
            raise ValidationError(f"There is no strategic aim “{shortened(name)}”.")
        if not aim.is_in_use:
            raise ValidationError(f"Not in use any more: {aim.name}.")
        return aim

    def _state(self, account: SocialAccount) -> AccountState:
        """Where it begins. Of what the column says, only “Partner” counts: the rest is earned."""
        said = self.cell("state").casefold()
        is_partners = said == AccountState.PARTNER.label.casefold()
        if said and said not in {state.label.casefold() for state in AccountState}:
            self.wrong(COLUMNS["state"], "Leave this empty, or enter Partner.")
        if not said:
            is_partners = bool(account.partner_name)
        if is_partners and not account.partner_name:
            self.wrong(COLUMNS["partner_name"], "Enter the partner’s name.")
        return first_state(is_partners, predates_policy=account.predates_policy)


def _apart(text: str, known: Mapping[str, object]) -> Iterator[str]:
    """The names in a list with semicolons; a known name may hold a semicolon itself."""
    parts = [part.strip() for part in text.split(";")]
    at = 0
    while at < len(parts):
        ends = range(len(parts), at, -1)
        longest = next((e for e in ends if "; ".join(parts[at:e]).casefold() in known), at + 1)
        if name := "; ".join(parts[at:longest]):
            yield name
        at = longest


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in _DAYS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
        for check in WITHIN_REASON:
            check(found)
        return found
    raise ValidationError("Enter a real date, such as 2027-03-31 or 31/03/2027.")


def _two_factor(text: str) -> TwoFactorState:
    for state in TwoFactorState:
        if text.casefold() in (state.label.casefold(), state.value):
            return state
    if text:
        labels = ", ".join(state.label for state in TwoFactorState)
        raise ValidationError(f"Enter one of: {labels}.")
    return TwoFactorState.UNKNOWN
