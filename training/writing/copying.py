"""A draft begins as a copy: of the lessons, questions and answers of the version before it."""

from __future__ import annotations

from training.models import Answer, CourseVersion, Lesson, Question


def copy_content(old: CourseVersion, new: CourseVersion) -> None:
    """Seven queries, however much there is."""
    lessons = {each.pk: _again(each, version=new) for each in old.lessons.all()}
    Lesson.objects.bulk_create(lessons.values())
    questions: dict[int, Question] = {}
    answers = []
    for each in old.questions.prefetch_related("answers"):
        inside, taught_in = (lessons.get(pk or 0) for pk in (each.lesson_id, each.taught_in_id))
        questions[each.pk] = _question(each, new, inside, taught_in)
        answers += [(each.pk, answer) for answer in each.answers.all()]
    Question.objects.bulk_create(questions.values())
    Answer.objects.bulk_create(_answer(answer, questions[pk]) for pk, answer in answers)


def _again(lesson: Lesson, version: CourseVersion) -> Lesson:
    return Lesson(
        version=version,
        position=lesson.position,
        title=lesson.title,
        text=lesson.text,
        in_refresher=lesson.in_refresher,
        video_id=lesson.video_id,
        transcript=lesson.transcript,
    )


def _question(
    question: Question, version: CourseVersion, lesson: Lesson | None, taught_in: Lesson | None
) -> Question:
    return Question(
        version=version,
        lesson=lesson,
        taught_in=taught_in,
        position=question.position,
        kind=question.kind,
        situation=question.situation,
        text=question.text,
        why=question.why,
        in_refresher=question.in_refresher,
    )


def _answer(answer: Answer, question: Question) -> Answer:
    return Answer(
        question=question,
        position=answer.position,
        text=answer.text,
        is_right=answer.is_right,
        why=answer.why,
    )
