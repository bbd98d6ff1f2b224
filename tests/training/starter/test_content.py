"""What the courses and policies that come with the product promise."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, ResolverMatch, resolve

from pages.markdown import render
from training.models import QuestionKind
from training.starter.courses import StarterCourse, starter_courses
from training.starter.policies import starter_policies

COURSES, POLICIES = starter_courses(), starter_policies()
LONGEST_SENTENCE = 25
_ENDS = re.compile(r"(?<=[.!?])[”’)]?\s+|^\s*(?:[-*]|\d+\.)\s+|\n\s*\n|\|", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)]*)\)")

every_course = pytest.mark.parametrize("course", COURSES, ids=lambda course: course.slug)


def texts_of(course: StarterCourse) -> Iterator[str]:
    yield course.summary
    for lesson in course.lessons:
        yield lesson.text
    for question in course.questions:
        yield from (question.situation, question.text, question.why)
        for answer in question.answers:
            yield from (answer.text, answer.why)


EVERYTHING = [
    *(pytest.param(list(texts_of(course)), id=course.slug) for course in COURSES),
    *(pytest.param([policy.summary, policy.text], id=policy.slug) for policy in POLICIES),
]


def sentences(text: str) -> list[str]:
    return [each.strip() for each in _ENDS.split(text) if each.strip()]


def test_sentences_are_told_apart() -> None:
    text = "One. Two?\n\n- Three\n- Four\n\n| Five | Six |"
    assert sentences(text) == ["One.", "Two?", "Three", "Four", "Five", "Six"]


def test_there_are_the_five_courses_and_the_five_policies() -> None:
    assert len(COURSES) == 5
    assert [course.slug for course in COURSES if course.needed_to_write] == [
        "running-a-council-account"
    ]
    assert [course.slug for course in COURSES if course.needed_to_approve] == ["approving-well"]
    assert len({policy.kind for policy in POLICIES}) == len(POLICIES) == 5


@every_course
def test_a_course_has_lessons_and_a_bank_to_draw_from(course: StarterCourse) -> None:
    assert len(course.lessons) >= 7
    assert len(course.bank) >= 15
    assert 2 <= sum(lesson.in_refresher for lesson in course.lessons) <= len(course.lessons) // 2
    asked_inside = {question.lesson for question in course.questions if question.lesson}
    assert asked_inside == {lesson.name for lesson in course.lessons}


@every_course
def test_every_question_of_the_quiz_names_a_lesson_to_read_again(course: StarterCourse) -> None:
    assert {each.taught_in for each in course.bank} <= {each.name for each in course.lessons}


@every_course
def test_a_refresher_is_shorter_than_the_course(course: StarterCourse) -> None:
    assert course.refresher_minutes <= course.minutes / 2
    assert course.refresher_questions_drawn < course.questions_drawn


@every_course
def test_some_questions_tell_a_situation_and_some_have_several_right_answers(
    course: StarterCourse,
) -> None:
    assert sum(bool(question.situation) for question in course.bank) >= 5
    assert sum(question.kind == QuestionKind.MULTIPLE for question in course.bank) >= 4


@every_course
def test_a_question_is_right_where_its_kind_says_so(course: StarterCourse) -> None:
    for question in course.questions:
        right = sum(answer.is_right for answer in question.answers)
        wrong = len(question.answers) - right
        assert (right == 1) == (question.kind == QuestionKind.SINGLE), question.text
        assert wrong, question.text


@every_course
def test_the_longest_answer_is_not_a_hint(course: StarterCourse) -> None:
    single = [each for each in course.bank if each.kind == QuestionKind.SINGLE]
    longest = [max(each.answers, key=lambda answer: len(answer.text)) for each in single]
    assert sum(answer.is_right for answer in longest) < len(single) / 2


@pytest.mark.parametrize("texts", EVERYTHING)
def test_no_sentence_is_long(texts: list[str]) -> None:
    long = [
        each for text in texts for each in sentences(text) if len(each.split()) > LONGEST_SENTENCE
    ]
    assert long == []


@pytest.mark.parametrize("texts", EVERYTHING)
def test_nothing_waits_to_be_filled_in(texts: list[str]) -> None:
    for text in texts:
        named = text.replace("{council}", "")
        assert not re.search(r"[{}<]|\[[^\]]*\](?!\()|\bTBC\b|lorem|’’|''", named), named


@pytest.mark.parametrize("texts", EVERYTHING)
def test_links_lead_to_pages_that_there_are(texts: list[str]) -> None:
    slugs = {policy.slug for policy in POLICIES}
    for link in _LINK.findall("\n".join(texts)):
        match = resolve_or_none(link)
        assert match is not None, link
        if match.url_name == "policy":
            assert match.kwargs["slug"] in slugs


def resolve_or_none(link: str) -> ResolverMatch | None:
    try:
        return resolve(link)
    except Resolver404:
        return None


def test_every_text_is_markdown_without_a_heading_of_the_first_level() -> None:
    for course in COURSES:
        for lesson in course.lessons:
            assert not re.search(r"^# ", lesson.text, re.MULTILINE), lesson.name
            assert "<p>" in render(lesson.text).html
