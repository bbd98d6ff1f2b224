"""What accounts have said and will say, week by week, against their content plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import SocialAccount
from accounts.models.social_accounts import SocialAccountQuerySet
from accounts.reach import Ids
from publishing.models import UNDECIDED, ContentPlan, Post, PostState
from publishing.planning.filtering import OFF_THE_CALENDAR
from publishing.planning.spans import Span, week_of

BEFORE, AFTER = 4, 4
"""Weeks before and after this one."""
PUBLISHED = (PostState.PUBLISHED, PostState.PART_PUBLISHED)
SCHEDULED = (PostState.APPROVED, PostState.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one account. `target` is 0 where there is no plan."""

    span: Span
    target: int
    is_over: bool
    published: int = 0
    scheduled: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        """What counts towards the target: of a week that is over, only what was published."""
        return self.published if self.is_over else self.published + self.scheduled + self.waiting

    @property
    def gap(self) -> int:
        return max(0, self.target - self.total)

    @property
    def label(self) -> str:
        return f"{self.span.first.day} {self.span.first:%b}"

    @property
    def words(self) -> str:
        """ "2 of 5, 3 short"; "5 of 5"; "2" without a plan."""
        if not self.target:
            return str(self.total)
        short = f", {self.gap} short" if self.gap else ""
        return f"{self.total} of {self.target}{short}"


@dataclass(frozen=True, slots=True)
class Line:
    """One account with its weeks, the earliest first."""

    account: SocialAccount
    plan: ContentPlan | None
    weeks: list[Week] = field(default_factory=list)

    @property
    def next(self) -> Week:
        return self.weeks[BEFORE + 1]

    @property
    def message(self) -> str:
        """What the weeks say in one sentence, for the chart's caption."""
        if self.plan is None:
            return "Posts a week, four weeks back and four ahead. There is no plan to hold them to."
        short = [week.label for week in self.weeks[BEFORE:] if week.gap]
        aim = f"The plan is {self.plan.posts_a_week} a week."
        if not short:
            return f"{aim} Nothing is missing up to four weeks ahead."
        return f"{aim} Posts are missing in the week{'s' * (len(short) > 1)} of {', '.join(short)}."


def weeks_around(today: date) -> list[Span]:
    """Four weeks, this one, four weeks."""
    return [week_of(today + timedelta(weeks=n)) for n in range(-BEFORE, AFTER + 1)]


def lines_of(accounts: Sequence[SocialAccount]) -> list[Line]:
    """Each account with its weeks. Two queries."""
    today = timezone.localdate()
    spans = weeks_around(today)
    ids = [account.pk for account in accounts]
    plans = {
        plan.account_id: plan
        for plan in ContentPlan.objects.filter(account__in=ids).select_related("set_by")
    }
    said = _said(ids, spans)
    return [_line(account, plans.get(account.pk), spans, said, today) for account in accounts]


def short_next_week(accounts: SocialAccountQuerySet) -> list[tuple[SocialAccount, int]]:
    """Live accounts whose plan asks for more than next week has, with how many more. Two queries.

    Those that lack most come first.
    """
    span = week_of(timezone.localdate() + timedelta(weeks=1))
    planned = list(
        accounts.live().filter(content_plan__isnull=False).select_related("content_plan")
    )
    said = _said([account.pk for account in planned], [span])
    lacking = []
    for account in planned:
        there = said.get((account.pk, span.first), Counter()).total()
        if (short := account.content_plan.posts_a_week - there) > 0:
            lacking.append((account, short))
    return sorted(lacking, key=lambda pair: (-pair[1], pair[0].name))


Said = Mapping[tuple[int, date], Counter[str]]


def _said(accounts: Ids, spans: Sequence[Span]) -> Said:
    """By account and Monday: how many posts are published, scheduled and waiting. One query.

    Read from the posts of those weeks, and not from all versions of the accounts.
    """
    posts = Post.objects.exclude(state__in=OFF_THE_CALENDAR).filter(
        due_at__gte=spans[0].begins,
        due_at__lt=spans[-1].ends,
        state__in=[*PUBLISHED, *SCHEDULED, *UNDECIDED],
        version__texts__account__in=accounts,
    )
    # What is undecided and has no time is in no week yet.
    timed = posts.exclude(state__in=UNDECIDED, publish_at__isnull=True).order_by()
    day = TruncDate("due_at", tzinfo=timezone.get_default_timezone())
    rows = timed.values_list("version__texts__account", day, "state").annotate(Count("pk"))
    said: dict[tuple[int, date], Counter[str]] = {}
    for account, on, state, number in rows:
        counted = said.setdefault((account, week_of(on).first), Counter())
        counted[_kind(state)] += number
    return said


def _kind(state: str) -> str:
    if state in PUBLISHED:
        return "published"
    return "scheduled" if state in SCHEDULED else "waiting"


def _line(
    account: SocialAccount,
    plan: ContentPlan | None,
    spans: Iterable[Span],
    said: Said,
    today: date,
) -> Line:
    target = plan.posts_a_week if plan else 0
    weeks = [
        Week(span, target, span.last < today, **said.get((account.pk, span.first), Counter()))
        for span in spans
    ]
    return Line(account, plan, weeks)
