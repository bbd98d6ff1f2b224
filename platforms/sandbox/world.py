"""Everything that the sandbox is, in one value that each call carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from platforms.sandbox.calls import Api
from platforms.sandbox.clock import Clock
from platforms.sandbox.faults import Faults
from platforms.sandbox.rate_limits import RateLimits
from platforms.sandbox.store import Store


@dataclass(slots=True)
class World:
    """`seed` decides everything that looks like chance. `number` never repeats in one store."""

    seed: int
    store: Store
    apis: Mapping[str, Api]
    faults: Faults
    clock: Clock = field(default_factory=Clock)
    limits: RateLimits = field(default_factory=RateLimits)
    answers: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    """How often (platform, account, endpoint) was answered in which way ("200", "drop", …)."""
    replies: float = 0.0
    """How many residents answer a new post, on average."""
    last_number: int = 0

    def now(self) -> float:
        return self.clock.now()

    def number(self) -> int:
        """The next number, for making remote ids."""
        self.last_number += 1
        return self.last_number

    def remember(self) -> None:
        """Keep the counters in the store, to go on from there after a restart."""
        with self.store.transaction():
            self.store.keep("number", self.last_number)
            self.store.keep("calls", [[*key, n] for key, n in self.faults.calls.items()])
            self.store.keep("answers", [[*key, n] for key, n in self.answers.items()])

    def recall(self) -> None:
        """Take up the counters that an earlier run kept; numbers leave a gap for a sudden end."""
        kept = self.store.kept("number")
        self.last_number = kept + 100_000 if kept else 0
        self.faults.calls.update(_counts(self.store.kept("calls")))
        self.answers.update(_counts(self.store.kept("answers")))

    def reset(self) -> None:
        """Forget everything but the seed."""
        self.store.clear()
        self.faults.clear()
        self.faults.calls.clear()
        self.faults.log.clear()
        self.limits.clear()
        self.answers.clear()
        self.clock.set(None)
        self.replies = 0.0
        self.last_number = 0


def _counts(rows: list[list[str | int]] | None) -> Counter[tuple]:
    return Counter({tuple(row[:-1]): int(row[-1]) for row in rows or []})
