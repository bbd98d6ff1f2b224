"""Closing an account: its reason, its archive, its end; and giving it up."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed
from accounts.actions import archives
from accounts.actions.archives import ask_for_archive, make_archive, take_out
from accounts.actions.closing import (
    abandon_closing,
    begin_closing,
    close_at_once,
    finish_closing,
    settle_posts,
)
from accounts.archive.writing import write_archive
from accounts.models import (
    AccountArchive,
    AccountState,
    Closing,
    Credential,
    SocialAccount,
    User,
)
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from jobs.models import JobState
from jobs.progress import Progress
from jobs.running import run
from monitoring.models import Mention
from publishing.models import PostState
from tests.accounts.closing.closings import archived, being_closed, closing_row
from tests.accounts.requests.asking import ready_to_submit
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    complete_for_live,
    digital_officer,
    person,
)
from tests.monitoring.factories import MentionFactory
from tests.publishing.delivery.factories import approved_post, connect_account

pytestmark = pytest.mark.django_db


def events_of(account: SocialAccount) -> list[str]:
    rows = Entry.objects.about("accounts.socialaccount", str(account.pk)).order_by("sequence")
    return list(rows.values_list("event", flat=True))


def test_an_account_is_closed_with_its_archive_and_stays_on_the_register(
    account: SocialAccount, officer: User
) -> None:
    connect_account(account)
    grant = AccountGrantFactory(account=account)
    MentionFactory(account=account)
    being_closed(account, officer, "Merged with Leisure")
    archive = archived(account, officer)

    closed = finish_closing(by=officer, account=account)

    assert closed.state == AccountState.CLOSED
    done = closed.closings.get()
    assert (done.archive, done.ended_by, done.reason) == (archive, officer, "Merged with Leisure")
    assert (archive.mentions, archive.posts, archive.lost) == (1, 0, 0)
    assert not Credential.objects.filter(account=account).exists()
    grant.refresh_from_db()
    assert (grant.ended_at is not None, grant.ended_by) == (True, officer)
    assert SocialAccount.objects.on_register(officer).filter(pk=account.pk).exists()
    assert events_of(account) == [
        Event.CREDENTIAL_STORED,
        Event.ACCOUNT_STATE_MOVED,
        Event.CLOSING_BEGUN,
        Event.ARCHIVE_MADE,
        Event.CREDENTIAL_DESTROYED,
        Event.ACCOUNT_ROLE_REMOVED,
        Event.ACCOUNT_STATE_MOVED,
    ]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_it_is_begun_with_a_reason_that_can_be_kept(
    reason: str, account: SocialAccount, officer: User
) -> None:
    with pytest.raises(ValidationError):
        begin_closing(by=officer, account=account, reason=reason)
    account.refresh_from_db()
    assert account.state == AccountState.LIVE


def test_only_whoever_closes_accounts_does_any_of_it(account: SocialAccount, officer: User) -> None:
    others = (account.owner, person(CorporateRole.AUDITOR), person(CorporateRole.HR))
    for somebody in others:
        with pytest.raises(NotAllowed):
            begin_closing(by=somebody, account=account, reason="Why not")
    being_closed(account, officer)
    for somebody in others:
        with pytest.raises(NotAllowed):
            ask_for_archive(by=somebody, account=account)
    archived(account, officer)
    for somebody in others:
        with pytest.raises(NotAllowed):
            abandon_closing(by=somebody, account=account, reason="Why not")
        with pytest.raises(NotAllowed):
            finish_closing(by=somebody, account=account)


def test_it_is_not_begun_twice(account: SocialAccount, officer: User) -> None:
    being_closed(account, officer)

    with pytest.raises(ValidationError, match="Somebody has begun to close"):
        begin_closing(by=digital_officer(), account=account, reason="Again")
    with pytest.raises(IntegrityError), transaction.atomic():
        closing_row(account)


def test_no_archive_is_made_while_a_post_is_still_to_go_out(
    account: SocialAccount, officer: User
) -> None:
    approved_post(account)
    being_closed(account, officer)

    with pytest.raises(ValidationError, match="1 post is still to go out"):
        ask_for_archive(by=officer, account=account)
    with pytest.raises(ValidationError, match="1 post is still to go out"):
        finish_closing(by=officer, account=account)


def test_it_does_not_end_without_an_archive_of_this_closing(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, officer)
    with pytest.raises(ValidationError, match="The archive is not made yet"):
        finish_closing(by=officer, account=account)
    archived(account, officer)
    abandon_closing(by=officer, account=account, reason="Not now")
    being_closed(account, officer, "Now")
    with pytest.raises(ValidationError, match="The archive is not made yet"):
        finish_closing(by=officer, account=account)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.open().update(finished_at=timezone.now())


def test_what_was_said_since_the_archive_was_made_is_archived_first(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, officer)
    archived(account, officer)
    MentionFactory(account=account)

    with pytest.raises(ValidationError, match=r"lacks what came since .*What was said to it"):
        finish_closing(by=officer, account=account)
    archived(account, officer)
    assert finish_closing(by=officer, account=account).state == AccountState.CLOSED


def test_a_mention_that_was_being_written_while_the_archive_was_made_is_missed_too(
    account: SocialAccount, officer: User
) -> None:
    """Its time is before the archive's, and yet it is not in it: the numbers tell."""
    being_closed(account, officer)
    archived(account, officer)
    late = MentionFactory(account=account)
    Mention.objects.filter(pk=late.pk).update(taken_in_at=timezone.now() - timedelta(hours=1))

    with pytest.raises(ValidationError, match="lacks what came since"):
        finish_closing(by=officer, account=account)


