"""Versions: a draft is a copy, is compared, and is published when nothing stands in the way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from audit.catalogue import Event
from audit.models import Entry
from tests.factories import AccountFactory, UserFactory, drafter_of
from tests.training.making import LessonFactory, QuestionFactory
from tests.training.scorm.packaging import imported
from tests.training.writing.making import draft, hr, lesson_typed, published_by
from tests.visiting import as_person, text_of
from training.actions.completions import record_completion
from training.actions.writing.lessons import add_lesson
from training.actions.writing.versions import (
    change_version,
    publish_draft,
    start_version,
    withdraw_draft,
)
from training.evidence import missing_learning
from training.models import CompletedBy, Course, CourseVersion, QuestionKind
from training.standing import Standing, courses_of
from training.writing.comparing import differences
from training.writing.locks import StaleWords
from training.writing.problems import obstacles_of, problems_of
from training.writing.words import (
    VersionSettings,
    draft_token,
    lesson_words,
    question_words,
    settings_of,
    token_of,
)

pytestmark = pytest.mark.django_db
SETTINGS = VersionSettings(90, 2, 1, 3, 45, 15)


def test_a_draft_begins_as_a_copy_of_what_is_published() -> None:
    by, first = hr(), draft(pass_mark=65)
    QuestionFactory(version=first, lesson=first.lessons.all()[1], situation="It rains.")
    QuestionFactory(version=first, taught_in=first.lessons.all()[1])
    published_by(by, first)

    copy = start_version(by=by, course=first.course)

    assert (copy.number, copy.is_draft, copy.made_by) == (2, True, by)
    assert settings_of(copy) == settings_of(first)
    assert [lesson_words(each) for each in copy.lessons.all()] == [
        lesson_words(each) for each in first.lessons.all()
    ]
    for old, new in zip(first.questions.all(), copy.questions.all(), strict=True):
        assert question_words(new).in_words() == question_words(old).in_words()
        assert (new.lesson and new.lesson.version) == (copy if old.lesson else None)
        assert (new.taught_in and new.taught_in.version) == (copy if old.taught_in else None)
    assert start_version(by=by, course=first.course) == copy
    assert Entry.objects.filter(event=Event.COURSE_DRAFT_STARTED).count() == 1
    assert differences(first, copy) == []


def test_a_published_version_is_what_people_take_from_then_on() -> None:
    by, version = hr(), draft()

    with time_machine.travel("2027-05-04T10:00:00Z", tick=False):
        kept = published_by(by, version, again_by=date(2027, 6, 30))
        assert list(CourseVersion.objects.newest()) == [kept]

    assert (kept.published_by, kept.asks_again_from) == (by, date(2027, 7, 1))
    entry = Entry.objects.get(event=Event.COURSE_PUBLISHED)
    assert entry.details["after"]["asked_again_by"] == "2027-06-30"


@pytest.mark.parametrize("again_by", [timedelta(days=-1), timedelta()])
def test_people_are_given_time_to_do_it_again(again_by: timedelta) -> None:
    with pytest.raises(ValidationError, match="so that people have time"):
        published_by(hr(), draft(), again_by=timezone.localdate() + again_by)
    assert not CourseVersion.objects.published().exists()


def test_what_changed_is_said_from_the_second_version_on() -> None:
    by, version = hr(), draft()
    published_by(by, version, what_changed="")
    second = start_version(by=by, course=version.course)
    with pytest.raises(ValidationError, match="Say what changed"):
        published_by(by, second, what_changed="  ")


def test_nobody_publishes_what_they_have_not_seen() -> None:
    by, version = hr(), draft()
    seen = draft_token(version)
    add_lesson(by=by, course=version.course, words=lesson_typed())
    with pytest.raises(ValidationError, match="Somebody changed the draft"):
        publish_draft(by=by, course=version.course, seen=seen, what_changed="", again_by=None)


def test_a_course_that_is_put_away_is_not_published() -> None:
    version = draft()
    Course.objects.filter(pk=version.course_id).update(archived_at=timezone.now())
    with pytest.raises(ValidationError, match="put away"):
        published_by(hr(), version)
    with pytest.raises(ValidationError, match="put away"):
        start_version(by=hr(), course=version.course)


def test_everybody_is_asked_again_until_the_day_and_loses_the_right_after_it() -> None:
    by, version = hr(), draft()
    Course.objects.filter(pk=version.course_id).update(needed_to_write=True)
    version.course.refresh_from_db()
    with time_machine.travel("2027-03-02T10:00:00Z", tick=False):
        published_by(by, version)
        learner = drafter_of(AccountFactory())
        learner.completions.filter(course=version.course).delete()
    with time_machine.travel("2027-03-03T10:00:00Z", tick=False):
        record_completion(
            by=None,
            person=learner,
            course=version.course,
            completed_on=timezone.localdate(),
            how=CompletedBy.OTHER_SYSTEM,
        )
    with time_machine.travel("2027-05-04T10:00:00Z", tick=False):
        second = start_version(by=by, course=version.course)
        published_by(by, second, again_by=date(2027, 5, 31))
        mine = next(each for each in courses_of(learner) if each.thing == version.course)
        assert mine.standing is Standing.EXPIRES_SOON
        assert mine.due_on == date(2027, 5, 31)
        assert mine.is_due
    for moment, lacks in (("2027-05-31T22:00:00Z", False), ("2027-06-01T01:00:00Z", True)):
        with time_machine.travel(moment, tick=False):
            found = [
                each
                for each in missing_learning([learner], timezone.now())
                if "Alt text" in each.missing.what
            ]
            assert bool(found) is lacks, moment


def test_what_nobody_is_asked_again_for_stays_good() -> None:
    by, version = hr(), draft()
    published_by(by, version)
    learner = UserFactory()
    record_completion(
        by=None, person=learner, course=version.course, completed_on=timezone.localdate()
    )
    published_by(by, start_version(by=by, course=version.course))
    mine = next(each for each in courses_of(learner) if each.thing == version.course)
    assert mine.standing is Standing.IN_DATE


def test_settings_are_changed_and_never_overwritten_unseen() -> None:
    by, version = hr(), draft()
    seen = token_of(settings_of(version))
    change_version(by=by, course=version.course, settings=SETTINGS, seen=seen)
    with pytest.raises(StaleWords):
        change_version(
            by=by,
            course=version.course,
            settings=VersionSettings(50, 1, 1, None, 5, 5),
            seen=seen,
        )
    version.refresh_from_db()
    assert settings_of(version) == SETTINGS
    assert Entry.objects.filter(event=Event.COURSE_DRAFT_CHANGED).count() == 1


def test_a_withdrawn_draft_is_gone_and_what_is_published_stands() -> None:
    by, version = hr(), draft()
    published_by(by, version)
    start_version(by=by, course=version.course)
    withdraw_draft(by=by, course=version.course)
    assert list(version.course.versions.all()) == [version]
    assert Entry.objects.filter(event=Event.COURSE_DRAFT_WITHDRAWN).count() == 1
    with pytest.raises(ValidationError, match="no draft"):
        withdraw_draft(by=by, course=version.course)


def test_nobody_else_starts_changes_withdraws_or_publishes() -> None:
    version, by = draft(), UserFactory()
    with pytest.raises(PermissionDenied):
        start_version(by=by, course=version.course)
    with pytest.raises(PermissionDenied):
        change_version(by=by, course=version.course, settings=SETTINGS, seen="")
    with pytest.raises(PermissionDenied):
        withdraw_draft(by=by, course=version.course)
    with pytest.raises(PermissionDenied):
        published_by(by, version)
    assert version.course.versions.get().is_draft


def _no_lessons(version: CourseVersion) -> None:
    version.lessons.all().delete()


def _update(model: str, **fields: Any) -> Any:
    return lambda version: getattr(version, model).update(**fields)


OBSTACLES = {
    "There is no lesson yet": _no_lessons,
    "the bank holds 0": lambda version: version.questions.all().delete(),
    "0 of the bank are in the refresher": _update("questions", in_refresher=False),
    "has no text": _update("lessons", text=" "),
    "has a picture without words": _update("lessons", text="![](picture:1)"),
    "names a picture that is not there": _update("lessons", text="![A bin](picture:999)"),
    "names a picture that is not there: “https://example.org/a.png”": _update(
        "lessons", text="![A bin](https://example.org/a.png)"
    ),
    "has no right answer": lambda version: version.questions.all()[0].answers.update(
        is_right=False
    ),
    "has no wrong answer": lambda version: [
        version.questions.update(kind=QuestionKind.MULTIPLE),
        version.questions.all()[0].answers.update(is_right=True),
    ],
    "has 3 right answers, but takes only one": lambda version: version.questions.all()[
        0
    ].answers.update(is_right=True),
    "needs from two to six answers": lambda version: (
        version.questions.all()[0].answers.all().delete()
    ),
}


@pytest.mark.parametrize(("words", "spoil"), OBSTACLES.items(), ids=OBSTACLES)
def test_an_obstacle_is_named_and_stands_in_the_way(words: str, spoil: Any) -> None:
    version = draft()
    assert obstacles_of(version) == []
    spoil(version)

    assert any(words in problem.text for problem in obstacles_of(version))
    with pytest.raises(ValidationError) as refused:
        published_by(hr(), version)
    assert any(words in message for message in refused.value.messages)
    assert not CourseVersion.objects.published().exists()


def test_a_refresher_with_nothing_in_it_stands_in_the_way() -> None:
    version = draft(refresher_questions_drawn=0)
    version.questions.update(in_refresher=False)
    version.lessons.update(in_refresher=False)
    assert [problem.text for problem in obstacles_of(version)] == [
        "The refresher is empty. Put at least one lesson or question into it."
    ]


def test_all_obstacles_are_named_at_once() -> None:
    version = draft(questions_drawn=9)
    version.lessons.update(text="")
    with pytest.raises(ValidationError) as refused:
        published_by(hr(), version)
    assert len(refused.value.messages) == 3


def test_advice_does_not_stand_in_the_way() -> None:
    version = draft(questions_drawn=2)
    advice = [problem for problem in problems_of(version) if not problem.blocks]
    assert "whoever tries again gets the same ones" in advice[0].text
    published_by(hr(), version)


def test_problems_take_the_same_queries_however_long_the_course_is(
    django_assert_num_queries: Any,
) -> None:
    version = draft()
    for _ in range(5):
        LessonFactory(version=version)
        QuestionFactory(version=version)
    with django_assert_num_queries(4):
        problems_of(version)


def test_what_changed_is_told_lesson_by_lesson_and_question_by_question() -> None:
    by, first = hr(), draft()
    published_by(by, first)
    second = start_version(by=by, course=first.course)
    changed, removed = second.lessons.all()
    changed.text += "\n\nAnd on the telephone?"
    changed.save()
    removed.delete()
    LessonFactory(version=second, position=9, title="Quite new", text="Nothing like it was there.")
    second.questions.filter(position=1).update(text="Question 1: who, of all, may see a post?")
    CourseVersion.objects.filter(pk=second.pk).update(pass_mark=90)
    second.refresh_from_db()

    found = {each.name: each.what for each in differences(first, second)}

    assert found == {
        "Settings": "Changed",
        "Lesson: Lesson 1": "Changed",
        "Lesson: Quite new": "Added",
        "Lesson: Lesson 2": "Removed",
        "Question: Question 1: who, of all, may see a post?": "Changed",
    }


def test_another_lesson_to_read_again_is_a_change_of_the_question() -> None:
    by, first = hr(), draft()
    QuestionFactory(version=first, taught_in=first.lessons.all()[0], text="Which one?")
    published_by(by, first)
    second = start_version(by=by, course=first.course)
    second.questions.filter(text="Which one?").update(taught_in=second.lessons.all()[1])

    (found,) = differences(first, second)

    assert (found.name, found.what) == ("Question: Which one?", "Changed")
    told = {piece.text.strip() for piece in found.pieces if piece.kind != "same"}
    assert any("1" in each for each in told), told
    assert any("2" in each for each in told), told


def test_a_lesson_that_is_only_called_otherwise_changes_no_question() -> None:
    by, first = hr(), draft()
    lesson = first.lessons.all()[0]
    QuestionFactory(version=first, taught_in=lesson)
    QuestionFactory(version=first, lesson=lesson, text="Inside?")
    published_by(by, first)
    second = start_version(by=by, course=first.course)
    second.lessons.filter(position=1).update(title="A better title")
    assert [each.name for each in differences(first, second)] == ["Lesson: A better title"]


def test_questions_that_name_no_lesson_are_counted_for_their_author() -> None:
    version = draft()
    told = [each.text for each in problems_of(version) if not each.blocks]
    assert any(each.startswith("2 questions of the quiz name no lesson") for each in told)
    version.questions.filter(position=1).update(taught_in=version.lessons.all()[0])
    told = [each.text for each in problems_of(version) if not each.blocks]
    assert any(each.startswith("1 question of the quiz names no lesson") for each in told)
    version.questions.update(taught_in=version.lessons.all()[0])
    assert not any("no lesson" in each.text for each in problems_of(version))


def test_a_package_has_no_draft_its_next_version_is_imported(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    version = imported(hr())
    with pytest.raises(ValidationError, match="Import its next version instead"):
        start_version(by=hr(), course=version.course)
    page = text_of(as_person(hr()).get(f"/training/courses/{version.course.slug}/"))
    assert "came as a SCORM package" in page
    assert "Start a new version" not in page
