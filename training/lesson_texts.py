"""The text of a lesson as a page, its pictures at the address that serves them."""

from __future__ import annotations

import re

from django.db.models import Q
from django.urls import reverse

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from pages.markdown import Page, render
from training.models import Course, CourseVersion, Lesson, LessonFile

_PICTURE = re.compile(r"picture:(\d{1,18})")


def page_of(text: str, course: Course) -> Page:
    """`text` rendered; `![words](picture:7)` shows picture 7 of `course`, and no other source."""
    named = {int(pk) for pk in _PICTURE.findall(text)}
    there = LessonFile.objects.filter(course=course, pk__in=named) if named else ()
    addresses = {
        f"picture:{each.pk}": reverse("lesson_file", args=[course.slug, each.pk])
        for each in there
        if not each.is_video
    }
    return render(text, pictures=lambda source: addresses.get(source, ""))


def may_see_file(reader: User, file: LessonFile) -> bool:
    """Whether a version that was published shows it; whoever writes courses sees every file."""
    if may(reader, Permission.EDIT_COURSES):
        return True
    shown = Q(video=file) | Q(text__regex=rf"\(picture:{file.pk}[) ]")
    published = CourseVersion.objects.published().filter(course=file.course)
    return Lesson.objects.filter(shown, version__in=published).exists()