def test_an_archive_that_the_store_lost_is_made_again(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, officer)
    default_storage.delete(archived(account, officer).file)

    with pytest.raises(ValidationError, match="The store has lost the archive"):
        finish_closing(by=officer, account=account)


def test_the_connection_stays_while_the_account_cannot_be_closed(
    account: SocialAccount, officer: User
) -> None:
    connect_account(account)
    being_closed(account, officer)

    with pytest.raises(ValidationError):
        finish_closing(by=officer, account=account)
    assert Credential.objects.filter(account=account).exists()


def test_given_up_it_is_live_again_only_if_nothing_keeps_it_from_that(officer: User) -> None:
    complete = complete_for_live(AccountFactory())
    lacking = AccountFactory()
    for account in (complete, lacking):
        being_closed(account, officer)
        abandon_closing(by=officer, account=account, reason="Kept after all")
        account.refresh_from_db()
        assert Closing.objects.get(account=account).ended_by == officer

    assert (complete.state, lacking.state) == (AccountState.LIVE, AccountState.SUSPENDED)


def test_what_was_not_live_does_not_go_live_by_giving_up(officer: User) -> None:
    account = complete_for_live(AccountFactory(state=AccountState.DORMANT))
    being_closed(account, officer)

    abandon_closing(by=officer, account=account, reason="Kept after all")

    account.refresh_from_db()
    assert account.state == AccountState.SUSPENDED


def test_what_is_over_cannot_be_gone_on_with(account: SocialAccount, officer: User) -> None:
    being_closed(account, officer)
    archived(account, officer)
    finish_closing(by=officer, account=account)

    with pytest.raises(ValidationError, match="is closed already"):
        finish_closing(by=officer, account=account)
    with pytest.raises(ValidationError, match="is closed already"):
        abandon_closing(by=officer, account=account, reason="Too late")
    with pytest.raises(ValidationError, match="there is nothing to close"):
        begin_closing(by=officer, account=account, reason="Again")


