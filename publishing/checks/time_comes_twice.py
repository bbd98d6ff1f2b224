"""In the night in which the clocks go back, an hour comes twice: which one is meant is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity
from publishing.composition import Composition


def check_time_comes_twice(composition: Composition, now: datetime) -> Iterator[Found]:
    when = composition.when
    if when is not None and when.at > now and when.comes_twice:
        yield Found(
            f"The clocks go back that night, and this time comes twice. The post is to go out on "
            f"{when.words}",
            field="publish_time",
        )


CHECK = Check(
    key="time_comes_twice",
    title="The time comes only once",
    find=check_time_comes_twice,
    severity=Severity.NOTE,
    is_fixed=True,
)
