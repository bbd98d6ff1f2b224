"""A course is edited and re-issued: whoever was in date sees it as due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.permissions import CorporateRole
from tests.factories import AccountFactory, drafter_of, person
from tests.journeys.conftest import NewVisitor
from tests.training.making import published
from training.actions.completions import record_completion
from training.models import Course, CourseVersion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_hr_edits_a_course_and_asks_everybody_again(script: bool, visitor: NewVisitor) -> None:
    hr, learner = person(CorporateRole.HR), drafter_of(AccountFactory())
    course = Course.objects.create(slug="alt-text", title="Alt text", needed_to_write=True)
    published(course, questions_drawn=2, refresher_questions_drawn=1)
    record_completion(by=None, person=learner, course=course, completed_on=timezone.localdate())
    reader = visitor(script=script).is_signed_in_as(learner)
    reader.open("/training/")
    assert "You are up to date" in reader.words

    author = visitor(script=script).is_signed_in_as(hr)
    page = author.page
    author.open("/training/courses/")
    author.press("Alt text")
    author.press("Start a new version")
    author.press("Lesson 1")
    page.get_by_label("Text", exact=True).fill("## Say what matters\n\nWho does *what*?")
    if script:
        page.locator("#preview em").wait_for()
    else:
        author.press("Preview")
    assert page.locator("#preview h2").inner_text() == "Say what matters"
    author.press("Save")
    author.press("Add a question")
    page.get_by_label("Question", exact=True).fill("A picture shows a map. What do you write?")
    page.get_by_label("Answer 1", exact=True).fill("What the map tells the reader")
    page.get_by_label("Answer 1 is right").check()
    page.get_by_label("Answer 2", exact=True).fill("“A map”")
    page.get_by_label("Why is that right?").fill("The reader needs what the map says.")
    page.get_by_label("Which lesson answers it?").select_option("Lesson 2")
    author.press("Save")
    author.press("What changed")
    assert "Lesson: Lesson 1" in author.words
    assert "Question: A picture shows a map." in author.words
    author.press("The draft")
    author.press("Publish")
    page.get_by_label("What changed?").fill("How to describe a map.")
    page.get_by_label("Everybody, by a day that you name").check()
    by = timezone.localdate() + timedelta(days=21)
    page.get_by_label("By which day?").fill(by.strftime("%d/%m/%Y"))
    author.press("Publish")
    assert "Version 2 is published." in author.words

    version = CourseVersion.objects.get(number=2)
    assert version.asks_again_from == by + timedelta(days=1)
    asked = version.questions.get(text="A picture shows a map. What do you write?")
    assert asked.taught_in == version.lessons.get(title="Lesson 2")
    assert version.lessons.all()[0].text == "## Say what matters\n\nWho does *what*?"
    reader.open("/training/")
    assert "You are up to date" not in reader.words
    assert "Alt text" in page_about_what_is_due(reader.words)


def page_about_what_is_due(words: str) -> str:
    """What stands above the list of everything."""
    return words.partition("What posting needs from you")[2] or words
