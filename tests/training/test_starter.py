"""Adding the courses and policies that come with the product."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import UserFactory, person
from tests.visiting import as_person, text_of
from training.actions.starter import (
    add_starter_courses,
    add_starter_policies,
    draft_starter_policies,
    missing_courses,
    missing_policies,
)
from training.models import Answer, Course, CourseVersion, Lesson, PolicyVersion, Question
from training.starter.courses import starter_courses

pytestmark = pytest.mark.django_db


def test_every_course_is_added_as_its_first_version(settings) -> None:
    settings.COUNCIL_NAME = "Oxmoor Council"

    added = add_starter_courses(by=None)

    starters = {each.slug: each for each in starter_courses()}
    versions = CourseVersion.objects.newest()
    assert {each.course.slug for each in versions} == set(starters) == {c.slug for c in added}
    for version in versions:
        starter = starters[version.course.slug]
        lessons = list(version.lessons.values_list("title", "in_refresher"))
        assert lessons == [(each.title, each.in_refresher) for each in starter.lessons]
        kept = version.questions.values_list("text", "lesson__title", "taught_in__title")
        titles = {each.name: each.title for each in starter.lessons}
        assert list(kept) == [
            (each.text, titles.get(each.lesson), titles.get(each.taught_in))
            for each in starter.questions
        ]
        assert not version.questions.bank().filter(taught_in=None).exists()
        assert version.number == 1
    assert Lesson.objects.filter(text__contains="Oxmoor Council").exists()
    for model in (Lesson, Question, Answer):
        assert not model.objects.filter(text__contains="{council}").exists()


def test_a_right_answer_is_right() -> None:
    add_starter_courses(by=None)
    question = Question.objects.get(text__startswith="The author changes only the alt text")
    assert list(question.answers.filter(is_right=True).values_list("text", flat=True)) == [
        "It is void, and the new version has to be approved"
    ]


@pytest.mark.parametrize("needed", [True, False])
def test_whether_posting_needs_them_is_for_whoever_adds_them_to_say(needed: bool) -> None:
    add_starter_courses(by=None, needed=needed)

    writing = Course.objects.filter(needed_to_write=True).values_list("slug", flat=True)
    approving = Course.objects.filter(needed_to_approve=True).values_list("slug", flat=True)
    assert list(writing) == (["running-a-council-account"] if needed else [])
    assert list(approving) == (["approving-well"] if needed else [])


def test_what_is_there_stays_as_it_is_and_nothing_is_added_twice() -> None:
    hr = person(CorporateRole.HR)
    ours = Course.objects.get(slug="running-a-council-account")
    Course.objects.filter(pk=ours.pk).update(title="Our own course", archived_at=timezone.now())

    added = add_starter_courses(by=hr)

    assert len(added) == len(starter_courses()) - 1
    ours.refresh_from_db()
    assert ours.title == "Our own course"
    assert not ours.versions.exists()
    assert Entry.objects.filter(event=Event.COURSE_ADDED, actor_name=hr.name).count() == len(added)
    assert missing_courses() == []
    assert add_starter_courses(by=hr) == []


def test_policies_are_in_force_today_and_needed_in_four_weeks(settings) -> None:
    settings.COUNCIL_NAME = "Oxmoor Council"

    added = add_starter_policies(by=None)

    today = timezone.localdate()
    assert len(added) == 5
    assert missing_policies() == []
    for version in PolicyVersion.objects.all():
        assert (version.number, version.in_force_from) == (1, today)
        assert version.needed_from == today + timedelta(days=28)
        assert "{council}" not in version.text
    assert PolicyVersion.objects.filter(text__contains="Oxmoor Council").count() >= 3
    assert Entry.objects.filter(event=Event.POLICY_PUBLISHED).count() == 5
    assert add_starter_policies(by=None) == []


@pytest.mark.parametrize("add", [add_starter_courses, add_starter_policies])
def test_only_whoever_may_write_them_adds_them(add) -> None:
    with pytest.raises(PermissionDenied):
        add(by=UserFactory())
    assert not CourseVersion.objects.exists()
    assert not PolicyVersion.objects.exists()


def test_the_command_adds_everything_once() -> None:
    first, again = StringIO(), StringIO()

    call_command("add_starter_content", "--needed", stdout=first)
    call_command("add_starter_content", stdout=again)

    assert first.getvalue().count("Added “") == 10
    assert "Added “Approving well”." in first.getvalue()
    assert again.getvalue() == "Everything that comes with the product is here already.\n"
    assert Course.objects.get(needed_to_write=True).slug == "running-a-council-account"


def test_policies_come_as_drafts_to_whoever_keeps_them() -> None:
    keeper = person(CorporateRole.COMMUNICATIONS_OFFICER)
    there = PolicyVersion.objects.get()
    client = as_person(keeper)
    assert "4 of the policies that come with the product" in text_of(
        client.get(reverse("policies"))
    )
    assert "Social media strategy" in text_of(client.get(reverse("policy_starters")))

    answer = client.post(reverse("policy_starters"), follow=True)

    assert "4 drafts are added." in text_of(answer)
    drafts = PolicyVersion.objects.filter(published_at=None)
    assert drafts.count() == 4
    assert {draft.document.owner for draft in drafts} == {keeper}
    assert list(PolicyVersion.objects.published()) == [there]
    assert "They are all here" in text_of(client.get(reverse("policy_starters")))
    assert draft_starter_policies(by=keeper) == []


def test_only_whoever_keeps_policies_gets_the_drafts() -> None:
    with pytest.raises(PermissionDenied):
        draft_starter_policies(by=person(CorporateRole.HR))
    assert not PolicyVersion.objects.filter(published_at=None).exists()
