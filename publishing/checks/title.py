"""Titles: our lists take 100 characters; some platforms need one and have a limit of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found
from publishing.composition import Composition

LONGEST = 100


def check_title(composition: Composition, now: datetime) -> Iterator[Found]:
    if len(composition.title) > LONGEST:
        over = len(composition.title) - LONGEST
        yield Found(f"Shorten the title by {over} characters", field="title")
        return
    for part in composition.parts:
        longest = part.platform.limits.title
        if longest is None:
            continue
        name = part.platform.name
        if not composition.title.strip():
            yield Found(
                f"Enter a title: {name} shows it above the video",
                source=f"{name}: videos need a title",
                field="title",
            )
            return
        over = len(composition.title) - longest
        if over > 0:
            yield Found(
                f"Shorten the title by {over} characters for {name}",
                source=f"{name}: titles of at most {longest} characters",
                field="title",
            )


CHECK = Check(key="title", title="The title fits", find=check_title, is_fixed=True)
