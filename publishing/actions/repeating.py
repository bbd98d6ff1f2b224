"""Having a post repeat, and pausing, resuming, taking over and ending that.

Locks are taken in one order: the series, then its posts, their deliveries, the audit chain.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.access import explain
from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from audit.catalogue import Event
from audit.record import record
from pages.local_time import in_words_for_form
from publishing.actions.duplicating import content_of
from publishing.actions.submitting import withdraw_locked
from publishing.checks.registry import blocking_findings
from publishing.composition import compose
from publishing.delivery.queueing import enqueue
from publishing.drafts import Content
from publishing.errors import Conflict, NotAllowed, Refused
from publishing.locks import lock_post
from publishing.models import SERIES_TRANSITIONS, Frequency, Post, PostState, Series, SeriesState
from publishing.repeating.days import days_of, days_off_now, moment_of
from publishing.repeating.rights import explain_changing, may_stop
from publishing.repeating.words import from_of, until_of, when_of
from publishing.rights import refuse_unless

MAKE = "publishing.make_occurrences_of"
A_YEAR = timedelta(days=366)
"""How long ago the first day may be: days are counted from it on, so from 1900 it would take long.
"""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """On which days and at what time. Only what the frequency asks for is looked at."""

    name: str
    frequency: Frequency
    at: time
    starts_on: date
    every: int = 1
    weekdays: tuple[int, ...] = ()
    day_of_month: int | None = None
    nth: int | None = None
    ends_on: date | None = None
    times: int | None = None
    skips_bank_holidays: bool = False
    days_ahead: int = 14

    def put_on(self, series: Series) -> None:
        """Raises Refused where no day can come of it."""
        if self.starts_on != series.starts_on and self.starts_on < timezone.localdate() - A_YEAR:
            raise Refused("Enter a first day within the last year, or to come", "starts_on")
        series.name = " ".join(self.name.split())[:100]
        series.frequency, series.every, series.at = self.frequency, self.every, self.at
        series.starts_on, series.ends_on, series.times = self.starts_on, self.ends_on, self.times
        series.skips_bank_holidays, series.days_ahead = self.skips_bank_holidays, self.days_ahead
        by_day = self.frequency == Frequency.MONTHLY
        series.day_of_month = self.day_of_month if by_day else None
        series.nth = self.nth if self.frequency == Frequency.MONTHLY_WEEKDAY else None
        series.weekdays = [] if by_day else sorted(set(self.weekdays))
        self._refuse_none(series)

    def _refuse_none(self, series: Series) -> None:
        if self.frequency != Frequency.MONTHLY and not series.weekdays:
            raise Refused("Choose at least one day of the week", "weekdays")
        if self.frequency == Frequency.MONTHLY and not self.day_of_month:
            raise Refused("Enter the day of the month, from 1 to 31", "day_of_month")
        if self.frequency == Frequency.MONTHLY_WEEKDAY and len(series.weekdays) > 1:
            raise Refused("Choose one day of the week for every month", "weekdays")
        if self.ends_on and self.ends_on < self.starts_on:
            raise Refused("The last day is before the first one", "ends_on")
        if self.ends_on and self.times:
            raise Refused("Say when it ends, or how often it comes: not both", "times")


@transaction.atomic
def begin(*, post_id: int, rhythm: Rhythm, by: User, key: uuid.UUID) -> Series:
    """Have what a post says repeat, on behalf of `by`; that post stays as it is.

    A draft of one's own that was never sent is withdrawn: each time a new one is made of it. With a
    key that was used before, it is the series that was begun then. Raises Post.DoesNotExist,
    NotAllowed, and Refused where no day is left or a check stands in the way.
    """
    original = lock_post(Post.objects.visible_to(by).values_list("pk", flat=True).get(pk=post_id))
    if made := Series.objects.filter(key=key).first():
        return _begun_before(made, original, by)
    content = replace(content_of(original), publish_on="", publish_time="", publish_fold="")
    _refuse_foreign_accounts(by, content)
    series = Series(
        author=by,
        edited_by=by,
        begun_from=original,
        content=content.to_json(),
        # What somebody else answered is not the answer of its author.
        answers=original.draft.answers if original.author_id == by.pk else {},
        key=key,
    )
    rhythm.put_on(series)
    _refuse_what_cannot_go_out(series, content)
    series.save()
    series.accounts.set(content.account_ids)
    if original.state == PostState.DRAFT and original.version is None and original.author == by:
        why = f"It became the repeating post “{series}”."
        withdraw_locked(original, by=by, reason=why, cancelled_because=why)
    record(Event.SERIES_ADDED, by=by, on=series, after=facts_of(series))
    make_soon(series)
    return series


def _begun_before(made: Series, original: Post, by: User) -> Series:
    """A second click, also when somebody has taken it over since."""
    if made.begun_from_id != original.pk or not Series.objects.visible_to(by).filter(pk=made.pk):
        raise Conflict("This form was used before. Have the post repeat again.")
    return made


@transaction.atomic
def pause(*, series_id: int, by: User) -> Series:
    """No more posts are made; those that are there go their way. A second time changes nothing."""
    return _stopped(series_id, by, SeriesState.PAUSED, Event.SERIES_PAUSED)


@transaction.atomic
def end(*, series_id: int, by: User) -> Series:
    """No more posts are made, for good; those that are there go their way."""
    return _stopped(series_id, by, SeriesState.ENDED, Event.SERIES_ENDED)


@transaction.atomic
def resume(*, series_id: int, by: User) -> Series:
    """Make posts again. Raises Refused while its author could not write them, and NotAllowed."""
    series = lock_series(series_id)
    refuse_unless(explain_changing(by, series), "resume this repeating post")
    if series.state == SeriesState.ACTIVE:
        return series
    if not explain_changing(series.author, series).allowed:
        raise Refused(
            f"{series.author.name} cannot write for all of these accounts now. Take it over: posts "
            "are then made on your behalf."
        )
    _move_to(series, SeriesState.ACTIVE)
    record(Event.SERIES_RESUMED, by=by, on=series)
    make_soon(series)
    return series


@transaction.atomic
def take_over(*, series_id: int, by: User) -> Series:
    """Make its posts on behalf of `by` from now on; what was held goes on. Raises NotAllowed."""
    series = lock_series(series_id)
    refuse_unless(explain_changing(by, series), "take over this repeating post")
    if series.author_id == by.pk:
        return series
    if series.state == SeriesState.ENDED:
        raise Conflict("This repeating post has ended.")
    before = {"person": series.author.name}
    series.give_to(by)
    if series.state == SeriesState.HELD:
        _move_to(series, SeriesState.ACTIVE)
    else:
        series.save()
    record(Event.SERIES_TAKEN_OVER, by=by, on=series, before=before, after={"person": by.name})
    make_soon(series)
    return series


def lock_series(pk: int) -> Series:
    """The series, locked until the transaction ends, as it is now. Raises Series.DoesNotExist."""
    Series.objects.select_for_update(of=("self",), no_key=True).values_list("pk").get(pk=pk)
    return Series.objects.select_related("author", "edited_by").get(pk=pk)


def make_soon(series: Series) -> None:
    """Have a worker make what is due, once this is committed; the next round would too."""
    transaction.on_commit(lambda: enqueue(MAKE, [series.pk]), robust=True)


def facts_of(series: Series) -> dict[str, Any]:
    """What the audit trail says of it."""
    content = Content.from_json(series.content)
    return {
        "name": series.name,
        "when": f"{when_of(series)}, {from_of(series)}, {until_of(series)}",
        "days_ahead": series.days_ahead,
        "text": content.text,
        "accounts": sorted(str(account) for account in series.accounts.all()),
    }


def refuse_no_day_left(series: Series) -> None:
    """Raise Refused unless it still comes at least once."""
    if next(_to_come(series), None) is None:
        raise Refused("No day is left on which it could go out: change the days", "starts_on")


def _to_come(series: Series) -> Any:
    now = timezone.now()
    return (day for day in days_of(series, days_off_now()) if moment_of(series, day).at > now)


def _refuse_foreign_accounts(by: User, content: Content) -> None:
    if not content.account_ids:
        raise Refused("Choose the accounts of the post before you have it repeat.")
    refuse_unless(explain(by, Permission.WRITE_POST), "write posts")
    within = accounts_within_reach(by, Permission.WRITE_POST).live().publishable()
    if within.filter(pk__in=content.account_ids).count() != len(set(content.account_ids)):
        raise NotAllowed("You may not write for all accounts of this post, so it cannot repeat.")


def _refuse_what_cannot_go_out(series: Series, content: Content) -> None:
    """What a check stops now would stop every one of its posts: it is put right first."""
    refuse_no_day_left(series)
    on, at, fold = in_words_for_form(moment_of(series, next(_to_come(series))).at)
    first = replace(content, publish_on=on, publish_time=at, publish_fold=fold)
    if stops := blocking_findings(compose(first)):
        words = ". ".join(stop.message.rstrip(".") for stop in stops)
        raise Refused(f"Put this right in the post first: {words}")


def _stopped(series_id: int, by: User, state: SeriesState, event: Event) -> Series:
    series = lock_series(series_id)
    if not may_stop(by, series):
        raise NotAllowed(f"Only {series.author.name}, or who may write there, can do this.")
    if series.state == state:
        return series
    _move_to(series, state)
    record(event, by=by, on=series)
    return series


def _move_to(series: Series, state: SeriesState) -> None:
    if state not in SERIES_TRANSITIONS[SeriesState(series.state)]:
        label = SeriesState(series.state).label.lower()
        raise Conflict(f"This repeating post is {label}: that cannot be done any more.")
    series.state, series.trouble, series.told_at = state, "", None
    series.changed_at = timezone.now()
    series.save()
