"""How much is said: mentions by day, read from the daily counts."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from monitoring.models import DailyMentions


def mentions_by_day(
    counts: QuerySet[DailyMentions], last: date, days: int = 30
) -> list[tuple[date, int]]:
    """One pair a day, oldest first, days without mentions included."""
    first = last - timedelta(days=days - 1)
    found = dict(
        counts.filter(on__gte=first, on__lte=last)
        .order_by("on")
        .values_list("on")
        .annotate(Sum("count"))
    )
    every_day = (first + timedelta(days=n) for n in range(days))
    return [(day, found.get(day, 0)) for day in every_day]


def message(volume: list[tuple[date, int]]) -> str:
    """What the numbers say in one sentence, for the chart's caption."""
    total = sum(count for _, count in volume)
    if not total:
        return f"No mentions in {len(volume)} days."
    busiest, most = max(volume, key=lambda pair: pair[1])
    half = len(volume) // 2
    earlier = sum(count for _, count in volume[:half])
    later = sum(count for _, count in volume[-half:])
    if later > earlier * 1.1:
        trend = "more in the second half than in the first"
    elif later < earlier * 0.9:
        trend = "fewer in the second half than in the first"
    else:
        trend = "about as many in both halves"
    return (
        f"{total:,} mentions in {len(volume)} days, {trend}; most on {busiest:%-d %B} ({most:,})."
    )
