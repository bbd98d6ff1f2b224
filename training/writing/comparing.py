"""How a draft differs from the version that is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TypeVar

from pages.differences import Piece, lines_changed
from training.models import CourseVersion
from training.writing.words import Words, lesson_words, question_words, settings_of

LIKE = 0.5
"""From this likeness on, a text is the other one changed and not a new one."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Difference:
    """One lesson, question, or the settings. `what` says what happened: Changed, Added, Removed."""

    name: str
    what: str
    pieces: tuple[Piece, ...]


def differences(old: CourseVersion | None, new: CourseVersion) -> list[Difference]:
    """Settings, then lessons, then questions, in the order of the newer version."""
    found = []
    if old and settings_of(old) != settings_of(new):
        found.append(_difference("Settings", settings_of(old), settings_of(new)))
    lessons = [list(each.lessons.all()) if each else [] for each in (old, new)]
    pairs = _paired(
        [lesson_words(each) for each in lessons[0]],
        [lesson_words(each) for each in lessons[1]],
        lambda words: words.title,
        lambda words: words.text,
    )
    found += [
        _difference(f"Lesson: {words.title}", was, now)
        for was, now in pairs
        if (words := now or was)
    ]
    renamed = {was.title: now.title for was, now in pairs if was and now}
    return [each for each in [*found, *_questions(old, new, renamed)] if each.pieces]


def _questions(
    old: CourseVersion | None, new: CourseVersion, renamed: Mapping[str, str]
) -> list[Difference]:
    """A lesson with a new title is the same lesson: no question changed by it."""
    before, after = (
        [question_words(row) for row in each.questions.with_all_its_words()] if each else []
        for each in (old, new)
    )
    before = [
        replace(
            each,
            inside=renamed.get(each.inside, each.inside),
            read_again=renamed.get(each.read_again, each.read_again),
        )
        for each in before
    ]
    pairs = _paired(before, after, lambda words: words.text, _text)
    return [
        _difference(f"Question: {found.text}", was, now)
        for was, now in pairs
        if (found := now or was)
    ]


def _difference(name: str, was: Words | None, now: Words | None) -> Difference:
    what = "Changed" if was and now else "Added" if now else "Removed"
    old, new = _text(was), _text(now)
    return Difference(name, what, lines_changed(old, new) if old != new else ())


def _text(words: Words | None) -> str:
    if words is None:
        return ""
    lines = (f"{name}: {value}" for name, value in words.in_words().items() if value)
    return "\n".join(lines)


def _paired(
    old: Sequence[T], new: Sequence[T], name: Callable[[T], str], text: Callable[[T], str]
) -> list[tuple[T | None, T | None]]:
    """Which of the new is which of the old: by its name, or else by a text that is much like it."""
    left = list(old)
    was: dict[int, T] = {}
    for likeness in (_same(name), _alike(text)):
        for at, now in enumerate(new):
            found = next((each for each in left if likeness(each, now)), None)
            if at not in was and found is not None:
                was[at] = found
                left.remove(found)
    pairs: list[tuple[T | None, T | None]] = [(was.get(at), now) for at, now in enumerate(new)]
    return [*pairs, *((each, None) for each in left)]


def _same(name: Callable[[T], str]) -> Callable[[T, T], bool]:
    return lambda one, other: name(one) == name(other)


def _alike(text: Callable[[T], str]) -> Callable[[T, T], bool]:
    def alike(one: T, other: T) -> bool:
        matcher = SequenceMatcher(a=text(one).split(), b=text(other).split(), autojunk=False)
        return matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE

    return alike
