"""The courses that come with the product."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from training.models import QuestionKind
from training.starter.tables import CONTENT, BadContent, Table, place_of, table_in, text_in

MOST_MINUTES, MOST_MONTHS, MOST_QUESTIONS = 600, 60, 100


@dataclass(frozen=True, slots=True)
class StarterAnswer:
    text: str
    is_right: bool
    why: str


@dataclass(frozen=True, slots=True)
class StarterQuestion:
    kind: QuestionKind
    situation: str
    text: str
    why: str
    in_refresher: bool
    lesson: str
    """The name of the lesson inside which it is asked; empty: it is of the bank."""
    taught_in: str
    """Of the bank: the name of the lesson to read again after a wrong answer."""
    answers: tuple[StarterAnswer, ...]


@dataclass(frozen=True, slots=True)
class StarterLesson:
    name: str
    title: str
    text: str
    in_refresher: bool


@dataclass(frozen=True, slots=True)
class StarterCourse:
    """`{council}` in its texts stands for the council's name."""

    slug: str
    title: str
    summary: str
    minutes: int
    refresher_minutes: int
    valid_months: int
    pass_mark: int
    questions_drawn: int
    refresher_questions_drawn: int
    needed_to_write: bool
    needed_to_approve: bool
    lessons: tuple[StarterLesson, ...]
    questions: tuple[StarterQuestion, ...]

    @property
    def bank(self) -> tuple[StarterQuestion, ...]:
        return tuple(each for each in self.questions if not each.lesson)


def starter_courses(content: Path = CONTENT) -> tuple[StarterCourse, ...]:
    """Every course of the folder, by its slug. Raises BadContent."""
    folders = sorted(path.parent for path in (content / "courses").glob("*/course.toml"))
    if not folders:
        raise BadContent("courses: holds no course")
    return tuple(_course(folder, content) for folder in folders)


def _course(folder: Path, root: Path) -> StarterCourse:
    table = table_in(folder / "course.toml", root)
    names, refresher = table.names("lessons"), table.names("refresher")
    strays = set(refresher) - set(names)
    if not names or strays:
        raise table.fault(f"“refresher” names no lesson: {', '.join(strays) or 'there is none'}")
    written = {path.stem for path in (folder / "lessons").glob("*.md")}
    if written - set(names):
        raise table.fault(f"“lessons” leaves out {', '.join(sorted(written - set(names)))}")
    course = StarterCourse(
        slug=folder.name,
        title=table.text("title"),
        summary=table.text("summary"),
        minutes=table.number("minutes", MOST_MINUTES),
        refresher_minutes=table.number("refresher_minutes", MOST_MINUTES),
        valid_months=table.number("valid_months", MOST_MONTHS),
        pass_mark=table.number("pass_mark", 100),
        questions_drawn=table.number("questions", MOST_QUESTIONS),
        refresher_questions_drawn=table.number("refresher_questions", MOST_QUESTIONS),
        needed_to_write=table.flag("needed_to_write"),
        needed_to_approve=table.flag("needed_to_approve"),
        lessons=tuple(
            _lesson(folder / "lessons" / f"{name}.md", root, in_refresher=name in refresher)
            for name in names
        ),
        questions=_questions(folder / "questions.toml", root, names),
    )
    table.finish()
    _refuse_too_few(course, table)
    return course


def _refuse_too_few(course: StarterCourse, table: Table) -> None:
    again = [each for each in course.bank if each.in_refresher]
    if len(course.bank) < course.questions_drawn:
        raise table.fault("“questions” is more than the bank holds")
    if len(again) < course.refresher_questions_drawn:
        raise table.fault("“refresher_questions” is more than the bank holds for a refresher")


def _lesson(path: Path, root: Path, *, in_refresher: bool) -> StarterLesson:
    first, _, rest = text_in(path, root).partition("\n")
    if not first.startswith("# ") or not rest.strip():
        raise BadContent(f"{place_of(path, root)}: begin with “# Title”, and the text below it")
    return StarterLesson(path.stem, first[2:].strip(), rest.strip() + "\n", in_refresher)


def _questions(path: Path, root: Path, lessons: tuple[str, ...]) -> tuple[StarterQuestion, ...]:
    file = table_in(path, root)
    found = tuple(_question(each, lessons) for each in file.tables("question", "question"))
    file.finish()
    return found


def _question(table: Table, lessons: tuple[str, ...]) -> StarterQuestion:
    kind, lesson = table.text("kind"), table.text("lesson", "")
    if kind not in QuestionKind.values:
        raise table.fault(f"“kind” is one of {', '.join(QuestionKind.values)}")
    taught_in = table.text("taught_in", "")
    if bool(lesson) == bool(taught_in):
        raise table.fault("has to name either “lesson” or “taught_in”")
    if (lesson or taught_in) not in lessons:
        raise table.fault(f"there is no lesson “{lesson or taught_in}”")
    question = StarterQuestion(
        kind=QuestionKind(kind),
        situation=table.text("situation", ""),
        text=table.text("text"),
        why=table.text("why"),
        in_refresher=table.flag("in_refresher"),
        lesson=lesson,
        taught_in=taught_in,
        answers=tuple(_answer(each) for each in table.tables("answers", "answer")),
    )
    table.finish()
    _refuse_unanswerable(question, table)
    return question


def _answer(table: Table) -> StarterAnswer:
    answer = StarterAnswer(table.text("text"), table.flag("right"), table.text("why", ""))
    table.finish()
    return answer


def _refuse_unanswerable(question: StarterQuestion, table: Table) -> None:
    right = sum(answer.is_right for answer in question.answers)
    if not 2 <= len(question.answers) <= 6:
        raise table.fault("has to have from two to six answers")
    if len({answer.text for answer in question.answers}) < len(question.answers):
        raise table.fault("has the same answer twice")
    if not right or right == len(question.answers):
        raise table.fault("some answers have to be right, and some wrong")
    if question.kind == QuestionKind.SINGLE and right != 1:
        raise table.fault(f"is “single”, but {right} answers are right")
