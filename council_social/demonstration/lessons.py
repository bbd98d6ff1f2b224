"""A course of the demonstration is edited and re-issued, and somebody is in the middle of one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.words import Picture
from council_social.demonstration.writing import file_of
from training.actions.taking import begin, read_lesson
from training.actions.writing.files import add_file
from training.actions.writing.lessons import change_lesson
from training.actions.writing.versions import publish_draft, start_version
from training.models import Course, CourseVersion, Lesson
from training.writing.words import draft_token, lesson_words, token_of

COURSE, FOR_EVERYONE = "running-a-council-account", "social-media-for-everyone"
POSTER = Picture(
    "bins",
    "New bin days",
    "Look for the card through your door",
    "Three wheeled bins below the words “New bin days. Look for the card through your door”",
)
FILM = Picture("rain", "Flood warning", "Move cars from Mill Lane by 6pm", "", is_film=True)
TRANSCRIPT = (
    "The film has no sound. Rain falls on rising water. Words on the screen:"
    " “Flood warning. Move cars from Mill Lane by 6pm.”"
)
ASKED = "Look at this poster. Which of its words have to be in your post?"
WHAT_CHANGED = "A poster to describe, and a film of a flood warning as it should be posted."
READ_SO_FAR = 4


def tell_of_lessons(story: Story, cast: Cast) -> None:
    story.at(story.day(125, "10:00"), partial(_begin_anew, cast))
    story.at(story.day(124, "11:00"), partial(_add_poster, cast))
    story.at(story.day(124, "11:40"), partial(_add_film, cast))
    story.at(story.day(120, "09:30"), partial(_publish, cast))
    story.at(story.day(6, "13:10"), partial(_start, cast))
    for number in range(READ_SO_FAR):
        story.at(story.day(6 - number // 2, f"13:{20 + 9 * number}"), partial(_read_on, cast))


def _begin_anew(cast: Cast) -> None:
    start_version(by=cast.people["hugh.penrose"], course=Course.objects.get(slug=COURSE))


def _lesson(title: str) -> Lesson:
    return Lesson.objects.get(version=_draft(), title=title)


def _draft() -> CourseVersion:
    return CourseVersion.objects.select_related("course").get(
        course__slug=COURSE, published_at=None
    )


def _add_poster(cast: Cast) -> None:
    by, lesson = cast.people["hugh.penrose"], _lesson("Plain and accessible posts")
    course, words = lesson.version.course, lesson_words(lesson)
    kept = add_file(by=by, course=course, file=file_of(POSTER))
    shown = f"{words.text}\n\n{ASKED}\n\n![{POSTER.alt_text}](picture:{kept.pk})"
    changed = replace(words, text=shown)
    change_lesson(by=by, course=course, lesson_id=lesson.pk, words=changed, seen=token_of(words))


def _add_film(cast: Cast) -> None:
    by, lesson = cast.people["hugh.penrose"], _lesson("Emergencies and stops")
    course, words = lesson.version.course, lesson_words(lesson)
    kept = add_file(by=by, course=course, file=file_of(FILM))
    changed = replace(words, video_id=kept.pk, transcript=TRANSCRIPT)
    change_lesson(by=by, course=course, lesson_id=lesson.pk, words=changed, seen=token_of(words))


def _publish(cast: Cast) -> None:
    draft = _draft()
    publish_draft(
        by=cast.people["hugh.penrose"],
        course=draft.course,
        seen=draft_token(draft),
        what_changed=WHAT_CHANGED,
        again_by=None,
    )


def _start(cast: Cast) -> None:
    begin(by=cast.people["carol.dean"], course=Course.objects.get(slug=FOR_EVERYONE))


def _read_on(cast: Cast) -> None:
    carol = cast.people["carol.dean"]
    enrolment = carol.enrolments.under_way().get()
    read = enrolment.read.values("lesson")
    lesson = enrolment.version.lessons.exclude(pk__in=read)[0]
    read_lesson(by=carol, lesson=lesson)
