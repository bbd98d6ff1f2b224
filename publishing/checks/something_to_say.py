"""Every account has a text, unless a picture or video speaks for itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found
from publishing.composition import Composition


def check_something_to_say(composition: Composition, now: datetime) -> Iterator[Found]:
    if composition.media:
        return
    if not composition.parts and not composition.text.strip():
        yield Found("Write the text of the post", field="text")
    for part in composition.parts:
        if not part.text.strip():
            yield Found(f"Write the text for {part.account}, or for all accounts", field="text")


CHECK = Check(
    key="something_to_say",
    title="There is something to say",
    find=check_something_to_say,
    is_fixed=True,
)
