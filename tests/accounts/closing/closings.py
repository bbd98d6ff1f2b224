"""Accounts on their way out, for tests: as the actions leave them, and as rows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.actions.archives import KIND, ask_for_archive
from accounts.actions.closing import begin_closing
from accounts.models import AccountArchive, AccountState, Closing, SocialAccount, User
from jobs.models import Job, JobState
from jobs.running import run
from tests.factories import UserFactory


def being_closed(account: SocialAccount, by: User, reason: str = "Merged") -> SocialAccount:
    begin_closing(by=by, account=account, reason=reason)
    account.refresh_from_db()
    return account


def archived(account: SocialAccount, by: User) -> AccountArchive:
    """The archive that a worker makes of it."""
    job = ask_for_archive(by=by, account=account)
    run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.message
    return account.archives.get(job=job)


def closing_row(account: SocialAccount, **fields: Any) -> Closing:
    """A closing written past the actions: open, unless `fields` end it."""
    given = {"reason": "In a test", "begun_by": UserFactory(), "state_before": AccountState.LIVE}
    made: Closing = Closing.objects.create(account=account, **{**given, **fields})
    return made


def finished_row(account: SocialAccount) -> Closing:
    by = UserFactory()
    job = Job.objects.create(
        kind=KIND, about=0, title="Archive", asked_by=by, state="done", ended_at=timezone.now()
    )
    archive = AccountArchive.objects.create(
        account=account, job=job, file="x.zip", sha256="0" * 64, size=1,
        posts=0, mentions=0, pictures=0,
    )  # fmt: skip
    return closing_row(account, archive=archive, finished_at=timezone.now(), ended_by=by)
