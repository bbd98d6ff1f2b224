"""What several threads of a worker ask for at the same moment, asked once for all of them.

A worker has many threads and one processor, and most of what a delivery costs is the questions it
asks of the database. Who comes while a round is under way is taken along in the next, and while
some are out and expected back, a round waits a breath for them. So a delivery on its own is as
quick as ever, and under load each question is asked for many.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

Answers = Sequence[tuple[Answer] | None]
"""For each that was asked its answer; None for one that must be asked by itself."""

BREATH_S = 0.02
"""How long a round waits at most for those who are expected back."""


@dataclass(slots=True)
class _Call(Generic[Asked, Answer]):
    asked: Asked
    leads: bool = False
    """Whether it is this one's thread that works off the next round."""
    woken: threading.Event = field(default_factory=threading.Event)
    """Set once it has its answer, or is to lead."""
    answer: tuple[Answer] | None = None


class Together(Generic[Asked, Answer]):
    """Calls `together` with what the threads ask, one round after the other.

    What it leaves out, or all where it fails, is asked by `alone`, each in its own thread and
    without making others wait: one's trouble is its own.
    """

    def __init__(
        self,
        alone: Callable[[Asked], Answer],
        together: Callable[[list[Asked]], Answers[Answer]],
        comes_back: Callable[[Answer], bool] = lambda answer: False,
    ) -> None:
        self._alone = alone
        self._together = together
        self._comes_back = comes_back
        self._door = threading.Lock()
        self._waiting: list[_Call[Asked, Answer]] = []
        self._under_way = False
        self._out: set[int] = set()
        """The threads whose last answer was one with which they come back."""

    def __call__(self, asked: Asked) -> Answer:
        mine: _Call[Asked, Answer] = _Call(asked)
        with self._door:
            self._out.discard(threading.get_ident())
            self._waiting.append(mine)
            mine.leads = not self._under_way
            self._under_way = True
        if not mine.leads:
            mine.woken.wait()
        if mine.leads:
            self._breathe()
            self._work_off()
        answer = mine.answer[0] if mine.answer else self._alone(asked)
        if self._comes_back(answer):
            with self._door:
                self._out.add(threading.get_ident())
        return answer

    def _breathe(self) -> None:
        end = time.monotonic() + BREATH_S
        while self._out and time.monotonic() < end:
            time.sleep(0.002)

    def _work_off(self) -> None:
        with self._door:
            calls, self._waiting = self._waiting, []
        try:
            answers = self._together([call.asked for call in calls])
            for call, answer in zip(calls, answers, strict=True):
                call.answer = answer
        except Exception:
            log.warning("What %s asked at once failed; each asks alone.", len(calls), exc_info=True)
        finally:
            self._hand_over()
            for call in calls:
                call.woken.set()

    def _hand_over(self) -> None:
        """The first of those who came meanwhile leads the next round; nobody leads two."""
        with self._door:
            self._under_way = bool(self._waiting)
            if self._under_way:
                self._waiting[0].leads = True
                self._waiting[0].woken.set()
