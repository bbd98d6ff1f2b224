"""At which hour of the week the posts of an account drew most reactions so far."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import SocialAccount
from pages.local_time import LONDON
from publishing.planning.reactions import Reacted, source

BACK = timedelta(weeks=26)
FEWEST_POSTS = 20
FEWEST_REACTIONS = 10
FEWEST_IN_AN_HOUR = 3
"""Below these a best hour would be chance, and none is named."""


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the week, in London: Monday is 0."""

    weekday: int
    hour: int
    posts: int
    reactions: int

    @property
    def mean(self) -> float:
        return self.reactions / self.posts

    @property
    def words(self) -> str:
        """ "Tuesday from 9am to 10am"."""
        day, after = calendar.day_name[self.weekday], (self.hour + 1) % 24
        return f"{day} from {_clock(self.hour)} to {_clock(after)}"

    @property
    def counts(self) -> bool:
        return self.posts >= FEWEST_IN_AN_HOUR


@dataclass(frozen=True, slots=True)
class BestTimes:
    account: SocialAccount
    hours: Sequence[Hour]
    """Those in which it posted, in the order of the week."""

    @property
    def posts(self) -> int:
        return sum(hour.posts for hour in self.hours)

    @property
    def reactions(self) -> int:
        return sum(hour.reactions for hour in self.hours)

    @property
    def best(self) -> Hour | None:
        """The hour with most reactions a post; None while that would be chance."""
        if self.posts < FEWEST_POSTS or self.reactions < FEWEST_REACTIONS:
            return None
        enough = [hour for hour in self.hours if hour.counts and hour.reactions]
        return max(enough, key=lambda hour: (hour.mean, hour.posts), default=None)

    @property
    def message(self) -> str:
        """What the figures say, or what is missing until they say something."""
        names = source()
        if best := self.best:
            what = names.one if best.mean == 1 else names.several
            return (
                f"{best.words} did best: {best.mean:.1f} {what} a post, from {best.posts} posts. "
                f"All hours together: {self.posts} posts in the last 26 weeks."
            )
        if self.posts < FEWEST_POSTS:
            are = "is" if self.posts == 1 else "are"
            so_far = f"There {are} {_number(self.posts, 'post', 'posts')} to go by so far"
            return f"Not enough data yet. {so_far}, and it takes {FEWEST_POSTS}."
        if self.reactions < FEWEST_REACTIONS:
            drew = _number(self.reactions, names.one, names.several)
            return (
                f"Not enough data yet. {self.posts} posts drew {drew} in the last 26 weeks, and it "
                f"takes {FEWEST_REACTIONS}."
            )
        return (
            f"Not enough data yet. The {self.posts} posts of the last 26 weeks are spread out: no "
            f"hour of the week that drew {names.several} has {FEWEST_IN_AN_HOUR} of them."
        )


def best_times(accounts: Sequence[SocialAccount]) -> list[BestTimes]:
    """Of each account, in their order. As many queries for one account as for ten."""
    if not accounts:
        return []
    read = source().read([account.pk for account in accounts], timezone.now() - BACK)
    hours = _hours(read)
    return [BestTimes(account, hours.get(account.pk, [])) for account in accounts]


def _hours(read: Iterable[Reacted]) -> dict[int, list[Hour]]:
    counted: dict[int, dict[tuple[int, int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for each in read:
        local = each.published_at.astimezone(LONDON)
        counted[each.account_id][local.weekday(), local.hour].append(each.reactions)
    return {
        account: [Hour(*at, len(drew), sum(drew)) for at, drew in sorted(hours.items())]
        for account, hours in counted.items()
    }


def _clock(hour: int) -> str:
    return f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}"


def _number(number: int, one: str, several: str) -> str:
    return f"{number or 'no'} {one if number == 1 else several}"
