"""What the people of the demonstration learnt and accepted, and when."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils import timezone

from accounts.permissions import CorporateRole
from council_social.demonstration.accounts import ACCOUNTS
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.council import PEOPLE, Person
from training.actions.acknowledgements import acknowledge
from training.actions.completions import record_completion
from training.actions.starter import add_starter_courses
from training.models import Course, PolicyVersion

DONE_AGO = {"in date": 280, "soon": 352, "lapsed": 402}
"""How many days ago somebody took the course that posting needs; it is good for a year."""
WITH_CHILDREN = ("Libraries", "Leisure and parks")
"""The service areas whose people work with children."""


def tell_of_learning(story: Story, cast: Cast) -> None:
    """The courses come, the owners of accounts take theirs first, then everybody else."""
    story.at(story.day(550, "10:00"), partial(_add_courses, cast))
    for number, key in enumerate(sorted(_answer_for_an_account())):
        _tell_of_owner(story, cast, key, number)
    for number, person in enumerate(PEOPLE):
        _tell_of_person(story, cast, person, number)


def _add_courses(cast: Cast) -> None:
    add_starter_courses(by=cast.people["hugh.penrose"], needed=True)


def _answer_for_an_account() -> set[str]:
    return {key for account in ACCOUNTS for key in (account.owner, account.deputy)}


def _tell_of_owner(story: Story, cast: Cast, key: str, number: int) -> None:
    """Owners and deputies learn and accept the policy before their account is live."""
    learnt = story.day(550, "13:00") + timedelta(minutes=5 * number)
    story.at(learnt, partial(_complete, cast, key, "running-a-council-account"))
    accepted = story.day(544, "09:00") + timedelta(minutes=4 * number)
    story.at(accepted, partial(_accept, cast, key))


def _tell_of_person(story: Story, cast: Cast, person: Person, number: int) -> None:
    ago = DONE_AGO.get(person.training)
    if ago is None or person.left:
        return
    ago -= 3 * number if person.training == "in date" else 0
    for place, slug in enumerate(_courses_of(person)):
        moment = story.day(ago, "14:00") + timedelta(minutes=10 * place + number)
        story.at(moment, partial(_complete, cast, person.key, slug))
    moment = story.day(160 - number, "09:10") + timedelta(minutes=3 * number)
    story.at(moment, partial(_accept, cast, person.key))


def _courses_of(person: Person) -> list[str]:
    if person.key.startswith("cllr"):
        return ["elected-members-online"]
    courses = ["running-a-council-account", "social-media-for-everyone"]
    if _approves(person):
        courses.append("approving-well")
    if person.area in WITH_CHILDREN:
        courses.append("children-and-vulnerable-adults")
    return courses


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
