"""Courses: added, changed for all their versions, put away and brought back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.catalogue import Event
from audit.models import Entry
from tests.factories import UserFactory
from tests.training.writing.making import draft, facts, hr
from training.actions.writing.courses import add_course, bring_back, change_course, put_away
from training.models import Assignment, Course, Group
from training.writing.locks import StaleWords
from training.writing.words import facts_of, token_of

pytestmark = pytest.mark.django_db


def seen(course: Course) -> str:
    return token_of(facts_of(course))


def test_a_new_course_has_an_empty_draft_and_nobody_can_take_it() -> None:
    course = add_course(by=hr(), facts=facts(title="Writing alt text"))

    assert course.slug == "writing-alt-text"
    [version] = course.versions.all()
    assert (version.number, version.is_draft) == (1, True)
    assert Entry.objects.filter(event=Event.COURSE_ADDED, subject_name=course.title).exists()


@pytest.mark.parametrize(
    ("title", "slug"), [("New", "new-2"), ("Ω", "course"), ("Matrix", "matrix-2")]
)
def test_a_slug_is_never_the_address_of_another_page(title: str, slug: str) -> None:
    assert add_course(by=hr(), facts=facts(title=title)).slug == slug


def test_two_courses_never_have_the_same_title() -> None:
    by = hr()
    add_course(by=by, facts=facts())
    with pytest.raises(ValidationError, match="Choose another"):
        add_course(by=by, facts=facts(title="ALT TEXT"))


def test_what_changed_is_kept_with_what_it_was() -> None:
    course = draft().course

    change_course(by=hr(), course=course, facts=facts(grace_days=14), seen=seen(course))

    course.refresh_from_db()
    assert course.grace_days == 14
    entry = Entry.objects.get(event=Event.COURSE_CHANGED)
    assert entry.details == {"before": {"grace_days": 0}, "after": {"grace_days": 14}}


def test_the_same_again_changes_nothing_and_is_not_recorded() -> None:
    course = draft().course
    change_course(by=hr(), course=course, facts=facts(), seen="of long ago")
    assert not Entry.objects.filter(event=Event.COURSE_CHANGED).exists()


def test_whoever_is_slower_overwrites_nothing() -> None:
    course, by = draft().course, hr()
    opened = seen(course)
    change_course(by=by, course=course, facts=facts(grace_days=14), seen=opened)

    with pytest.raises(StaleWords) as stale:
        change_course(by=by, course=course, facts=facts(grace_days=7), seen=opened)

    assert stale.value.kept == facts(grace_days=14)
    course.refresh_from_db()
    assert course.grace_days == 14


def test_a_course_is_put_away_and_brought_back() -> None:
    course, by = draft().course, hr()
    put_away(by=by, course=course)
    assert not Course.objects.in_use().filter(pk=course.pk).exists()
    with pytest.raises(ValidationError, match="Bring it back"):
        change_course(by=by, course=course, facts=facts(grace_days=1), seen=seen(course))
    bring_back(by=by, course=course)
    assert Course.objects.in_use().filter(pk=course.pk).exists()
    events = [Event.COURSE_PUT_AWAY, Event.COURSE_BROUGHT_BACK]
    assert (
        list(
            Entry.objects.filter(event__in=events)
            .order_by("sequence")
            .values_list("event", flat=True)
        )
        == events
    )


@pytest.mark.parametrize(
    ("needed", "why"),
    [
        ({"needed_to_write": True}, "Posting needs"),
        ({"needed_to_approve": True}, "Approving needs"),
    ],
)
def test_what_is_needed_is_not_put_away(needed: dict[str, Any], why: str) -> None:
    course = draft().course
    Course.objects.filter(pk=course.pk).update(**needed)
    with pytest.raises(ValidationError, match=why):
        put_away(by=hr(), course=course)
    course.refresh_from_db()
    assert course.archived_at is None


def test_what_is_assigned_is_not_put_away() -> None:
    course = draft().course
    Assignment.objects.create(course=course, group=Group.EVERYBODY, due_days=28)
    with pytest.raises(ValidationError, match="It is assigned to: Everybody"):
        put_away(by=hr(), course=course)


def test_nobody_else_writes_courses() -> None:
    course, by = draft().course, UserFactory()
    with pytest.raises(PermissionDenied):
        add_course(by=by, facts=facts(title="Mine"))
    with pytest.raises(PermissionDenied):
        change_course(by=by, course=course, facts=facts(grace_days=3), seen=seen(course))
    with pytest.raises(PermissionDenied):
        put_away(by=by, course=course)
    with pytest.raises(PermissionDenied):
        bring_back(by=by, course=course)
    course.refresh_from_db()
    assert (course.grace_days, course.archived_at) == (0, None)
