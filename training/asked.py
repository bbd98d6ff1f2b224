"""Whom the assignments ask for what, and by which day: in words for some, as a query for all.

Since when somebody is asked: since the assignment was made, or since they came under it, whichever
is later. They have until the end of the day on which it is due.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from accounts.models import AccountGrant, Answerable, CorporateGrant, User
from accounts.permissions import AccountRole, CorporateRole
from pages.days import midnight_after
from training.held import Thing
from training.models import Assignment, Course, Group, PolicyDocument


@dataclass(frozen=True, slots=True)
class Asked:
    """One person, one assignment, and the last day on which it is not late."""

    user_id: int
    assignment: Assignment
    due_on: date


def asked_of(
    users: Collection[User], assignments: Iterable[Assignment], at: datetime
) -> Iterator[Asked]:
    """Everything that `assignments`, in force at that moment, ask of `users`.

    One query, however many people and assignments there are.
    """
    facts = _Facts(users, at)
    for assignment in assignments:
        for user_id, since in facts.under(assignment):
            yield Asked(user_id, assignment, due_day(assignment, since))


def asked_for(
    things: Iterable[Thing],
    users: Collection[User],
    assignments: Iterable[Assignment],
    at: datetime,
) -> Mapping[tuple[Thing, int], Sequence[Asked]]:
    """The same, by course or policy and by person; of `things` only."""
    by_course = {thing.pk: thing for thing in things if isinstance(thing, Course)}
    by_policy = {thing.pk: thing for thing in things if isinstance(thing, PolicyDocument)}
    found: dict[tuple[Thing, int], list[Asked]] = defaultdict(list)
    for asked in asked_of(users, assignments, at):
        rule = asked.assignment
        thing = by_course.get(rule.course_id or 0) or by_policy.get(rule.policy_id or 0)
        if thing:
            found[thing, asked.user_id].append(asked)
    return found


def due_day(assignment: Assignment, since: datetime) -> date:
    """The last day for somebody who came under the assignment at that moment."""
    began = timezone.localdate(max(since, assignment.made_at))
    if assignment.due_on:
        return max(assignment.due_on, began)
    return began + timedelta(days=assignment.due_days or 0)


def any_covers(assignments: Iterable[Assignment], at: datetime) -> Q:
    """The condition on people whom any of them asks at that moment."""
    return _under_any(((each, _just_after(at)) for each in assignments), at)


def any_due_before(assignments: Iterable[Assignment], day: date, at: datetime) -> Q:
    """The condition on people whom any of them covers and whose last day is before `day`."""
    pairs = []
    for each in assignments:
        began_before = midnight_after(day - timedelta(days=(each.due_days or 0) + 1))
        too_late = each.due_on and each.due_on >= day
        if not too_late and each.made_at < began_before:
            pairs.append((each, min(began_before, _just_after(at))))
    return _under_any(pairs, at)


def _just_after(at: datetime) -> datetime:
    return at + timedelta(microseconds=1)


def _under_any(pairs: Iterable[tuple[Assignment, datetime]], at: datetime) -> Q:
    """Who has come under one of them before its moment. Roles are looked for together: each
    condition less is a millisecond less.
    """
    found: list[Q] = []
    corporate: dict[datetime, list[str]] = defaultdict(list)
    on_accounts: dict[datetime, list[str]] = defaultdict(list)
    for assignment, before in pairs:
        if assignment.group == Group.ACCOUNT_ROLE:
            on_accounts[before].append(assignment.account_role)
        elif assignment.group == Group.CORPORATE_ROLE and not _is_everybody(assignment):
            corporate[before].append(assignment.corporate_role)
        else:
            found.append(_under(assignment, before))
    found += [_with_corporate(roles, at, before) for before, roles in corporate.items()]
    found += [_with_account(roles, at, before) for before, roles in on_accounts.items()]
    return any_of(found)


def _under(assignment: Assignment, before: datetime) -> Q:
    match Group(assignment.group):
        case Group.SERVICE_AREA:
            area = assignment.service_area
            return Q(service_area__path__startswith=area.path if area else "", joined_at__lt=before)
        case Group.PERSON:
            return Q(pk=assignment.person_id, joined_at__lt=before)
    return Q(joined_at__lt=before)


def _with_corporate(roles: Collection[str], at: datetime, before: datetime) -> Q:
    granted = CorporateGrant.objects.in_force(at).filter(user=OuterRef("pk"))
    return Q(Exists(granted.filter(role__in=roles, granted_at__lt=before)))


def _with_account(roles: Collection[str], at: datetime, before: datetime) -> Q:
    granted = AccountGrant.objects.in_force(at).filter(user=OuterRef("pk"))
    found = Q(Exists(granted.filter(role__in=roles, granted_at__lt=before)))
    if AccountRole.SITE_OWNER in roles:
        answers = Answerable.objects.at(at).filter(user=OuterRef("pk"), since__lt=before)
        found |= Q(Exists(answers))
    return found


def _is_everybody(assignment: Assignment) -> bool:
    """Everybody who is employed is at least a member of staff."""
    role = assignment.corporate_role
    return assignment.group == Group.EVERYBODY or role == CorporateRole.MEMBER_OF_STAFF


def nobody() -> Q:
    return Q(pk__in=())


def any_of(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, nobody())


class _Facts:
    """What is read once about all the people, when the first assignment asks for it."""

    def __init__(self, users: Collection[User], at: datetime) -> None:
        self._users = {user.pk: user for user in users}
        self._at = at

    def under(self, assignment: Assignment) -> Iterable[tuple[int, datetime]]:
        """Whom the assignment covers, and since when they came under it."""
        if _is_everybody(assignment):
            return ((user.pk, user.joined_at) for user in self._users.values())
        match Group(assignment.group):
            case Group.PERSON:
                person = self._users.get(assignment.person_id or 0)
                return [(person.pk, person.joined_at)] if person else []
            case Group.SERVICE_AREA:
                return self._within(assignment)
            case Group.CORPORATE_ROLE:
                return self._since[Group.CORPORATE_ROLE, assignment.corporate_role].items()
            case Group.ACCOUNT_ROLE:
                return self._since[Group.ACCOUNT_ROLE, assignment.account_role].items()
        return []

    def _within(self, assignment: Assignment) -> Iterator[tuple[int, datetime]]:
        if assignment.service_area:
            for (group, path), people in self._since.items():
                if group == Group.SERVICE_AREA and path.startswith(assignment.service_area.path):
                    yield from people.items()

    @cached_property
    def _since(self) -> Mapping[tuple[str, str], Mapping[int, datetime]]:
        """By group and role, or the area's path: who is of it, and the earliest since when."""
        them = list(self._users)
        corporate = CorporateGrant.objects.in_force(self._at).filter(user__in=them)
        on_accounts = AccountGrant.objects.in_force(self._at).filter(user__in=them)
        answers = Answerable.objects.at(self._at).filter(user__in=them)
        placed = User.objects.filter(pk__in=them, service_area__isnull=False)
        owner, area = Value(AccountRole.SITE_OWNER.value), "service_area__path"
        rows = _rows(Group.CORPORATE_ROLE, corporate, "role", "user_id", "granted_at").union(
            _rows(Group.ACCOUNT_ROLE, on_accounts, "role", "user_id", "granted_at"),
            _rows(Group.ACCOUNT_ROLE, answers, owner, "user_id", "since"),
            _rows(Group.SERVICE_AREA, placed, area, "pk", "joined_at"),
            all=True,
        )
        found: dict[tuple[str, str], dict[int, datetime]] = defaultdict(dict)
        for group, name, user_id, since in rows:
            known = found[group, name].get(user_id)
            found[group, name][user_id] = min(known, since) if known else since
        return found


def _rows(group: Group, rows: QuerySet[Any], *fields: str | Value) -> QuerySet[Any]:
    return rows.order_by().values_list(Value(group.value), *fields)
