"""What stands in the way of publishing a draft, and what its author should look at again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from training.models import CourseVersion, Lesson, LessonFile, Question, QuestionKind

FEWEST_ANSWERS, MOST_ANSWERS = 2, 6
_PICTURE = re.compile(r"!\[([^\]]*)\]\(\s*<?([^\s)>]*)")
_OURS = re.compile(r"picture:(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Problem:
    """`blocks`: the draft cannot be published with it. At most one of the two says where it is."""

    text: str
    blocks: bool = True
    lesson: Lesson | None = None
    question: Question | None = None


def problems_of(version: CourseVersion) -> list[Problem]:
    """What blocks first. Four queries, however much there is."""
    lessons = list(version.lessons.all())
    questions = list(version.questions.prefetch_related("answers"))
    pictures = set(LessonFile.objects.filter(course=version.course_id).values_list("pk", flat=True))
    found = [
        *_too_few(version, lessons, questions),
        *(problem for each in lessons for problem in _of_lesson(each, pictures)),
        *(problem for each in questions for problem in _of_question(each)),
        *_advice(version, lessons, questions),
    ]
    return sorted(found, key=lambda problem: not problem.blocks)


def obstacles_of(version: CourseVersion) -> list[Problem]:
    return [problem for problem in problems_of(version) if problem.blocks]


def _too_few(
    version: CourseVersion, lessons: list[Lesson], questions: list[Question]
) -> Iterator[Problem]:
    bank = [each for each in questions if each.lesson_id is None]
    again = sum(each.in_refresher for each in bank)
    if not lessons:
        yield Problem("There is no lesson yet. Add at least one.")
    if len(bank) < version.questions_drawn:
        yield Problem(
            f"A quiz draws {version.questions_drawn} questions, but the bank holds {len(bank)}."
            f" Add {version.questions_drawn - len(bank)}, or draw fewer."
        )
    if again < version.refresher_questions_drawn:
        yield Problem(
            f"A refresher’s quiz draws {version.refresher_questions_drawn} questions, but {again}"
            " of the bank are in the refresher. Put more into it, or draw fewer."
        )
    if lessons and not again and not any(each.in_refresher for each in lessons):
        yield Problem("The refresher is empty. Put at least one lesson or question into it.")


def _of_lesson(lesson: Lesson, pictures: set[int]) -> Iterator[Problem]:
    called = f"The lesson “{lesson.title}”"
    if not lesson.text.strip():
        yield Problem(f"{called} has no text.", lesson=lesson)
    if lesson.video_id and not lesson.transcript.strip():
        yield Problem(f"The video of the lesson “{lesson.title}” has no transcript.", lesson=lesson)
    for words, source in _PICTURE.findall(lesson.text):
        if not words.strip():
            yield Problem(
                f"{called} has a picture without words. Say in the square brackets what it shows.",
                lesson=lesson,
            )
        ours = _OURS.fullmatch(source)
        if not ours or int(ours[1]) not in pictures:
            yield Problem(
                f"{called} names a picture that is not there: “{source}”. Upload it again.",
                lesson=lesson,
            )


def _of_question(question: Question) -> Iterator[Problem]:
    answers = list(question.answers.all())
    right = sum(answer.is_right for answer in answers)
    called = f"The question “{question.text}”"
    if not FEWEST_ANSWERS <= len(answers) <= MOST_ANSWERS:
        yield Problem(f"{called} needs from two to six answers.", question=question)
    elif not right:
        yield Problem(f"{called} has no right answer.", question=question)
    elif question.kind == QuestionKind.SINGLE and right > 1:
        yield Problem(f"{called} has {right} right answers, but takes only one.", question=question)
    elif right == len(answers):
        yield Problem(f"{called} has no wrong answer.", question=question)


def _advice(
    version: CourseVersion, lessons: list[Lesson], questions: list[Question]
) -> Iterator[Problem]:
    bank = sum(each.lesson_id is None for each in questions)
    if 0 < version.questions_drawn == bank:
        yield Problem(
            "The bank holds no more questions than a quiz draws:"
            " whoever tries again gets the same ones.",
            blocks=False,
        )
    nowhere = sum(each.lesson_id is None and each.taught_in_id is None for each in questions)
    if nowhere and lessons:
        yield Problem(
            f"{nowhere} {'question' if nowhere == 1 else 'questions'} of the quiz"
            f" {'names' if nowhere == 1 else 'name'} no lesson: whoever gets a wrong answer is not"
            " told what to read again.",
            blocks=False,
        )
    if not bank:
        yield Problem("There is no quiz: whoever reads the last lesson has done it.", blocks=False)
    if lessons and not any(each.in_refresher for each in lessons):
        yield Problem("No lesson is in the refresher: it is a quiz only.", blocks=False)
    if all(each.in_refresher for each in lessons) and len(lessons) > 1:
        yield Problem(
            "Every lesson is in the refresher: it is as long as the course.", blocks=False
        )
