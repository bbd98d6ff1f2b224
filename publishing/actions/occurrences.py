"""Making the posts of what repeats: each its own draft, sent for approval on its author's behalf.

Nothing is approved here. Each post is checked, approved by another person and delivered like any
other, so elections, stops and routes count for it as they are then.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from accounts.models import StrategicAim
from audit.catalogue import Event
from audit.record import record
from pages.local_time import in_words_for_form
from publishing.actions.drafting import save_draft, start_post
from publishing.actions.duplicating import taken_along
from publishing.actions.repeating import lock_series
from publishing.actions.submitting import submit
from publishing.drafts import Content
from publishing.errors import ChecksFailed, PublishingError
from publishing.models import Campaign, Draft, Post, Series, SeriesState
from publishing.repeating.days import DaysOff, days_between, days_off_now, moment_of
from publishing.repeating.rights import explain_changing

log = structlog.get_logger(__name__)

_KEYS = uuid.UUID("5f0c1b52-8a6e-4c39-9a55-0d5a1f6f6f0e")
"""Of a series and a day comes one key, so that even without our constraint there is one post."""


def make_all_due() -> None:
    """What is due of every series; the trouble of one is its own."""
    active = Series.objects.filter(state=SeriesState.ACTIVE).order_by("pk")
    for pk in list(active.values_list("pk", flat=True)):
        try:
            make_due(pk)
        except Exception:
            log.exception("occurrences_not_made", series=pk)


def make_due(series_id: int) -> int:
    """Make and send what is due of one series; how many there are new.

    Doing it again, or at the same time elsewhere, makes nothing twice. What goes wrong because of
    its author or its accounts holds the series; what a check finds leaves that post a draft.
    """
    made = 0
    off = days_off_now()
    due = _due(series_id, off)
    if due and (why := _in_the_way(Series.objects.select_related("author").get(pk=series_id))):
        hold(series_id=series_id, reason=why)
        return 0
    for day in due:
        try:
            made += _make_one(series_id, day, off)
        except PublishingError as refusal:
            hold(series_id=series_id, reason=refusal.message)
            break
    return made


def _in_the_way(series: Series) -> str:
    """Why no post can be made of it now, in words for whoever looks after it; "" where one can."""
    if missing := explain_changing(series.author, series).missing:
        why = " ".join(each.what for each in missing)
        return f"{series.author.name} cannot write for all of its accounts now. {why}"
    there = series.accounts.order_by("name", "pk")
    usable = set(there.live().publishable().values_list("pk", flat=True))
    gone = [str(account) for account in there if account.pk not in usable]
    return f"Nothing can be published now on {', '.join(gone)}." if gone else ""


@transaction.atomic
def hold(*, series_id: int, reason: str) -> None:
    """Make no more of it until somebody looks; they are told by the next round."""
    series = lock_series(series_id)
    if series.state != SeriesState.ACTIVE:
        return
    series.state, series.trouble = SeriesState.HELD, reason[:500]
    series.told_at, series.changed_at = None, timezone.now()
    series.save()
    record(Event.SERIES_HELD, by=None, on=series, reason=reason)


def _due(series_id: int, off: DaysOff) -> list[date]:
    series = Series.objects.get(pk=series_id)
    if series.state != SeriesState.ACTIVE:
        return []
    today = timezone.localdate()
    days = days_between(series, today, today + timedelta(days=series.days_ahead), off)
    there = set(series.posts.filter(occurs_on__in=days).values_list("occurs_on", flat=True))
    return [day for day in days if day not in there]


@transaction.atomic
def _make_one(series_id: int, day: date, off: DaysOff) -> bool:
    """Under the lock of the series, if it is still to be made and its time has not passed."""
    series = lock_series(series_id)
    moment = moment_of(series, day)
    if (
        series.state != SeriesState.ACTIVE
        or day not in days_between(series, day, day, off)
        or moment.at <= timezone.now()
        or series.posts.filter(occurs_on=day).exists()
    ):
        return False
    on, at, fold = in_words_for_form(moment.at)
    content = replace(
        still_open(Content.from_json(series.content)),
        publish_on=on,
        publish_time=at,
        publish_fold=fold,
    )
    post = _drafted(series, day, content)
    said = {"series": str(series), "author": series.author.name}
    record(Event.OCCURRENCE_MADE, by=None, on=post, after=said)
    _send(series, post)
    return True


def still_open(content: Content) -> Content:
    """Without a campaign that was closed and an aim that went out of use since."""
    campaigns = Campaign.objects.open().filter(pk=content.campaign_id or 0)
    aims = StrategicAim.objects.in_use().filter(pk=content.aim_id or 0)
    return replace(
        content,
        campaign_id=content.campaign_id if campaigns.exists() else None,
        aim_id=content.aim_id if aims.exists() else None,
    )


def _drafted(series: Series, day: date, content: Content) -> Post:
    key = uuid.uuid5(_KEYS, f"{series.key} {day.isoformat()}")
    post = start_post(by=series.author, content=content, key=key)
    post.series, post.occurs_on = series, day
    post.save(update_fields=["series", "occurs_on"])
    media = tuple(taken_along(content.media, post, series.author))
    save_draft(
        post_id=post.pk,
        content=replace(content, media=media),
        revision=post.draft.revision,
        by=series.author,
    )
    # Whoever last changed the words is their editor, and approves none of them.
    Draft.objects.filter(post=post).update(saved_by=series.edited_by)
    return post


def _send(series: Series, post: Post) -> None:
    """For approval, with the answers given before; what a check finds is told to its author."""
    draft = Draft.objects.get(post=post)
    trouble = ""
    try:
        submit(
            post_id=post.pk,
            revision=draft.revision,
            by=series.author,
            answers=answers_for(series),
        )
    except ChecksFailed as failed:
        trouble = failed.message[:500]
        record(Event.OCCURRENCE_NOT_SENT, by=None, on=post, reason=trouble)
    if series.trouble != trouble:
        series.trouble = trouble
        series.save(update_fields=["trouble"])


def answers_for(series: Series) -> dict[str, str]:
    """What its author said to advisory findings when it began, and in its newest posts since."""
    kept = Draft.objects.filter(post__series=series, post__author=series.author)
    newest = kept.order_by("-post__occurs_on").values_list("answers", flat=True)[:5]
    answers = dict(series.answers)
    for each in reversed(list(newest)):
        answers |= each
    return answers
