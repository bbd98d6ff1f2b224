"""Routes in words: what they ask of a post, and who decides."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from accounts.permissions import AccountRole, CorporateRole
from publishing.models import Route, RouteStage
from publishing.routes.needed import Needed

MOST_NAMED = 5
ROLE_NAMES = dict([*CorporateRole.choices, *AccountRole.choices])


def conditions_of(route: Route) -> list[str]:
    """One line for each kind of condition; asks nothing where the route was prefetched."""
    lists = (
        ("On ", route.accounts.all(), ""),
        ("For ", route.service_areas.all(), " and everything below"),
        ("About ", route.topics.all(), ""),
        ("In the campaign ", route.campaigns.all(), ""),
    )
    said = [f"{before}{either(map(str, rows))}{after}" for before, rows, after in lists if rows]
    if route.risk_from is not None:
        said.append(f"Where the risk of the account is {route.risk_from} or more")
    if route.in_election:
        said.append("In an election period")
    if route.is_paid:
        said.append("With paid promotion")
    return said or ["Every post"]


def stage_in_words(row: RouteStage) -> str:
    names = [person.name for person in row.people.all()]
    who = row.get_role_display() or either(names) or "everybody with the right"
    return f"{row.get_stage_display()}: {who}"


def who_in_words(needed: Needed, names: dict[int, str]) -> str:
    """Who gives a stage, with the names of people by their ids."""
    if needed.who is None:
        return f"Everybody who may {needed.right}"
    if needed.who.role:
        return str(ROLE_NAMES[needed.who.role])
    return either(sorted(names.get(pk, "") for pk in needed.who.people))


def names_in(needed: Iterable[Needed]) -> dict[int, str]:
    """The names of everybody whom routes name for these stages. One query at most."""
    people = {pk for each in needed if each.who for pk in each.who.people}
    if not people:
        return {}
    return dict(User.objects.filter(pk__in=people).values_list("pk", "name"))


def either(names: Iterable[str]) -> str:
    """“A, B or C”, shortened where there are many."""
    several = list(names)
    more = len(several) - MOST_NAMED
    if more > 0:
        return f"{', '.join(several[:MOST_NAMED])} or {more} more"
    if len(several) < 2:
        return "".join(several)
    return f"{', '.join(several[:-1])} or {several[-1]}"
