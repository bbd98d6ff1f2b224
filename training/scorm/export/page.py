"""The one page of an exported course: its lessons and questions, each shown in its turn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from pages.markdown import render
from training.models import CourseVersion, Lesson, LessonFile, Question

_PICTURE = re.compile(r"picture:(\d{1,18})")
_OWN_LINK = re.compile(r'<a href="(?!https?:|mailto:|#)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_OUTSIDE_LINK = re.compile(r'<a (href="https?:)')


@dataclass(frozen=True, slots=True)
class ExportedLesson:
    title: str
    html: SafeString
    questions: tuple[Question, ...]
    video: str = ""
    """The path of the film in the package."""
    video_type: str = ""
    transcript: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class ExportedPage:
    html: str
    files: dict[str, LessonFile]
    """By their paths in the package."""
    has_quiz: bool


def page_of_course(version: CourseVersion) -> ExportedPage:
    """The page, and the pictures and films that it shows."""
    there = {each.pk: each for each in LessonFile.objects.filter(course=version.course_id)}
    used: dict[str, LessonFile] = {}
    lessons = [
        _lesson(lesson, there, used)
        for lesson in version.lessons.select_related("video").prefetch_related("questions__answers")
    ]
    bank = tuple(version.questions.bank().with_all_its_words())
    context = {
        "course": version.course,
        "lessons": lessons,
        "bank": bank,
        "facts": {
            "attempts": version.attempts_allowed,
            "draws": min(version.questions_drawn, len(bank)),
            "passMark": version.pass_mark,
        },
    }
    html = render_to_string("training/scorm/export/index.html", context)
    return ExportedPage(html, used, bool(bank))


def _lesson(
    lesson: Lesson, there: dict[int, LessonFile], used: dict[str, LessonFile]
) -> ExportedLesson:
    video = lesson.video
    return ExportedLesson(
        title=lesson.title,
        html=_html(lesson.text, there, used),
        questions=tuple(lesson.questions.all()),
        video=_use(video, used) if video else "",
        video_type=video.content_type if video else "",
        transcript=_html(lesson.transcript, there, used) if lesson.transcript else "",
    )


def _html(text: str, there: dict[int, LessonFile], used: dict[str, LessonFile]) -> SafeString:
    """The text as HTML. What leads to a page of ours is words only: it would lead nowhere."""

    def address(source: str) -> str:
        found = _PICTURE.fullmatch(source)
        file = there.get(int(found[1])) if found else None
        return _use(file, used) if file and not file.is_video else ""

    html = _OWN_LINK.sub(r"\1", str(render(text, pictures=address).html))
    return mark_safe(_OUTSIDE_LINK.sub(r'<a target="_blank" \1', html))  # noqa: S308 - cleaned


def _use(file: LessonFile, used: dict[str, LessonFile]) -> str:
    path = f"files/{file.digest[:32]}{PurePosixPath(file.file.name or '').suffix.lower()}"
    used[path] = file
    return path


def paths_of(page: ExportedPage, own: Iterable[str]) -> list[str]:
    return [*own, *sorted(page.files)]
