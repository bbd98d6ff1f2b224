"""What a course, a version's settings, a lesson and a question say: to be typed, kept and compared.

The token of such words tells whether somebody else has changed them since a page showed them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from training.models import Course, CourseVersion, Lesson, Question, QuestionKind

UNLIMITED = "As often as they like"


@dataclass(frozen=True, slots=True)
class CourseFacts:
    title: str
    summary: str
    valid_months: int
    grace_days: int
    needed_to_write: bool
    needed_to_approve: bool

    def in_words(self) -> dict[str, str]:
        return {
            "Title": self.title,
            "Summary": self.summary,
            "Good for": f"{self.valid_months} months",
            "Days of grace": str(self.grace_days),
            "Needed to post": _yes(self.needed_to_write),
            "Needed to approve": _yes(self.needed_to_approve),
        }


@dataclass(frozen=True, slots=True)
class VersionSettings:
    pass_mark: int
    questions_drawn: int
    refresher_questions_drawn: int
    attempts_allowed: int | None
    minutes: int
    refresher_minutes: int

    def in_words(self) -> dict[str, str]:
        tries = self.attempts_allowed
        return {
            "Pass mark": f"{self.pass_mark}%",
            "Questions in a quiz": str(self.questions_drawn),
            "Questions in a refresher’s quiz": str(self.refresher_questions_drawn),
            "Tries before the lessons are read again": str(tries) if tries else UNLIMITED,
            "Minutes": str(self.minutes),
            "Minutes of the refresher": str(self.refresher_minutes),
        }


@dataclass(frozen=True, slots=True)
class LessonWords:
    title: str
    text: str
    in_refresher: bool
    video_id: int | None = None
    transcript: str = ""

    def in_words(self) -> dict[str, str]:
        return {
            "Title": self.title,
            "Text": self.text,
            "In the refresher": _yes(self.in_refresher),
            "Video": f"File {self.video_id}" if self.video_id else "",
            "Transcript": self.transcript,
        }


@dataclass(frozen=True, slots=True)
class AnswerWords:
    text: str
    is_right: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    kind: QuestionKind
    situation: str
    text: str
    why: str
    in_refresher: bool
    lesson_id: int | None
    answers: tuple[AnswerWords, ...]
    taught_in_id: int | None = None
    inside: str = field(default="", compare=False, repr=False)
    read_again: str = field(default="", compare=False, repr=False)
    """The titles of its lessons, only to be shown: a title that changes changes no question."""

    def in_words(self) -> dict[str, str]:
        return {
            "Inside the lesson": self.inside,
            "Kind": self.kind.label,
            "Situation": self.situation,
            "Question": self.text,
            "Answers": "\n".join(_answer(each) for each in self.answers),
            "Why": self.why,
            "Lesson to read again": self.read_again,
            "In the refresher": _yes(self.in_refresher),
        }


Words = CourseFacts | VersionSettings | LessonWords | QuestionWords


def token_of(words: object) -> str:
    """The same for the same words, and no other; for a hidden field of a form."""
    return hashlib.sha256(repr(words).encode()).hexdigest()[:20]


def facts_of(course: Course) -> CourseFacts:
    return CourseFacts(
        title=course.title,
        summary=course.summary,
        valid_months=course.valid_months,
        grace_days=course.grace_days,
        needed_to_write=course.needed_to_write,
        needed_to_approve=course.needed_to_approve,
    )


def settings_of(version: CourseVersion) -> VersionSettings:
    return VersionSettings(
        pass_mark=version.pass_mark,
        questions_drawn=version.questions_drawn,
        refresher_questions_drawn=version.refresher_questions_drawn,
        attempts_allowed=version.attempts_allowed,
        minutes=version.minutes,
        refresher_minutes=version.refresher_minutes,
    )


def lesson_words(lesson: Lesson) -> LessonWords:
    return LessonWords(
        title=lesson.title,
        text=lesson.text,
        in_refresher=lesson.in_refresher,
        video_id=lesson.video_id,
        transcript=lesson.transcript,
    )


def question_words(question: Question) -> QuestionWords:
    """With its answers and lessons: three queries, unless they were fetched with it."""
    return QuestionWords(
        kind=QuestionKind(question.kind),
        situation=question.situation,
        text=question.text,
        why=question.why,
        in_refresher=question.in_refresher,
        lesson_id=question.lesson_id,
        answers=tuple(
            AnswerWords(each.text, each.is_right, each.why) for each in question.answers.all()
        ),
        taught_in_id=question.taught_in_id,
        inside=question.lesson.title if question.lesson else "",
        read_again=question.taught_in.title if question.taught_in else "",
    )


def draft_token(draft: CourseVersion) -> str:
    """Of everything in a version: its settings, lessons and questions, in their order."""
    questions = draft.questions.with_all_its_words()
    return token_of(
        (
            settings_of(draft),
            [(each.pk, lesson_words(each)) for each in draft.lessons.all()],
            [(each.pk, question_words(each)) for each in questions],
        )
    )


def _answer(answer: AnswerWords) -> str:
    right = "Right" if answer.is_right else "Wrong"
    return f"{right}: {answer.text}" + (f" ({answer.why})" if answer.why else "")


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
