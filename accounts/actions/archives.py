"""The archive of an account that is being closed: asked for, made by a worker, taken out."""

from __future__ import annotations

import hashlib
import tempfile
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import closing
from accounts.access import NotAllowed, demand, explain, may
from accounts.actions.closing import open_closing
from accounts.actions.locking import lock_account
from accounts.archive.writing import folder_name, total, write_archive
from accounts.models import AccountArchive, Closing, SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from jobs.actions import begin
from jobs.kinds import CannotBeDone, Outcome
from jobs.models import Job, JobState
from jobs.progress import Progress

KIND = "account_archive"
PIECE = 1024 * 1024


@transaction.atomic
def ask_for_archive(*, by: User, account: SocialAccount) -> Job:
    """Have the archive made; while one is being made, that is it. Raises ValidationError.

    Nothing may be on its way any more: what is still to happen to a post would not be in it.
    """
    locked = lock_account(account)
    demand(by, Permission.CLOSE_ACCOUNT, on=locked)
    to_close = open_closing(locked)
    closing.refuse_unsettled(locked)
    under_way = archive_jobs(to_close).filter(state__in=(JobState.WAITING, JobState.RUNNING))
    if job := under_way.first():
        return job
    return begin(kind=KIND, about=to_close.pk, title=f"Archive of {locked}", by=by, unit="records")


def archive_jobs(to_close: Closing) -> QuerySet[Job]:
    """All that were asked for, the newest first."""
    return Job.objects.filter(kind=KIND, about=to_close.pk).order_by("-asked_at", "-pk")


def demand_for_job(job: Job) -> None:
    """Raise NotAllowed unless whoever asked for the archive may still close the account."""
    demand(job.asked_by, Permission.CLOSE_ACCOUNT, on=_closing(job).account)


def make_archive(job: Job, progress: Progress) -> Outcome:
    """The work of the job. Done before, it is not done again."""
    to_close = _closing(job)
    account = to_close.account
    made = AccountArchive.objects.filter(job=job).first()
    if made is None:
        demand_for_job(job)
        closing.refuse_unsettled(open_closing(account).account)
        made = _made(job, to_close, progress)
    holds = f"{_number(made.posts, 'post')}, {_number(made.mentions, 'mention')}"
    lost = f" The store had lost {made.lost} of its pictures." if made.lost else ""
    return Outcome(
        f"The archive of {account} is made: {holds}.{lost}",
        result_url=reverse("account_close", args=[account.pk]),
    )


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _made(job: Job, to_close: Closing, progress: Progress) -> AccountArchive:
    account, at = to_close.account, timezone.now()
    progress.expect(total(account, at))
    with tempfile.TemporaryFile() as file:
        written = write_archive(
            account, file, at=at, by=job.asked_by, reason=to_close.reason, tell=progress.step
        )
        archive = AccountArchive(
            account=account,
            job=job,
            up_to=at,
            sha256=_sha256(file),
            size=file.tell(),
            posts=written.counts.get("posts", 0),
            mentions=written.counts.get("mentions", 0),
            pictures=written.pictures,
            lost=len(written.lost),
        )
        file.seek(0)
        archive.file = default_storage.save(
            f"archives/{account.pk}/{folder_name(account, at)}.zip", File(file)
        )
    return _kept(archive)


@transaction.atomic
def _kept(archive: AccountArchive) -> AccountArchive:
    """The row and its entry. Another worker that thought this one dead may have been quicker."""
    locked = lock_account(archive.account)
    if kept := AccountArchive.objects.filter(job=archive.job).first():
        default_storage.delete(archive.file)
        return kept
    if not locked.closings.open().exists():
        default_storage.delete(archive.file)
        raise CannotBeDone(f"{locked} is not being closed any more. Somebody gave it up.")
    archive.save()
    record(
        Event.ARCHIVE_MADE,
        by=archive.job.asked_by,
        on=locked,
        after={
            "posts": archive.posts,
            "mentions": archive.mentions,
            "pictures": archive.pictures,
            "lost": archive.lost,
            "sha256": archive.sha256,
        },
    )
    return archive


@transaction.atomic
def take_out(*, by: User, archive: AccountArchive) -> File:
    """The archive, opened for whoever closes accounts or reads the audit trail; that is recorded.

    Raises NotAllowed, and FileNotFoundError where the store has lost it.
    """
    demand_to_read(by, archive.account)
    opened = default_storage.open(archive.file, "rb")
    record(
        Event.ARCHIVE_DOWNLOADED,
        by=by,
        on=archive.account,
        after={"sha256": archive.sha256, "up_to": archive.up_to},
    )
    return opened


def file_name(archive: AccountArchive) -> str:
    """What the person's own copy is called."""
    return f"{folder_name(archive.account, archive.up_to)}.zip"


def may_read_archives(reader: User, account: SocialAccount) -> bool:
    return may(reader, Permission.CLOSE_ACCOUNT, on=account) or may(
        reader, Permission.SEE_AUDIT, on=account
    )


def demand_to_read(reader: User, account: SocialAccount) -> None:
    if not may_read_archives(reader, account):
        raise NotAllowed(explain(reader, Permission.CLOSE_ACCOUNT, on=account))


def _closing(job: Job) -> Closing:
    return Closing.objects.select_related(
        "account__service_area", "account__owner", "account__deputy"
    ).get(pk=job.about)


def _sha256(file: IO[bytes]) -> str:
    file.seek(0)
    made = hashlib.sha256()
    while piece := file.read(PIECE):
        made.update(piece)
    return made.hexdigest()
