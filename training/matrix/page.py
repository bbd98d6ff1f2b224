"""What the address of a matrix asks for: whose, of courses or of policies, filtered and ordered."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import holds_everywhere
from pages.keyset import KeysetPage, page_of
from pages.selected import Selected, selected_filters, without_place
from training.conditions import REMINDED, LearningState, judged, people_in
from training.matrix.cells import Line, lines_of
from training.matrix.filters import BELOW, MatrixFilter
from training.matrix.sorting import USUAL, in_order
from training.people import everyone_below, leads_teams, people_seen_by, team_of

POLICIES = "policies"
"""The value of `of` in the address that turns from courses to policies."""
TEAM = "team"
"""In the address: of one's own team only, whatever else one may see."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many people are late with something, and late or due soon, each with the address that
    shows them; and how many a reminder would reach.
    """

    late: int
    late_href: str
    to_do: int
    to_do_href: str
    reached: int


class Matrix:
    """The matrix for one reader and one address. Its facts are read once."""

    def __init__(self, reader: User, query: QueryDict, *, team: bool = False) -> None:
        self.reader = reader
        self.query = query
        self.today = timezone.localdate()
        self.of_policies = query.get("of") == POLICIES
        self.things = judged(courses=not self.of_policies, policies=self.of_policies)
        self.team = team or TEAM in query
        everybody = not self.team and holds_everywhere(reader, Permission.SEE_TRAINING_RECORDS)
        below = query.get("whose") == BELOW
        people = people_seen_by(reader) if everybody else team_of(reader)
        if below and not everybody:
            people = everyone_below(reader)
        called = "Policy" if self.of_policies else "Course"
        self.filter = MatrixFilter(
            query,
            # A join with managers makes the database guess badly.
            queryset=people.select_related("service_area").prefetch_related("manager"),
            things=self.things,
            called=called,
            leads_teams=not everybody and leads_teams(reader),
        )

    def page(self) -> KeysetPage[User]:
        ordered = in_order(self.filter.found(), self.query, self.filter.shown())
        return page_of(ordered.rows, ordered.order, self.query)

    def lines(self, people: list[User]) -> list[Line]:
        """The cells of `people`, of the one course or policy that was chosen or of all."""
        lines = lines_of(
            people, self.today, courses=not self.of_policies, policies=self.of_policies
        )
        shown = {each.thing for each in self.filter.shown()}
        return [
            Line(line.person, [cell for cell in line.cells if cell.thing in shown])
            for line in lines
        ]

    def heads(self) -> list[dict[str, str]]:
        """A column for each course or policy."""
        return [{"label": str(each.thing)} for each in self.filter.shown()]

    def selected(self) -> list[Selected]:
        return selected_filters(self.filter.form, self.query)

    def reminded_of(self) -> LearningState:
        """What a reminder would be about: what is looked for, or everything late or due."""
        wanted = self.filter.wanted()
        return wanted if wanted in REMINDED else LearningState.TO_DO

    def to_remind(self) -> QuerySet[User]:
        """Whom a reminder would reach, of those found."""
        condition = people_in(self.reminded_of(), self.filter.shown())
        found = self.filter.found()
        return found if self.filter.wanted() in REMINDED else found.filter(condition)

    def figures(self) -> Figures:
        """Counted among those of the filter, whatever standing is looked for. One query."""
        shown, wanted = self.filter.shown(), self.filter.wanted()
        to_do = self.filter.people().filter(people_in(LearningState.TO_DO, shown))
        counted = to_do.aggregate(
            to_do=Count("pk"),
            late=Count("pk", filter=people_in(LearningState.LATE, shown)),
            reached=Count("pk", filter=people_in(wanted or LearningState.TO_DO, shown)),
        )
        return Figures(
            late_href=self._with(LearningState.LATE),
            to_do_href=self._with(LearningState.TO_DO),
            **counted,
        )

    def address(self) -> str:
        """The filters and the order, for links to what is done with those found."""
        rest = self.query.copy()
        if self.team:
            rest[TEAM] = "1"
        return without_place(rest)

    def kept(self) -> list[dict[str, str]]:
        """What the filter form carries on: the order, and whether it is about policies."""
        kept = [{"name": "sort", "value": self.query.get("sort", USUAL)}]
        return [*kept, {"name": "of", "value": POLICIES}] if self.of_policies else kept

    def _with(self, state: LearningState) -> str:
        """The address with that standing looked for."""
        narrowed = self.query.copy()
        narrowed["state"] = state.value
        return f"?{without_place(narrowed)}"
