"""The day and time exist, and have not passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found
from publishing.composition import Composition


def check_time(composition: Composition, now: datetime) -> Iterator[Found]:
    if composition.problem:
        yield Found(composition.problem.message, field=composition.problem.field)
        return
    when = composition.when
    if when is None:
        return
    if when.at <= now:
        yield Found(f"Choose a time in the future: {when.words} has passed", field="publish_on")


CHECK = Check(key="time", title="The time is in the future", find=check_time, is_fixed=True)