@pytest.mark.parametrize(
    "state",
    [
        AccountState.PARTNER,
        AccountState.REQUESTED,
        AccountState.ASSESSED,
        AccountState.APPROVED,
    ],
)
def test_what_never_had_a_post_of_ours_is_closed_in_one_step(
    state: AccountState, officer: User
) -> None:
    account = AccountFactory(state=state)
    connect_account(account)
    AccountGrantFactory(account=account)

    closed = close_at_once(by=officer, account=account, reason="The partner asked us to")

    assert closed.state == AccountState.CLOSED
    assert not Credential.objects.filter(account=account).exists()
    assert not account.grants.filter(ended_at__isnull=True).exists()
    with pytest.raises(ValidationError, match="cannot be closed in one step"):
        close_at_once(by=officer, account=closed, reason="Again")


def test_a_live_account_is_not_closed_in_one_step(account: SocialAccount, officer: User) -> None:
    with pytest.raises(ValidationError, match="cannot be closed in one step"):
        close_at_once(by=officer, account=account, reason="In a hurry")


def test_while_one_archive_is_being_made_no_other_is_begun(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, officer)

    first = ask_for_archive(by=officer, account=account)

    assert ask_for_archive(by=digital_officer(), account=account) == first
    run(first.pk)
    assert ask_for_archive(by=officer, account=account) != first


def test_the_work_done_twice_makes_one_archive(account: SocialAccount, officer: User) -> None:
    being_closed(account, officer)
    made = archived(account, officer)

    outcome = make_archive(made.job, Progress(made.job))

    assert "is made" in outcome.message
    assert AccountArchive.objects.get() == made


def test_the_work_ends_where_the_closing_was_given_up_meanwhile(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, officer)
    job = ask_for_archive(by=officer, account=account)
    abandon_closing(by=officer, account=account, reason="Kept")

    run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "not being closed any more" in job.message


def test_the_work_asks_again_whether_the_person_may(account: SocialAccount, officer: User) -> None:
    being_closed(account, officer)
    job = ask_for_archive(by=officer, account=account)
    officer.corporate_grants.update(ended_at=timezone.now())

    run(job.pk)

    job.refresh_from_db()
    assert (job.state, AccountArchive.objects.count()) == (JobState.FAILED, 0)


def test_taking_an_archive_out_is_recorded(account: SocialAccount, officer: User) -> None:
    being_closed(account, officer)
    archive = archived(account, officer)

    for reader in (officer, person(CorporateRole.AUDITOR)):
        with take_out(by=reader, archive=archive) as opened:
            assert opened.read(2) == b"PK"
        last = Entry.objects.order_by("-sequence")[0]
        assert (last.event, last.actor_id) == (Event.ARCHIVE_DOWNLOADED, str(reader.pk))
    with pytest.raises(NotAllowed):
        take_out(by=account.owner, archive=archive)


def test_a_request_that_is_not_decided_is_not_closed_past_its_decision(officer: User) -> None:
    of = ready_to_submit().submitted()

    with pytest.raises(ValidationError, match="withdraw or refuse the request"):
        close_at_once(by=officer, account=of.account, reason="Not wanted")

    assert of.account.state == AccountState.REQUESTED


def test_posts_of_a_closing_are_settled_by_whoever_closes_accounts(
    account: SocialAccount, officer: User
) -> None:
    being_closed(account, officer)
    post = approved_post(account)

    with pytest.raises(NotAllowed):
        settle_posts(by=account.owner, account=account, keys=[post.pk])

    post.refresh_from_db()
    assert post.state in (PostState.APPROVED, PostState.SCHEDULED)


def test_an_archive_of_a_closing_that_is_given_up_while_it_is_written_is_not_kept(
    account: SocialAccount,
    officer: User,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path  # Of its own: another test's account may have had its number.
    being_closed(account, officer)
    job = ask_for_archive(by=officer, account=account)

    def meanwhile(*args: Any, **how: Any) -> Any:
        abandon_closing(by=officer, account=account, reason="Kept")
        return write_archive(*args, **how)

    monkeypatch.setattr(archives, "write_archive", meanwhile)
    run(job.pk)

    job.refresh_from_db()
    assert (job.state, AccountArchive.objects.count()) == (JobState.FAILED, 0)
    assert "Somebody gave it up" in job.message
    assert default_storage.listdir(f"archives/{account.pk}") == ([], [])
