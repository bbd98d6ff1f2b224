"""Who is asked what a post needs: a new reason for a stage is one file and one line here.

Each is asked about several posts on several accounts at once, and answers with a constant number
of queries.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from publishing.routes import by_election, by_risk, by_rules
from publishing.routes.asked import Asked
from publishing.routes.needed import Need

SOURCES: tuple[Callable[[Collection[Asked]], Iterable[tuple[Asked, Need]]], ...] = (
    by_risk.needs,
    by_rules.needs,
    by_election.needs,
)
