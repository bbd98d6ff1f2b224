"""Content plans against what was and will be said, as rows of a CSV file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publishing.planning.targets import Line

HEADS = ("Account", "Platform", "Week from", "Target", "Published", "Scheduled", "Waiting", "Short")


def rows_of_plans(lines: Sequence[Line]) -> Iterator[Sequence[str]]:
    """One row for each account and week."""
    yield HEADS
    for line in lines:
        for week in line.weeks:
            numbers = (week.target, week.published, week.scheduled, week.waiting)
            short = str(week.gap) if week.is_whole else "not known"
            yield (
                line.account.name,
                line.account.platform_name,
                week.span.first.isoformat(),
                *(str(number) for number in numbers),
                short,
            )
