"""What the page of a closing shows: what is done, what is to be done next, what is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.actions.archives import archive_jobs
from accounts.actions.closing import not_ready, open_closing, targets
from accounts.actions.disconnecting import can_be_revoked
from accounts.archive.freshness import newest_archive, out_of_date
from accounts.closing import the_desk
from accounts.forms.closing import SettlePostsForm
from accounts.forms.connection import WayOutForm
from accounts.health import credential_of
from accounts.models import AccountArchive, Closing, SocialAccount, User
from jobs.models import Job
from jobs.standing import Standing, standing_of


@dataclass(frozen=True, slots=True)
class Making:
    """The work that makes the archive, as far as it is not over; `is_own`: the reader asked."""

    job: Job
    standing: Standing
    is_own: bool


def closing_page(account: SocialAccount, reader: User, form: forms.Form) -> dict[str, Any]:
    """The values of the page while the account is being closed."""
    under_way = open_closing(account)
    posts = the_desk().posts(account)
    is_theirs = isinstance(form, SettlePostsForm)
    return {
        "closing": under_way,
        "posts": posts,
        "to_settle_first": [post for post in posts if post.to_settle],
        "settle": form
        if is_theirs
        else SettlePostsForm(None, posts=posts, targets=targets(reader, account)),
        "making": _making(under_way, reader),
        "finish": form if isinstance(form, WayOutForm) else finish_form(None, account),
        "keys_stay": credential_of(account) is not None and not can_be_revoked(account),
        "not_ready": not_ready(account),
        **_archive(under_way),
    }


def finish_form(data: Any, account: SocialAccount) -> WayOutForm:
    """How far the connection is to be ended, where that is a question."""
    return WayOutForm(data, platform=account.platform_name, can_be_revoked=can_be_revoked(account))


def closed_page(account: SocialAccount) -> dict[str, Any]:
    """The values of the page once the account is closed."""
    finished = account.closings.select_related("ended_by", "archive__job__asked_by").first()
    return {"closing": finished, "archive": finished.archive if finished else None}


def _archive(under_way: Closing) -> dict[str, Any]:
    archive = newest_archive(under_way.account)
    if archive is None or archive.up_to < under_way.begun_at:
        return {"archive": None, "lacks": []}
    return {"archive": archive, "lacks": out_of_date(archive)}


def _making(under_way: Closing, reader: User) -> Making | None:
    """Of what is over, only that it failed."""
    job = archive_jobs(under_way).select_related("asked_by").first()
    if job is None or AccountArchive.objects.filter(job=job).exists():
        return None
    return Making(job, standing_of(job), job.asked_by_id == reader.pk)
