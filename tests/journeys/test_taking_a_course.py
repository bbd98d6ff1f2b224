"""A new member of staff: refused, trained, certified, and writing their first draft."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import SocialAccount, User
from publishing.models import Post
from tests.factories import AccountFactory, CourseFactory, drafter_of
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor
from tests.training.certificates.reading import words_of
from tests.training.making import QuestionFactory, publish, published
from tests.training.taking.going import passed, right_of
from training.models import Completion, CourseVersion, DrawnQuestion, LessonRead, QuizAttempt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOTH = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@pytest.fixture
def account(transactional_db: None) -> SocialAccount:
    return AccountFactory(platform="x", name="Wealdmoor Libraries", handle="wmlibraries")


@pytest.fixture
def version(transactional_db: None) -> CourseVersion:
    """Two lessons, the first with a short question, and a quiz of three on the other."""
    draft = published(CourseFactory(), lessons=2, questions=3, published_at=None)
    draft.questions.update(taught_in=draft.lessons.get(title="Lesson 2"))
    QuestionFactory(version=draft, lesson=draft.lessons.all()[0], text="Is it private?")
    return publish(draft)


@pytest.fixture
def nia(account: SocialAccount, version: CourseVersion) -> User:
    """New: her role is given, and nothing is learnt yet."""
    new = drafter_of(account, name="Nia New")
    Completion.objects.filter(user=new).delete()
    return new


def answer(visitor: Visitor, *, rightly: bool = True) -> None:
    """The question that is open, then on to what follows."""
    drawn = DrawnQuestion.objects.filter(answered_at=None).order_by("attempt", "position")[0]
    right = right_of(drawn)
    chosen = right if rightly else [pk for pk in drawn.order if pk not in right][:1]
    for pk in chosen:
        visitor.page.locator(f'[name="chosen"][value="{pk}"]').check()
    visitor.press("Answer")


@BOTH
def test_from_the_first_sign_in_to_the_first_draft(
    script: bool, visitor: NewVisitor, nia: User
) -> None:
    new = visitor(script=script)
    new.sign_in(nia)
    new.open("/posts/new/")
    assert "The course “Running a council account” is not done." in new.words

    new.press("Training")
    assert "You cannot post until it is done." in new.words
    new.press("Start Running a council account")
    new.page.get_by_label("Everybody").check()
    new.press("See if it is right")
    assert "Your answer, and right" in new.words
    new.press("Continue")
    new.press("Continue to the quiz")
    new.press("Start the quiz")
    for _ in range(2):
        answer(new)
        assert "What is on the internet can be copied." in new.words
        new.press("Next question")
    answer(new)
    new.press("See your result")
    assert "You passed" in new.words

    new.press("See your certificate")
    assert "This certificate is valid until" in new.words
    assert "Nia New" in new.words
    with new.page.expect_download() as download:
        new.page.get_by_role("button", name="Download as PDF").click()
    assert "Nia New has completed the course" in words_of(download.value.path().read_bytes())

    new.open("/")
    new.press("Write a post")
    new.page.get_by_label("@wmlibraries").check()
    new.page.get_by_label("Text", exact=True).fill("The library opens at nine.")
    new.press("Save draft")
    assert Post.objects.get().author == nia


def test_training_goes_on_in_two_clicks_and_a_certificate_is_one(
    visitor: NewVisitor, nia: User, version: CourseVersion
) -> None:
    new = visitor().is_signed_in_as(nia)
    new.open(reverse("training"))
    new.press("Start Running a council account")
    new.press("Continue")
    second = reverse("lesson", args=[version.course.slug, 2])
    for first_click in ("Training and policies due", "Training"):
        new.open("/")
        new.clicks = 0
        new.press(first_click)
        new.press("Continue Running a council account")
        assert (new.clicks, new.path) == (2, second)

    done = passed(nia, version.course)
    new.open(reverse("training"))
    new.clicks = 0
    new.press("Certificate Running a council account")
    assert (new.clicks, new.path) == (1, reverse("certificate", args=[done.reference]))


@BOTH
def test_everything_can_be_pressed_twice_and_gone_back_from(
    script: bool, visitor: NewVisitor, nia: User, version: CourseVersion
) -> None:
    new = visitor(script=script).is_signed_in_as(nia)
    new.open(reverse("course", args=[version.course.slug]))
    new.press("Start", twice=True)
    new.press("Continue", twice=True)
    new.press("Continue to the quiz", twice=True)
    assert LessonRead.objects.count() == 2
    new.press("Start the quiz", twice=True)
    assert QuizAttempt.objects.count() == 1
    answer(new, rightly=False)
    new.press("Next question")
    with new.page.expect_navigation():
        new.page.go_back()
    new.page.reload()
    assert "Not right" in new.words
    new.press("Lesson 2")
    assert "Would you say it at the counter?" in new.words
    new.press("Continue to the quiz")
    for last in (False, True):
        answer(new, rightly=False)
        new.press("See your result" if last else "Next question")
    assert "Not passed yet" in new.words
    new.press("Try again", twice=True)
    assert QuizAttempt.objects.count() == 2
    assert "Question 1 of 3" in new.words


def test_every_page_of_a_course_is_fit_for_everybody(
    visitor: NewVisitor, nia: User, version: CourseVersion
) -> None:
    new = visitor().is_signed_in_as(nia)
    course = version.course.slug
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        found[name] = violations(new)
        new.page.set_viewport_size({"width": 1280, "height": 900})

    new.open(reverse("training"))
    look("what is due")
    new.press("Start Running a council account")
    look("lesson")
    new.page.get_by_label("Nobody").check()
    new.press("See if it is right")
    look("short question")
    new.press("Continue")
    new.open(reverse("course", args=[course]))
    look("course under way")
    new.press("Continue")
    new.press("Continue to the quiz")
    look("quiz")
    new.press("Start the quiz")
    look("question")
    new.press("Answer")
    assert new.page.title().startswith("Error:")
    look("question refused")
    for last in (False, False, True):
        answer(new, rightly=False)
        look("feedback")
        new.press("See your result" if last else "Next question")
    look("failed")
    done = passed(nia, version.course)
    new.page.reload()
    look("passed")
    new.open(reverse("certificate", args=[done.reference]))
    look("certificate")
    new.open(reverse("certificates") + "?number=x")
    look("number refused")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
