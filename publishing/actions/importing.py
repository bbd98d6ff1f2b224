"""Importing a file of posts: it is read and offered, then each good row becomes a draft.

Reading makes nothing. Making the drafts is long work (`jobs`): the rows are read once more, and
each becomes a draft on its own, so that one that cannot be made keeps none of the others back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import demand, explain
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from jobs.kinds import CannotBeDone, Kind, Outcome
from jobs.models import Job
from jobs.progress import Progress
from jobs.taking_up import forget_old, lock, shown_name, take_up
from pages.typed_csv import kept_rows
from pages.typed_rows import Problem
from publishing.actions.drafting import save_draft, start_post
from publishing.actions.library.choosing import choose_from_library
from publishing.drafts import Content
from publishing.errors import PublishingError
from publishing.importing.columns import read_file
from publishing.importing.rows import Checked, GoodRow, check_rows
from publishing.models import Draft, ImportedPost, Post, PostImport
from publishing.rights import refuse_unless

WHOLE_ROW = "the whole row"


def offer_posts(*, by: User, name: str, data: bytes) -> PostImport:
    """Read a file of posts, and keep its good rows for a week, to be made into drafts.

    Raises NotAllowed, and ValidationError for a file that cannot be read at all.
    """
    refuse_unless(explain(by, Permission.WRITE_POST), "import posts")
    rows = read_file(data)
    checked = check_rows(rows, by=by)
    return PostImport.objects.create(
        name=shown_name(name),
        by=by,
        rows=len(rows),
        good=[row.typed.kept() for row in checked.good],
        problems=[asdict(problem) for problem in checked.problems],
        remarks=list(_remarks(checked)),
        known=[{"row": row, "post": post.pk} for row, post in checked.made_before],
    )


def make_drafts(*, by: User, offered: PostImport) -> Job:
    """Begin to make a draft of each good row; asked again, the answer is the same job."""
    refuse_unless(explain(by, Permission.WRITE_POST), "import posts")
    return take_up(PostImport, offered.pk, kind=KIND.key, unit="posts")


def forget_old_imports() -> int:
    """Delete the files that nobody confirmed in time, and what is left of the others.

    The drafts stay.
    """
    return forget_old(PostImport, instead=reverse("posts"))


def _import(job: Job, progress: Progress) -> Outcome:
    """The long work. Of rows that are drafts already, whoever made them, nothing is made again."""
    offered = _of_job(job)
    page = reverse("post_import", args=[offered.pk])
    if offered.taken_at is None:
        demand(job.asked_by, Permission.WRITE_POST)
        checked = check_rows(kept_rows(offered.good), by=job.asked_by)
        progress.expect(len(checked.good))
        problems = list(checked.problems)
        for row in checked.good:
            problems += _made(offered.pk, row, job.asked_by)
            progress.step()
        offered = _settled(offered.pk, problems, job.asked_by)
    return Outcome(_in_words(offered), result_url=page)


def _made(offered_id: int, row: GoodRow, by: User) -> list[Problem]:
    """Make the draft of one row, or say why not."""
    try:
        _make(offered_id, row, by)
    except PublishingError as refusal:
        return [Problem(row.typed.number, WHOLE_ROW, refusal.message)]
    return []


@transaction.atomic
def _make(offered_id: int, row: GoodRow, by: User) -> None:
    # Under the lock of its file: a worker that was only thought dead makes nothing beside this one.
    offered = lock(PostImport, offered_id)
    if Post.objects.filter(key=row.key).exists():
        return
    post = start_post(by=by, content=row.content, key=row.key)
    if row.pictures:
        _add_pictures(post, row, by)
    ImportedPost.objects.create(file=offered, row=row.typed.number, post=post)


def _add_pictures(post: Post, row: GoodRow, by: User) -> Draft:
    items = [item_id for item_id, _ in row.pictures]
    revision = Draft.objects.get(post=post).revision
    draft = choose_from_library(post_id=post.pk, item_ids=items, revision=revision, by=by)
    content = Content.from_json(draft.content)
    for attached, (_, alt_text) in zip(content.media, row.pictures, strict=True):
        content = content.with_alt_text(attached.media_id, alt_text)
    return save_draft(post_id=post.pk, content=content, revision=draft.revision, by=by)


@transaction.atomic
def _settled(offered_id: int, problems: list[Problem], by: User) -> PostImport:
    offered: PostImport = lock(PostImport, offered_id)
    if offered.taken_at is None:
        told = [*offered.problems, *(asdict(problem) for problem in problems)]
        offered.problems = sorted(told, key=lambda problem: problem["row"])
        offered.good, offered.taken_at = [], timezone.now()
        offered.save(update_fields=["problems", "good", "taken_at"])
        after = {"count": f"{offered.made.count():,}"}
        record(Event.POSTS_IMPORTED, by=by, on=offered, after=after)
    return offered


def _in_words(offered: PostImport) -> str:
    count, bad = offered.made.count(), offered.bad_rows
    made = "1 draft is made." if count == 1 else f"{count:,} drafts are made."
    left = "1 row was not imported" if bad == 1 else f"{bad:,} rows were not imported"
    return f"{made} {left}: see why on its page." if bad else made


def _of_job(job: Job) -> PostImport:
    offered: PostImport | None = PostImport.objects.filter(pk=job.about).first()
    if offered is None:
        raise CannotBeDone("The file is not kept any more. Send it again: no draft is made twice.")
    return offered


def _remarks(checked: Checked) -> Iterator[dict[str, Any]]:
    for row in checked.good:
        yield from ({"row": row.typed.number, "what": remark} for remark in row.remarks)


def _may(job: Job) -> None:
    demand(job.asked_by, Permission.WRITE_POST)


KIND = Kind("post_import", _import, _may)
