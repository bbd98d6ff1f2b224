"""Who could post on an account on a day: as it was then, whatever changed since.

Answered from what is on record with its times: roles, who answered for the account, who worked
here, and the evidence. A day is looked at piece by piece, between one change of a role and the
next, so that somebody who could post for an hour is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone

from accounts import evidence
from accounts.evidence import Missing
from accounts.models import (
    AccountGrant,
    Answerable,
    CorporateGrant,
    Departure,
    SocialAccount,
    User,
)
from accounts.models.roles import GrantQuerySet
from accounts.permissions import Permission
from accounts.who_has_access.today import WRITERS_EVERYWHERE, WRITERS_ON_ACCOUNTS
from pages.days import midnight_after

INSTANT = timedelta(microseconds=1)

Given = TypeVar("Given", CorporateGrant, AccountGrant)


@dataclass(frozen=True, slots=True)
class Way:
    """One role that lets a person post, from when until when; both ends may be open."""

    role: str
    since: datetime
    until: datetime | None
    given_by: str
    reason: str = ""
    accepted_at: datetime | None = None

    def holds(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(slots=True)
class Person:
    """Somebody with a way in on that day, and what kept them from posting all the same."""

    user: User
    ways: list[Way]
    could: bool = False
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """The answer. `could` and `could_not` are ordered by name."""

    day: date
    could: list[Person] = field(default_factory=list)
    could_not: list[Person] = field(default_factory=list)


def who_could_post(account: SocialAccount, day: date) -> Day:
    """Everybody who had a role with which one posts on `account`, at some moment of that day.

    Today ends now, a day to come has nobody. Whether the account itself was live is another
    question: see `accounts.who_has_access.state_on_a_day`. The same number of queries for any
    number of people; more only for each change of a role within that one day.
    """
    start, end = _bounds(day)
    if end <= start:
        return Day(day)
    ways = _ways(account, start, end, day)
    people = {user: Person(user, found) for user, found in ways.items()}
    departures = _departures(people)
    changes = {
        moment
        for each in people.values()
        for moment in _changes(each, departures[each.user.pk])
        if start < moment < end
    }
    edges = [start, *sorted(changes), end]
    for first, beyond in pairwise(edges):
        _look(people.values(), departures, first, beyond - INSTANT)
    return Day(day, *_divided(people.values()))


def _changes(person: Person, departures: list[Departure]) -> Iterator[datetime]:
    """Every moment at which a role, or that they worked here, began or ended."""
    yield person.user.joined_at
    spans = [(way.since, way.until) for way in person.ways]
    spans += [(departure.recorded_at, departure.undone_at) for departure in departures]
    for since, until in spans:
        yield since
        if until:
            yield until


def _look(
    people: Iterable[Person],
    departures: Mapping[int, list[Departure]],
    first: datetime,
    last: datetime,
) -> None:
    """Note who could post between `first` and `last`, while no role changed."""
    inside = [each for each in people if any(way.holds(first) for way in each.ways)]
    here = []
    for each in inside:
        if _worked_here(each.user, departures[each.user.pk], first):
            here.append(each)
        else:
            each.missing = (Missing(f"{each.user.name} did not work for the council.", "HR"),)
    users = [each.user for each in here]
    # Within a piece evidence only ever comes in: a last good day ends with the day.
    lacks = [_lacks(users, moment) for moment in (first, last)]
    for each in here:
        missing = min((found[each.user.pk] for found in lacks), key=len)
        each.could = each.could or not missing
        each.missing = tuple(missing)


def _worked_here(user: User, departures: list[Departure], moment: datetime) -> bool:
    if user.joined_at > moment:
        return False
    if not departures:
        return user.is_employed(timezone.localdate(moment))
    return not any(departure.counted(moment) for departure in departures)


def _lacks(users: list[User], moment: datetime) -> Mapping[int, list[Missing]]:
    found: dict[int, list[Missing]] = defaultdict(list)
    for lack in evidence.lacks_of(users, moment) if users else ():
        if Permission.WRITE_POST in lack.permissions:
            found[lack.user_id].append(lack.missing)
    return found


def _divided(people: Iterable[Person]) -> tuple[list[Person], list[Person]]:
    ordered = sorted(people, key=lambda each: (each.user.name, each.user.pk))
    for each in ordered:
        if each.could:
            each.missing = ()
    return [each for each in ordered if each.could], [each for each in ordered if not each.could]


def _ways(
    account: SocialAccount, start: datetime, end: datetime, day: date
) -> Mapping[User, list[Way]]:
    """The widest first: what holds on every account, then owner and deputy, then roles here."""
    found: dict[User, list[Way]] = defaultdict(list)
    corporate = CorporateGrant.objects.filter(role__in=WRITERS_EVERYWHERE)
    for grant in _within(corporate, start, end, day):
        found[grant.user].append(_granted(grant, f"{grant.get_role_display()}, on every account"))
    parts = Answerable.objects.filter(
        Q(until__isnull=True) | Q(until__gt=start), account=account, since__lt=end
    )
    for part in parts.select_related("user", "named_by").order_by("-part", "since", "pk"):
        found[part.user].append(
            Way(
                part.get_part_display(),
                part.since,
                part.until,
                part.named_by.name if part.named_by else "",
                accepted_at=part.accepted_at,
            )
        )
    here = account.grants.filter(role__in=WRITERS_ON_ACCOUNTS)
    for given in _within(here, start, end, day):
        found[given.user].append(_granted(given, given.get_role_display()))
    return found


def _within(
    rows: GrantQuerySet[Given], start: datetime, end: datetime, day: date
) -> Iterator[Given]:
    """Grants that were in force at some moment between the two."""
    there = rows.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=start),
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        granted_at__lt=end,
    )
    yield from there.select_related("user", "granted_by").order_by("granted_at", "pk")


def _granted(grant: CorporateGrant | AccountGrant, role: str) -> Way:
    planned = midnight_after(grant.ends_on) if grant.ends_on else None
    ends = [moment for moment in (planned, grant.ended_at) if moment]
    given_by = grant.granted_by.name if grant.granted_by else ""
    return Way(role, grant.granted_at, min(ends, default=None), given_by, grant.reason)


def _departures(people: Iterable[User]) -> Mapping[int, list[Departure]]:
    found: dict[int, list[Departure]] = defaultdict(list)
    for departure in Departure.objects.filter(user__in=list(people)):
        found[departure.user_id].append(departure)
    return found


def _bounds(day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight in London; today ends just after now."""
    start = midnight_after(day - timedelta(days=1))
    return start, min(midnight_after(day), timezone.now() + INSTANT)
