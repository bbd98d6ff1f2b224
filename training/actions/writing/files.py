"""Pictures and videos of lessons."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.models import Course, LessonFile
from training.writing.locks import lock_draft
from uploads.clean import clean
from uploads.store import digest_of_file, keep

FOLDER = "lessons"


def add_file(*, by: User, course: Course, file: UploadedFile) -> LessonFile:
    """The file, made again without what it hides, for the lessons of this course; the same bytes
    once.

    The slow part holds no lock. Raises UploadRefused, and ValidationError where there is no draft.
    """
    demand(by, Permission.EDIT_COURSES)
    with clean(file) as cleaned:
        digest = digest_of_file(cleaned.content)
        name = keep(cleaned.content, FOLDER, digest, cleaned.extension, cleaned.size)
        with transaction.atomic():
            lock_draft(course)
            kept, is_new = LessonFile.objects.get_or_create(
                course=course,
                digest=digest,
                defaults={
                    "file": name,
                    "content_type": cleaned.content_type,
                    "original_name": cleaned.name,
                    "size": cleaned.size,
                    "width": cleaned.width,
                    "height": cleaned.height,
                    "uploaded_by": by,
                },
            )
            if is_new:
                after = {"name": kept.original_name, "digest": digest}
                record(Event.LESSON_FILE_ADDED, by=by, on=course, after=after)
            return kept
