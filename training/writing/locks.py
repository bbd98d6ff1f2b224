"""Locking what somebody changes, and noticing that somebody else was quicker."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from training.models import Course, CourseVersion
from training.writing.words import Words, token_of

NO_DRAFT = "There is no draft any more: it was published or withdrawn. Start a new version."


class StaleWords(Exception):
    """Somebody else changed it since the page was opened. `kept` is what stands now; None: gone."""

    def __init__(self, kept: Words | None) -> None:
        super().__init__("changed meanwhile")
        self.kept = kept


def lock_course(course: Course) -> Course:
    return Course.objects.select_for_update().get(pk=course.pk)


def lock_draft(course: Course) -> CourseVersion:
    """The draft of the course, for every change to anything in it. Raises ValidationError."""
    locked = CourseVersion.objects.select_for_update().filter(course=course, published_at=None)
    draft = locked.first()
    if draft is None:
        raise ValidationError(NO_DRAFT)
    draft.course = course
    return draft


def refuse_stale(kept: Words, seen: str, wanted: Words) -> None:
    """Raises StaleWords where `kept` is not what was seen. The same words again are harmless."""
    if seen != token_of(kept) and wanted != kept:
        raise StaleWords(kept)
