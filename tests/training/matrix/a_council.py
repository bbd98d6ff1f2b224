"""A council in which everything happens that training knows of, drawn from a number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import AccountGrant, CorporateGrant, ServiceArea, SocialAccount, User
from accounts.permissions import AccountRole, CorporateRole
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    CorporateGrantFactory,
    CourseFactory,
    PolicyVersionFactory,
    ServiceAreaFactory,
    UserFactory,
)
from training.models import (
    Acknowledgement,
    Assignment,
    Completion,
    Course,
    CourseVersion,
    Enrolment,
    Group,
    PolicyDocument,
    PolicyVersion,
)

PEOPLE = 40


def made(seed: int) -> list[User]:
    """The people of the council; their learning is what the seed says."""
    drawn, now = Random(seed), timezone.now()  # noqa: S311 - what is drawn is no secret
    areas = [ServiceAreaFactory() for _ in range(3)]
    account = AccountFactory(service_area=areas[0])
    people = [
        UserFactory(
            service_area=drawn.choice([*areas, None]),
            joined_at=now - timedelta(days=drawn.choice([0, 3, 20, 40, 400])),
        )
        for _ in range(PEOPLE)
    ]
    for person in people:
        _roles(drawn, person, account)
    courses = [_course(drawn, number) for number in range(3)]
    documents = [_policy(drawn, number) for number in range(2)]
    things: list[Course | PolicyDocument] = [*courses, *documents]
    for thing in things:
        for _ in range(drawn.randint(0, 2)):
            _assignment(drawn, thing, areas, people)
        for person in people:
            for _ in range(drawn.choice([0, 1, 1, 2])):
                _learnt(drawn, person, thing)
            if isinstance(thing, Course) and drawn.random() < 0.2:
                Enrolment.objects.create(user=person, course=thing, version=thing.versions.all()[0])
    return people


def _roles(drawn: Random, person: User, account: SocialAccount) -> None:
    since = timezone.localtime() - timedelta(days=drawn.choice([0, 10, 100]))
    ended = drawn.choice([None, None, timezone.localtime() - timedelta(days=1)])
    if drawn.random() < 0.3:
        role = drawn.choice([CorporateRole.COMMUNICATIONS_OFFICER, CorporateRole.HR])
        grant = CorporateGrantFactory(user=person, role=role)
        CorporateGrant.objects.filter(pk=grant.pk).update(granted_at=since, ended_at=ended)
    if drawn.random() < 0.3:
        held = AccountGrantFactory(user=person, account=account, role=drawn.choice([*AccountRole]))
        AccountGrant.objects.filter(pk=held.pk).update(granted_at=since, ended_at=ended)


def _course(drawn: Random, number: int) -> Course:
    course = CourseFactory(
        slug=f"course-{number}",
        title=f"Course {number}",
        needed_to_write=drawn.random() < 0.3,
        needed_to_approve=drawn.random() < 0.3,
        grace_days=drawn.choice([0, 14]),
        added_at=timezone.localtime() - timedelta(days=drawn.choice([0, 50])),
    )
    for version in (1, 2, 3):
        CourseVersion.objects.create(
            course=course,
            number=version,
            asks_again_from=_some_day(drawn, [None, None, -20, 0, 1, 10, 40]),
            published_at=timezone.localtime() - timedelta(days=60),
        )
    return course


def _policy(drawn: Random, number: int) -> PolicyDocument:
    document = PolicyDocument.objects.create(
        slug=f"policy-{number}", title=f"Policy {number}", needed_to_write=drawn.random() < 0.5
    )
    for version, ahead in ((1, -90), (2, drawn.choice([-20, 0, 10, 40]))):
        day = timezone.localdate() + timedelta(days=ahead)
        PolicyVersionFactory(document=document, number=version, in_force_from=day)
    return document


def _assignment(
    drawn: Random, thing: Course | PolicyDocument, areas: Sequence[ServiceArea], people: list[User]
) -> None:
    group = drawn.choice([*Group])
    whom: dict[str, Any] = {
        Group.CORPORATE_ROLE: {"corporate_role": drawn.choice(["hr", "member_of_staff"])},
        Group.ACCOUNT_ROLE: {"account_role": drawn.choice([*AccountRole])},
        Group.SERVICE_AREA: {"service_area": drawn.choice(areas)},
        Group.PERSON: {"person": drawn.choice(people)},
    }.get(group, {})
    by: dict[str, Any] = {"due_days": drawn.choice([0, 7, 30, 60])}
    if drawn.random() < 0.5:
        by = {"due_on": _some_day(drawn, [-30, -1, 0, 1, 29, 30, 31, 90])}
    thing_is: dict[str, Any] = {"course": thing} if isinstance(thing, Course) else {"policy": thing}
    made_at = timezone.localtime() - timedelta(days=drawn.choice([0, 5, 31, 200]))
    Assignment.objects.create(group=group, made_at=made_at, **thing_is, **whom, **by)


def _learnt(drawn: Random, person: User, thing: Course | PolicyDocument) -> None:
    number = drawn.choice([1, 2, 3])
    done = timezone.localdate() - timedelta(days=drawn.choice([50, 80, 100]))
    until = _some_day(drawn, [-40, -14, -13, -1, 0, 1, 29, 30, 31, 200]) or done
    if isinstance(thing, PolicyDocument):
        version = PolicyVersion.objects.filter(document=thing, number=min(number, 2)).get()
        Acknowledgement.objects.create(
            document=thing,
            version=version,
            version_number=version.number,
            user=person,
            expires_on=until,
        )
        return
    gone = drawn.random() < 0.1
    Completion.objects.create(
        course=thing,
        version_number=number,
        user=person,
        completed_on=done,
        expires_on=until,
        counts_until=until + timedelta(days=thing.grace_days),
        withdrawn_at=timezone.now() if gone else None,
        withdrawn_by=person if gone else None,
        withdrawn_because="A slip" if gone else "",
    )


def _some_day(drawn: Random, ahead: list[int | None]) -> date | None:
    days = drawn.choice(ahead)
    return None if days is None else timezone.localdate() + timedelta(days=days)
