"""Adding what comes with the product: its courses, and its policies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.models import (
    Answer,
    Course,
    CourseVersion,
    Lesson,
    PolicyDocument,
    PolicyVersion,
    Question,
)
from training.starter.courses import StarterCourse, StarterQuestion, starter_courses
from training.starter.policies import StarterPolicy, starter_policies

TIME_TO_READ = timedelta(days=28)
"""How long people have to acknowledge a policy before posting needs it."""


def missing_courses() -> list[StarterCourse]:
    """Those that come with the product and are not here, not even put away. One query."""
    here = set(Course.objects.values_list("slug", flat=True))
    return [each for each in starter_courses() if each.slug not in here]


def missing_policies() -> list[StarterPolicy]:
    here = set(PolicyDocument.objects.values_list("slug", flat=True))
    return [each for each in starter_policies() if each.slug not in here]


@transaction.atomic
def add_starter_courses(*, by: User | None, needed: bool = False) -> list[Course]:
    """Every course that is missing, published as its version 1. Those that are there stay.

    With `needed`, posting and approving ask at once for the courses that were written for them;
    without it, somebody decides that later, on the page of each.
    """
    if by is not None:
        demand(by, Permission.EDIT_COURSES)
    added = [(each, _course(each, by, needed=needed)) for each in missing_courses()]
    for starter, course in added:
        version = _version(course, by, starter)
        _fill(version, starter)
        # Only now: what is in a version that is published does not change any more.
        version.published_by, version.published_at = by, timezone.now()
        version.save(update_fields=["published_by", "published_at"])
        after = {"lessons": len(starter.lessons), "questions": len(starter.questions)}
        record(Event.COURSE_ADDED, by=by, on=course, after=after)
    return [course for _, course in added]


@transaction.atomic
def add_starter_policies(*, by: User | None) -> list[PolicyDocument]:
    """Every policy that is missing, its version 1 published and in force today.

    Posting needs them four weeks from now, so that people have the time to read them.
    """
    if by is not None:
        demand(by, Permission.EDIT_POLICIES)
    return [_publish(_draft(each, by)) for each in missing_policies()]


@transaction.atomic
def draft_starter_policies(*, by: User) -> list[PolicyDocument]:
    """Every policy that is missing as a draft, for `by` to consult on and to publish.

    Nobody is asked for anything until then.
    """
    demand(by, Permission.EDIT_POLICIES)
    drafts = [_draft(each, by) for each in missing_policies()]
    for draft in drafts:
        record(Event.POLICY_ADDED, by=by, on=draft.document, after={"version": draft.number})
    return [draft.document for draft in drafts]


def _course(starter: StarterCourse, by: User | None, *, needed: bool) -> Course:
    return Course.objects.create(
        slug=starter.slug,
        title=starter.title,
        summary=_named(starter.summary),
        valid_months=starter.valid_months,
        needed_to_write=needed and starter.needed_to_write,
        needed_to_approve=needed and starter.needed_to_approve,
    )


def _version(course: Course, by: User | None, starter: StarterCourse) -> CourseVersion:
    return CourseVersion.objects.create(
        course=course,
        number=1,
        pass_mark=starter.pass_mark,
        questions_drawn=starter.questions_drawn,
        refresher_questions_drawn=starter.refresher_questions_drawn,
        minutes=starter.minutes,
        refresher_minutes=starter.refresher_minutes,
        made_by=by,
    )


def _fill(version: CourseVersion, starter: StarterCourse) -> None:
    lessons = {
        each.name: Lesson(
            version=version,
            position=position,
            title=each.title,
            text=_named(each.text),
            in_refresher=each.in_refresher,
        )
        for position, each in enumerate(starter.lessons, 1)
    }
    Lesson.objects.bulk_create(lessons.values())
    questions = [
        _question(version, lessons, position, each)
        for position, each in enumerate(starter.questions, 1)
    ]
    Question.objects.bulk_create(questions)
    Answer.objects.bulk_create(_answers(zip(questions, starter.questions, strict=True)))


def _question(
    version: CourseVersion, lessons: Mapping[str, Lesson], position: int, starter: StarterQuestion
) -> Question:
    return Question(
        version=version,
        lesson=lessons.get(starter.lesson),
        taught_in=lessons.get(starter.taught_in),
        position=position,
        kind=starter.kind,
        situation=_named(starter.situation),
        text=_named(starter.text),
        why=_named(starter.why),
        in_refresher=starter.in_refresher,
    )


def _answers(pairs: Iterable[tuple[Question, StarterQuestion]]) -> list[Answer]:
    return [
        Answer(
            question=question,
            position=position,
            text=_named(each.text),
            is_right=each.is_right,
            why=_named(each.why),
        )
        for question, starter in pairs
        for position, each in enumerate(starter.answers, 1)
    ]


def _draft(starter: StarterPolicy, by: User | None) -> PolicyVersion:
    document = PolicyDocument.objects.create(
        slug=starter.slug,
        title=starter.title,
        kind=starter.kind,
        summary=_named(starter.summary),
        needed_to_write=starter.needed_to_write,
        valid_months=starter.valid_months,
        owner=by,
    )
    return PolicyVersion.objects.create(
        document=document, number=1, text=_named(starter.text), drafted_by=by
    )


def _publish(draft: PolicyVersion) -> PolicyDocument:
    draft.in_force_from = timezone.localdate()
    draft.needed_from = draft.in_force_from + TIME_TO_READ
    draft.published_by, draft.published_at = draft.drafted_by, timezone.now()
    draft.save(update_fields=["in_force_from", "needed_from", "published_by", "published_at"])
    after = {"version": draft.number}
    record(Event.POLICY_PUBLISHED, by=draft.drafted_by, on=draft.document, after=after)
    return draft.document


def _named(text: str) -> str:
    return text.replace("{council}", settings.COUNCIL_NAME)
