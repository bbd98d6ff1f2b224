"""Changing what repeats, or when: from now on, and in the posts that were made already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from pages.local_time import in_words_for_form
from publishing.actions.drafting import EDITABLE, save_draft
from publishing.actions.occurrences import answers_for, still_open
from publishing.actions.repeating import (
    Rhythm,
    facts_of,
    lock_series,
    make_soon,
    refuse_no_day_left,
)
from publishing.actions.submitting import submit, take_back, withdraw_locked
from publishing.drafts import Content
from publishing.errors import AlreadyOut, ChecksFailed, Conflict
from publishing.locks import lock_post
from publishing.models import UNDECIDED, Post, PostState, Series, SeriesState
from publishing.models.posts import PostQuerySet
from publishing.repeating.days import days_between, days_off_now, moment_of
from publishing.repeating.rights import explain_changing
from publishing.rights import refuse_unless

REACHED = (*EDITABLE, *UNDECIDED, PostState.APPROVED, PostState.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Words:
    """What of the content can be changed here; accounts and pictures stay."""

    title: str
    text: str
    link: str
    note: str
    own_texts: tuple[tuple[int, str], ...] = ()

    def put_on(self, content: Content) -> Content:
        own = tuple((pk, text) for pk, text in self.own_texts if text and text != self.text)
        return replace(
            content,
            title=self.title,
            text=self.text,
            link=self.link,
            note=self.note,
            own_texts=own,
        )


@dataclass(slots=True)
class Carried:
    """What became of the posts that were made already."""

    sent: int = 0
    drafts: int = 0
    withdrawn: int = 0
    kept: int = 0
    """Changed by themselves before, so they stay as they are."""
    out: int = 0
    """Too late: a platform has them."""


def already_made(series: Series) -> PostQuerySet:
    """Posts of it that are still to go out, which a change reaches."""
    to_come = Post.objects.filter(series=series, state__in=REACHED)
    return to_come.filter(occurs_on__gte=timezone.localdate())


@transaction.atomic
def change(
    *, series_id: int, revision: int, rhythm: Rhythm, words: Words, by: User
) -> tuple[Series, Carried]:
    """Change what it says and when it comes.

    Posts that were made already are changed with it: what was approved of them is void, and they
    are sent for approval again, or stay drafts where a check asks something. On days that are none
    of its days any more they are withdrawn. Raises NotAllowed, Refused, and Conflict where somebody
    changed it since `revision`.
    """
    series = lock_series(series_id)
    refuse_unless(explain_changing(by, series), "change this repeating post")
    if series.state == SeriesState.ENDED:
        raise Conflict("This repeating post has ended. Begin a new one.")
    if revision != series.revision:
        raise Conflict(f"{series.edited_by.name} changed this since you opened it. Look again.")
    before = facts_of(series)
    old = _Said(series)
    rhythm.put_on(series)
    series.content = words.put_on(old.content).to_json()
    if facts_of(series) == before and Content.from_json(series.content) == old.content:
        return series, Carried()
    refuse_no_day_left(series)
    series.revision += 1
    series.edited_by, series.changed_at = by, timezone.now()
    series.save()
    carried = _carry_over(series, old, by)
    record(Event.SERIES_CHANGED, by=by, on=series, before=before, after=facts_of(series))
    make_soon(series)
    return series, carried


class _Said:
    """What a series said before it was changed."""

    def __init__(self, series: Series) -> None:
        self.content = still_open(Content.from_json(series.content))
        self.series = Series(at=series.at)

    def is_of(self, content: Content) -> bool:
        """Whether nobody has changed this since it was made: words, accounts and alt texts."""
        return _bare(content) == _bare(self.content)

    def when(self, day: date) -> tuple[str, str, str]:
        return in_words_for_form(moment_of(self.series, day).at)


def _bare(content: Content) -> tuple[Content, list[str]]:
    """A campaign that was closed since makes no difference, nor does the order of accounts."""
    bare = replace(
        content,
        publish_on="",
        publish_time="",
        publish_fold="",
        media=(),
        campaign_id=None,
        aim_id=None,
        account_ids=tuple(sorted(content.account_ids)),
        own_texts=tuple(sorted(content.own_texts)),
    )
    return bare, [attached.alt_text for attached in content.media]


def _carry_over(series: Series, old: _Said, by: User) -> Carried:
    carried, off = Carried(), days_off_now()
    for pk in list(already_made(series).order_by("pk").values_list("pk", flat=True)):
        post = lock_post(pk)
        if post.state not in REACHED or post.occurs_on is None:
            continue
        try:
            if not days_between(series, post.occurs_on, post.occurs_on, off):
                why = f"The repeating post “{series}” does not come on that day any more."
                withdraw_locked(post, by=by, reason=why, cancelled_because=why)
                carried.withdrawn += 1
            else:
                _change_one(series, post, post.occurs_on, old, by, carried)
        except AlreadyOut:
            carried.out += 1
    return carried


def _change_one(
    series: Series, post: Post, day: date, old: _Said, by: User, carried: Carried
) -> None:
    kept = Content.from_json(post.draft.content)
    if not old.is_of(kept):
        carried.kept += 1
        return
    content = _changed(series, kept, day, old)
    if content == kept:
        return
    sends = post.state != PostState.CHANGES_REQUESTED
    if post.state not in EDITABLE:
        post = take_back(post_id=post.pk, by=by)
    draft = save_draft(post_id=post.pk, content=content, revision=post.draft.revision, by=by)
    if not sends:
        carried.drafts += 1
        return
    try:
        submit(post_id=post.pk, revision=draft.revision, by=by, answers=answers_for(series))
    except ChecksFailed:
        carried.drafts += 1
    else:
        carried.sent += 1


def _changed(series: Series, kept: Content, day: date, old: _Said) -> Content:
    """What the post is to say now. Its pictures are its own; so is a time it was moved to."""
    content = replace(still_open(Content.from_json(series.content)), media=kept.media)
    when = kept.publish_on, kept.publish_time, kept.publish_fold
    if when == old.when(day):
        when = in_words_for_form(moment_of(series, day).at)
    on, at, fold = when
    return replace(content, publish_on=on, publish_time=at, publish_fold=fold)
