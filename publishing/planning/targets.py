"""What accounts have said and will say, week by week, against their content plans.

Whoever has a role on an account, or may read every post, is told true numbers and gaps. Of other
accounts only what the reader may read is counted: no gap is named, for there may be more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.access import may
from accounts.models import SocialAccount, User
from accounts.models.social_accounts import SocialAccountQuerySet
from accounts.permissions import Permission
from accounts.reach import Ids, with_a_role
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
    is_whole: bool = True
    """Whether every post is counted; else only those that the reader may read."""
    published: int = 0
    scheduled: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        """What counts towards the target: of a week that is over, only what was published."""
        return self.published if self.is_over else self.published + self.scheduled + self.waiting

    @property
    def gap(self) -> int:
        """How many posts are missing; 0 where it cannot be told."""
        return max(0, self.target - self.total) if self.is_whole else 0

    @property
    def label(self) -> str:
        return f"{self.span.first.day} {self.span.first:%b}"

    @property
    def words(self) -> str:
        """ "2 of 5, 3 short"; "5 of 5"; "2" without a plan; "2 that you may read"."""
        if not self.is_whole:
            return f"{self.total} that you may read"
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
    is_whole: bool = True

    @property
    def next(self) -> Week:
        return self.weeks[BEFORE + 1]

    @property
    def message(self) -> str:
        """What the weeks say in one sentence, for the chart's caption."""
        if not self.is_whole:
            return "Posts a week that you may read. There may be more: gaps are not worked out."
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


def lines_of(accounts: Sequence[SocialAccount], reader: User) -> list[Line]:
    """Each account with its weeks, as `reader` may know them. At most three queries."""
    today = timezone.localdate()
    spans = weeks_around(today)
    ids = [account.pk for account in accounts]
    plans = {
        plan.account_id: plan
        for plan in ContentPlan.objects.filter(account__in=ids).select_related("set_by")
    }
    said = _said(ids, spans, reader)
    whole = _wholly_read(ids, reader)
    return [
        _line(account, plans.get(account.pk), spans, said, today, is_whole=account.pk in whole)
        for account in accounts
    ]


def short_next_week(
    accounts: SocialAccountQuerySet, reader: User
) -> list[tuple[SocialAccount, int]]:
    """Live accounts whose plan asks for more than next week has, with how many more.

    Those that lack most come first; none of which `reader` may not read all. At most three queries.
    """
    span = week_of(timezone.localdate() + timedelta(weeks=1))
    planned = list(
        accounts.live().filter(content_plan__isnull=False).select_related("content_plan")
    )
    ids = [account.pk for account in planned]
    said = _said(ids, [span], reader)
    whole = _wholly_read(ids, reader)
    lacking = []
    for account in planned:
        if account.pk not in whole:
            continue
        there = said.get((account.pk, span.first), Counter()).total()
        if (short := account.content_plan.posts_a_week - there) > 0:
            lacking.append((account, short))
    return sorted(lacking, key=lambda pair: (-pair[1], pair[0].name))


Said = Mapping[tuple[int, date], Counter[str]]


def _wholly_read(accounts: Sequence[int], reader: User) -> set[int]:
    """Those of the accounts whose every post `reader` may read."""
    if may(reader, Permission.SEE_ALL_POSTS):
        return set(accounts)
    theirs = SocialAccount.objects.filter(pk__in=with_a_role(reader)).filter(pk__in=accounts)
    return set(theirs.order_by().values_list("pk", flat=True))


def _said(accounts: Ids, spans: Sequence[Span], reader: User) -> Said:
    """By account and Monday: how many posts are published, scheduled and waiting. One query.

    Read from the posts of those weeks, and not from all versions of the accounts.
    """
    visible = Post.objects.visible_to(reader)
    posts = visible.exclude(state__in=OFF_THE_CALENDAR).filter(
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
    *,
    is_whole: bool,
) -> Line:
    target = plan.posts_a_week if plan else 0
    weeks = [
        Week(
            span,
            target,
            span.last < today,
            is_whole,
            **said.get((account.pk, span.first), Counter()),
        )
        for span in spans
    ]
    return Line(account, plan, weeks, is_whole)
