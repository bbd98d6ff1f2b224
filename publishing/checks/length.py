"""The text, with its link, fits every platform as the platform itself counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found
from publishing.composition import Composition


def check_length(composition: Composition, now: datetime) -> Iterator[Found]:
    for part in composition.parts:
        if not part.too_long_by:
            continue
        most = part.platform.limits.text
        yield Found(
            f"Shorten the text for {part.account} by {part.too_long_by:,} "
            f"{'character' if part.too_long_by == 1 else 'characters'}: "
            f"it is {part.length:,} and may be {most:,}",
            source=f"{part.platform.name}: texts of at most {most:,} characters, as it counts them",
            field=part.text_field,
        )


CHECK = Check(key="length", title="The text fits every account", find=check_length, is_fixed=True)
