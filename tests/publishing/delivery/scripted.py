"""An adapter that does what a test tells it to, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from platforms.contract import Absent, Checkpoint, Outgoing, Sent

SENT = Sent("r1", "https://x.example/council/status/r1", "The library is open on Sunday.")

Answer = Sent | Exception | Callable[["Scripted"], Sent]


class Scripted:
    """Answers from two lists, one for publishing and one for looking; the last one repeats.

    An answer is what is returned, an error that is raised, or a function that is called.
    """

    def __init__(self) -> None:
        self.publishes: list[Any] = [SENT]
        self.finds: list[Any] = [Absent(safe_to_repeat=True)]
        self.published: list[Outgoing] = []
        self.looked_for: list[Outgoing] = []
        self.resumes: list[Mapping[str, Any]] = []
        self.checkpoint: Checkpoint = lambda kept: None

    def publish(
        self, outgoing: Outgoing, resume: Mapping[str, Any], checkpoint: Checkpoint
    ) -> Sent:
        self.published.append(outgoing)
        self.resumes.append(dict(resume))
        self.checkpoint = checkpoint
        sent: Sent = self._next(self.publishes)
        return sent

    def find(self, outgoing: Outgoing, resume: Mapping[str, Any]) -> Sent | Absent:
        self.looked_for.append(outgoing)
        answer: Sent | Absent = self._next(self.finds)
        return answer

    def _next(self, answers: list[Any]) -> Any:
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer(self) if callable(answer) else answer
