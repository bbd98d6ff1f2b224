"""Charts drawn on the server, from pairs of (label or day, number)."""

from __future__ import annotations

from typing import Any

from django import template

from council_social.charts import Values, by_name, over_time

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(
    values: Values,
    *,
    message: str,
    kind: str = "columns",
    title: str = "",
    names: str = "Day|Number",
    csv: str = "",
    most: float | None = None,
) -> dict[str, Any]:
    """A chart with its message in words, its numbers in a table, and a link to its CSV.

    `kind`: "columns" or "line" over time, "bars" for a few names. `message` says what the chart
    shows ("Mentions doubled on Tuesday"). `names`: what labels and numbers are, for the table.
    `most`: where the axis of a chart over time ends; 100 for per cent.
    """
    drawn = by_name(values) if kind == "bars" else over_time(values, most)
    return {
        "chart": drawn,
        "kind": kind,
        "message": message,
        "title": title,
        "names": names,
        "csv": csv,
    }
