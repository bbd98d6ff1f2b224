"""What several threads of a worker ask for at the same moment, asked once for all of them.

A worker has many threads and one processor, and most of what a delivery costs is the questions it
asks of the database. Nobody waits for company: the first to come begins at once, and who comes
meanwhile is taken along in the next round. So a delivery on its own is as quick as ever, and under
load each question is asked for many.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

Answers = Sequence[tuple[Answer] | None]
"""For each that was asked its answer; None for one that must be asked by itself."""


@dataclass(slots=True)
class _Call(Generic[Asked, Answer]):
    asked: Asked
    is_over: bool = False
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
    ) -> None:
        self._alone = alone
        self._together = together
        self._door = threading.Lock()
        self._turn = threading.Lock()
        self._waiting: list[_Call[Asked, Answer]] = []

    def __call__(self, asked: Asked) -> Answer:
        mine: _Call[Asked, Answer] = _Call(asked)
        with self._door:
            self._waiting.append(mine)
        with self._turn:
            if not mine.is_over:
                self._work_off()
        return mine.answer[0] if mine.answer else self._alone(asked)

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
            for call in calls:
                call.is_over = True
