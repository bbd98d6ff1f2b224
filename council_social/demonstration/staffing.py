"""Chapter one: the council is set up, people join, get roles, and one of them leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.actions.leaving import end_employment
from accounts.actions.people import add_person
from accounts.actions.roles import grant_corporate_role
from accounts.actions.service_areas import add_service_area
from accounts.models import User
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.council import DIRECTORATES, PASSWORD, PEOPLE, Person


def tell_of_people(story: Story, cast: Cast) -> None:
    """Everything about the people, from the first day on."""
    story.at(story.day(561, "09:00"), partial(_found, cast))
    for number, person in enumerate(_managers_first(PEOPLE)):
        moment = story.day(560, "09:30") + timedelta(minutes=7 * number)
        story.at(moment, partial(_join, cast, person))
    # Hashing takes a good part of a second each time, and all have the same password.
    story.at(story.day(560, "17:00"), _give_passwords)
    story.at(story.day(38, "16:30"), partial(_leave, cast))


def _found(cast: Cast) -> None:
    for directorate, services in DIRECTORATES.items():
        above = add_service_area(by=None, name=directorate)
        cast.areas[directorate] = above
        for name in services:
            cast.areas[name] = add_service_area(by=None, name=name, parent=above)


def _managers_first(people: tuple[Person, ...]) -> Iterator[Person]:
    waiting, there = list(people), {""}
    while waiting:
        person = next(each for each in waiting if each.manager in there)
        waiting.remove(person)
        there.add(person.key)
        yield person


def _join(cast: Cast, person: Person) -> None:
    by = cast.people.get("tom.okafor")
    user = add_person(
        by=by,
        name=person.name,
        email=person.email,
        job_title=person.job,
        service_area=cast.areas[person.area],
        manager=cast.people.get(person.manager),
    )
    cast.people[person.key] = user
    for role in person.roles:
        grant_corporate_role(by=by, user=user, role=role, reason=person.job)


def _give_passwords() -> None:
    User.objects.update(password=make_password(PASSWORD))


def _leave(cast: Cast) -> None:
    for person in PEOPLE:
        if person.left:
            end_employment(
                by=cast.digital,
                person=cast.people[person.key],
                last_day=timezone.localdate() + timedelta(days=8),
                reason="A new job at another council",
            )
