"""Drafts of versions: starting one, its settings, withdrawing it, publishing it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.models import Course, CourseVersion, ScormPackage
from training.writing.copying import copy_content
from training.writing.locks import lock_course, lock_draft, refuse_stale
from training.writing.problems import obstacles_of
from training.writing.words import VersionSettings, draft_token, settings_of


@transaction.atomic
def start_version(*, by: User, course: Course) -> CourseVersion:
    """A draft that begins as a copy of the published version. There is one at a time: that one.

    Raises ValidationError for a course that is put away, or made elsewhere.
    """
    demand(by, Permission.EDIT_COURSES)
    locked = lock_course(course)
    if locked.archived_at:
        raise ValidationError("This course is put away. Bring it back first.")
    draft = locked.versions.filter(published_at=None).first()
    if draft:
        return draft
    before = locked.versions.order_by("-number").first()
    if before and ScormPackage.objects.filter(version=before).exists():
        raise ValidationError("This course is a SCORM package. Import its next version instead.")
    draft = CourseVersion.objects.create(
        course=locked,
        number=before.number + 1 if before else 1,
        made_by=by,
        **(asdict(settings_of(before)) if before else {}),
    )
    if before:
        copy_content(before, draft)
    record(Event.COURSE_DRAFT_STARTED, by=by, on=locked, after={"version": draft.number})
    return draft


@transaction.atomic
def change_version(
    *, by: User, course: Course, settings: VersionSettings, seen: str
) -> CourseVersion:
    """Change pass mark, questions drawn and the like of the draft. Raises StaleWords."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    before = settings_of(draft)
    refuse_stale(before, seen, settings)
    if settings == before:
        return draft
    for name, value in asdict(settings).items():
        setattr(draft, name, value)
    draft.save(update_fields=list(asdict(settings)))
    record(
        Event.COURSE_DRAFT_CHANGED,
        by=by,
        on=course,
        before=before.in_words(),
        after={"version": draft.number, **settings.in_words()},
    )
    return draft


@transaction.atomic
def withdraw_draft(*, by: User, course: Course) -> None:
    """The draft is gone; what is published stands. Raises ValidationError where there is none."""
    demand(by, Permission.EDIT_COURSES)
    draft = lock_draft(course)
    after = {
        "version": draft.number,
        "lessons": draft.lessons.count(),
        "questions": draft.questions.count(),
    }
    draft.delete()
    record(Event.COURSE_DRAFT_WITHDRAWN, by=by, on=course, after=after)


@transaction.atomic
def publish_draft(
    *, by: User, course: Course, seen: str, what_changed: str, again_by: date | None
) -> CourseVersion:
    """The draft becomes the version that everybody takes, and never changes any more.

    `seen` is the token of the draft as it was shown. With `again_by`, everybody is asked again:
    after that day only completions of this version count. Raises ValidationError.
    """
    demand(by, Permission.EDIT_COURSES)
    locked = lock_course(course)
    draft = lock_draft(locked)
    _refuse_unready(locked, draft, seen)
    if again_by and again_by <= timezone.localdate():
        raise ValidationError({"again_by": "Choose a day after today, so that people have time."})
    if draft.number > 1 and not what_changed.strip():
        raise ValidationError({"what_changed": "Say what changed, for people who did it before."})
    draft.what_changed = what_changed.strip()
    draft.asks_again_from = again_by + timedelta(days=1) if again_by else None
    draft.published_by, draft.published_at = by, timezone.now()
    draft.save()
    record(
        Event.COURSE_PUBLISHED,
        by=by,
        on=locked,
        after={
            "version": draft.number,
            "what_changed": draft.what_changed,
            **({"asked_again_by": again_by} if again_by else {}),
        },
    )
    return draft


def _refuse_unready(course: Course, draft: CourseVersion, seen: str) -> None:
    if course.archived_at:
        raise ValidationError("This course is put away. Bring it back before you publish.")
    if seen != draft_token(draft):
        raise ValidationError(
            "Somebody changed the draft since you opened this page. Look at it again, then publish."
        )
    if obstacles := obstacles_of(draft):
        raise ValidationError([problem.text for problem in obstacles])
