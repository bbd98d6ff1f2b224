"""Eighteen months of daily figures, each account with its own growth, ending where it is today."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from council_social.demonstration.accounts import BY_KEY, Account, Kind
from council_social.demonstration.cast import Cast
from monitoring.models import DailyFigure

DAYS = 548
NAMES: Mapping[str, tuple[str, ...]] = {
    "x": ("followers",),
    "facebook": ("followers", "fans"),
    "youtube": ("subscribers",),
}
"""What each platform counts, as its adapter calls it."""


def store_figures(cast: Cast, today: date) -> int:
    """A row for each account, name and day up to yesterday; how many."""
    rows = [row for key in cast.accounts for row in _rows_of(BY_KEY[key], cast, today)]
    return len(DailyFigure.objects.bulk_create(rows, batch_size=2_000))


def _rows_of(account: Account, cast: Cast, today: date) -> Iterator[DailyFigure]:
    if account.kind is Kind.REQUESTED:
        return
    for name in NAMES[account.platform]:
        chance = random.Random(f"{account.key} {name}")  # noqa: S311 - nothing secret
        level = float(account.followers)
        daily = (1 + account.monthly_growth) ** (12 / 365)
        for ago in range(1, DAYS + 1):
            level = level / daily - chance.gauss(0, account.followers * 0.0003)
            value = max(0, round(level))
            yield DailyFigure(
                account=cast.accounts[account.key],
                on=today - timedelta(days=ago),
                name=name,
                value=value,
            )
