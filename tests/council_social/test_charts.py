"""Charts are drawn to scale, say their message in words, and give their numbers as a table."""

from __future__ import annotations

from datetime import date

import pytest

from council_social.charts import HEIGHT, TOP, by_name, nice_ceiling, over_time
from tests.council_social.drawing import draw

WEEK = [("Mon", 10), ("Tue", 40), ("Wed", 0)]


@pytest.mark.parametrize(
    ("most", "ceiling"),
    [(0, 4), (3, 4), (5, 8), (9, 20), (40, 40), (41, 80), (81, 200), (199, 200), (1_203, 2_000)],
)
def test_the_scale_ends_at_a_round_number_that_divides_into_four(
    most: float, ceiling: float
) -> None:
    assert nice_ceiling(most) == ceiling


def test_columns_are_as_high_as_their_numbers() -> None:
    monday, tuesday, wednesday = over_time(WEEK).bars

    assert tuesday.height == HEIGHT
    assert monday.height == HEIGHT / 4
    assert wednesday.height == 0
    assert tuesday.y == TOP


def test_columns_stay_inside_the_width() -> None:
    bars = over_time([(str(day), 1) for day in range(90)]).bars

    assert bars[0].x >= 0
    assert bars[-1].x + bars[-1].width <= 100


def test_a_phone_gets_at_most_four_names_under_the_axis() -> None:
    ticks = over_time([(str(day), 1) for day in range(90)]).across

    assert len(ticks) <= 8
    assert len([tick for tick in ticks if not tick.minor]) <= 4


def test_a_day_is_written_short_under_the_axis() -> None:
    assert over_time([(date(2026, 11, 3), 1)]).across[0].label == "3 Nov"


def test_named_bars_leave_room_for_their_figures() -> None:
    assert max(bar.width for bar in by_name(WEEK).bars) <= 84


@pytest.mark.parametrize("kind", ["columns", "line", "bars"])
def test_a_chart_is_one_picture_with_a_message_a_table_and_its_csv(kind: str) -> None:
    html = draw(
        '{% chart week message="Tuesday was busiest." title="Mentions" kind=kind csv="/m.csv" %}',
        week=WEEK,
        kind=kind,
    )

    assert html.count('role="img" aria-label="Mentions Tuesday was busiest."') == 1
    assert "Show as a table" in html
    assert '<th scope="row" role="rowheader">Tue</th>' in html
    assert 'href="/m.csv"' in html
    assert " style=" not in html


def test_no_numbers_yet_says_so_instead_of_drawing_nothing() -> None:
    html = draw('{% chart none_yet message="-" %}', none_yet=[])

    assert "Not enough data yet" in html
    assert "<svg" not in html
