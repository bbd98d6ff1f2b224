"""A content file that is not as it has to be is refused, by its name and with its fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from training.starter.courses import starter_courses
from training.starter.policies import starter_policies
from training.starter.tables import CONTENT, BadContent

COURSE = "courses/approving-well/course.toml"
QUESTIONS = "courses/approving-well/questions.toml"
LESSON = "courses/approving-well/lessons/emergencies.md"
LISTED = "policies/policies.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (COURSE, "pass_mark = 80\n", "", "course.toml: “pass_mark” is missing"),
        (COURSE, "pass_mark = 80", "pass_mark = 101", "“pass_mark” has to be a whole number from"),
        (COURSE, "minutes = 50", 'minutes = "50"', "“minutes” has to be a whole number"),
        (COURSE, "minutes = 50", "minutes = 50\ncolour = 1", "nobody knows “colour”"),
        (COURSE, "minutes = 50", "minutes = ", "course.toml: Invalid value"),
        (COURSE, "needed_to_approve = true", "needed_to_approve = 1", "has to be true or false"),
        (COURSE, 'title = "Approving well"', 'title = " "', "has to be a text that says something"),
        (COURSE, '"emergencies", ', "", "“lessons” leaves out emergencies"),
        (COURSE, '"emergencies", ', '"emergencies", "emergencies", ', "names something twice"),
        (COURSE, '"emergencies", ', '"emergencies", "nothing", ', "lessons/nothing.md: cannot be"),
        (COURSE, "refresher = [", 'refresher = ["nothing", ', "names no lesson: nothing"),
        (COURSE, "\nquestions = 10", "\nquestions = 99", "more than the bank holds"),
        (COURSE, "refresher_questions = 6", "refresher_questions = 99", "holds for a refresher"),
        (QUESTIONS, 'kind = "single"', 'kind = "double"', "question 1: “kind” is one of"),
        (QUESTIONS, 'kind = "single"', 'kind = "multiple"\nlesson = "x"', "questions.toml: "),
        (QUESTIONS, 'lesson = "what-approval-means"', 'lesson = "x"', "there is no lesson “x”"),
        (QUESTIONS, 'taught_in = "what-approval-means"', "", "has to name either “lesson” or"),
        (QUESTIONS, 'taught_in = "facts-and-tone"', 'taught_in = "x"', "there is no lesson “x”"),
        (QUESTIONS, 'lesson = "facts-and-tone"',
         'lesson = "facts-and-tone"\ntaught_in = "emergencies"', "either “lesson” or “taught_in”"),
        (QUESTIONS, "right = true", "", "question 1: some answers have to be right, and some"),
        (QUESTIONS, "[[question.answers]]", "[[question.answers]]\nright = true",
         "question 1: is “single”, but 2 answers are right"),
        (QUESTIONS, "It counts for the accounts that show no pictures",
         "It stays, if a comment says what was changed", "has the same answer twice"),
        (LESSON, "# ", "", "lessons/emergencies.md: begin with “# Title”"),
    ],
)  # fmt: skip
def test_a_fault_in_a_course_is_named(
    folder: Path, file: str, old: str, new: str, fault: str
) -> None:
    _replace(folder / file, old, new)

    with pytest.raises(BadContent) as refused:
        starter_courses(folder)

    assert fault in str(refused.value)
    assert str(refused.value).startswith("courses/approving-well/")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('kind = "strategy"', 'kind = "poem"', "policies.toml, policy 2: “kind” is one of"),
        ("valid_months = 12", "valid_months = 0", "policy 1: “valid_months” has to be"),
        ('slug = "members-guidance"', 'slug = "site-owners-policy"', "and each once"),
        ('slug = "members-guidance"', 'slug = "nothing"', "policies/nothing.md: cannot be read"),
    ],
)
def test_a_fault_in_a_policy_is_named(folder: Path, old: str, new: str, fault: str) -> None:
    _replace(folder / LISTED, old, new)

    with pytest.raises(BadContent) as refused:
        starter_policies(folder)

    assert fault in str(refused.value)


def test_an_empty_folder_is_no_content(tmp_path: Path) -> None:
    with pytest.raises(BadContent, match="holds no course"):
        starter_courses(tmp_path)


def _replace(path: Path, old: str, new: str) -> None:
    """The first place only."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
