"""The day and time exist, and have not passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Finding, advisory, blocking
from publishing.composition import Composition


def check_time(composition: Composition, now: datetime) -> Iterator[Finding]:
    if composition.problem:
        yield blocking(composition.problem.message, field=composition.problem.field)
        return
    when = composition.when
    if when is None:
        return
    if when.at <= now:
        yield blocking(f"Choose a time in the future: {when.words} has passed", field="publish_on")
    elif when.comes_twice:
        yield advisory(
            f"The clocks go back that night, and this time comes twice. The post is to go out on "
            f"{when.words}",
            field="publish_time",
        )
