"""Chapter one: the council is set up, people join, get roles, learn, and one of them leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.actions.leaving import end_employment
from accounts.actions.people import add_person
from accounts.actions.roles import grant_corporate_role
from accounts.actions.service_areas import add_service_area
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.record import record
from council_social.demonstration.accounts import ACCOUNTS
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.council import DIRECTORATES, PASSWORD, PEOPLE, Person
from council_social.demonstration.policies import COURSES, POLICIES, Lesson, Paper
from training.actions.acknowledgements import acknowledge
from training.actions.completions import record_completion
from training.models import Course, PolicyDocument, PolicyVersion

DONE_AGO = {"in date": 280, "soon": 352, "lapsed": 402}
"""How many days ago somebody took the course that posting needs; it is good for a year."""


def tell_of_people(story: Story, cast: Cast) -> None:
    """Everything about the people, from the first day on."""
    story.at(story.day(561, "09:00"), partial(_found, cast))
    for number, person in enumerate(_managers_first(PEOPLE)):
        moment = story.day(560, "09:30") + timedelta(minutes=7 * number)
        story.at(moment, partial(_join, cast, person))
    # Hashing takes a good part of a second each time, and all have the same password.
    story.at(story.day(560, "17:00"), _give_passwords)
    for lesson in COURSES:
        story.at(story.day(550, "10:00"), partial(_offer, cast, lesson))
    for paper in POLICIES:
        story.at(story.day(paper.ago, "11:00"), partial(_publish, cast, paper))
    for number, key in enumerate(sorted(_answer_for_an_account())):
        _tell_of_first_learning(story, cast, key, number)
    for number, person in enumerate(PEOPLE):
        _tell_of_learning(story, cast, person, number)
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


@transaction.atomic
def _offer(cast: Cast, lesson: Lesson) -> None:
    course = Course.objects.create(
        slug=lesson.slug,
        title=lesson.title,
        needed_to_write=lesson.needed_to_write,
        needed_to_approve=lesson.needed_to_approve,
        valid_months=lesson.valid_months,
    )
    record(Event.COURSE_ADDED, by=cast.people["hugh.penrose"], on=course)


@transaction.atomic
def _publish(cast: Cast, paper: Paper) -> None:
    document, _ = PolicyDocument.objects.get_or_create(
        slug=paper.slug,
        defaults={"title": paper.title, "needed_to_write": paper.needed_to_write},
    )
    PolicyVersion.objects.create(
        document=document,
        number=paper.number,
        text=paper.text,
        in_force_from=timezone.localdate(),
    )
    by = cast.people["hugh.penrose"]
    record(Event.POLICY_PUBLISHED, by=by, on=document, after={"version": paper.number})


def _answer_for_an_account() -> set[str]:
    return {key for account in ACCOUNTS for key in (account.owner, account.deputy)}


def _tell_of_first_learning(story: Story, cast: Cast, key: str, number: int) -> None:
    """Owners and deputies learn and accept the policy before their account is live."""
    learnt = story.day(550, "13:00") + timedelta(minutes=5 * number)
    story.at(learnt, partial(_complete, cast, key, "running-a-council-account"))
    accepted = story.day(544, "09:00") + timedelta(minutes=4 * number)
    story.at(accepted, partial(_accept, cast, key))


def _tell_of_learning(story: Story, cast: Cast, person: Person, number: int) -> None:
    ago = DONE_AGO.get(person.training)
    if ago is None or person.left:
        return
    ago -= 3 * number if person.training == "in date" else 0
    courses = ["running-a-council-account", "data-protection-and-images"]
    if _approves(person):
        courses.append("approving-what-the-council-says")
    if person.key.startswith("cllr"):
        courses = ["social-media-for-councillors"]
    for place, slug in enumerate(courses):
        moment = story.day(ago, "14:00") + timedelta(minutes=10 * place + number)
        story.at(moment, partial(_complete, cast, person.key, slug))
    moment = story.day(160 - number, "09:10") + timedelta(minutes=3 * number)
    story.at(moment, partial(_accept, cast, person.key))


def _approves(person: Person) -> bool:
    of_an_account = any(person.key in account.approvers for account in ACCOUNTS)
    return of_an_account or CorporateRole.COMMUNICATIONS_OFFICER in person.roles


def _complete(cast: Cast, key: str, slug: str) -> None:
    hr = cast.people["farah.aziz" if key != "farah.aziz" else "hugh.penrose"]
    course = Course.objects.get(slug=slug)
    record_completion(
        by=hr, person=cast.people[key], course=course, completed_on=timezone.localdate()
    )


def _accept(cast: Cast, key: str) -> None:
    for version in PolicyVersion.objects.current().order_by("document__slug"):
        acknowledge(by=cast.people[key], version=version)


def _leave(cast: Cast) -> None:
    for person in PEOPLE:
        if person.left:
            end_employment(
                by=cast.digital,
                person=cast.people[person.key],
                last_day=timezone.localdate() + timedelta(days=8),
                reason="A new job at another council",
            )
