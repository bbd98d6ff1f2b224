"""Intake: from the platform to rows, whatever goes wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions.credentials import store
from accounts.models import AccountState, SocialAccount
from audit.catalogue import Event
from audit.models import Entry
from monitoring import intake
from monitoring.models import DailyFigure, IntakeCursor, Mention
from platforms.sandbox.running import RunningSandbox, running_sandbox
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db

PLATFORMS = ("x", "facebook", "youtube")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=5) as running:
        yield running


@pytest.fixture(autouse=True)
def connected(sandbox: RunningSandbox, settings) -> None:
    sandbox.control.reset()
    settings.PLATFORM_URLS = sandbox.base_urls
    settings.PLATFORM_TIMEOUT_S = 1.0


def account_on(sandbox: RunningSandbox, platform: str, handle: str = "wealdmoor") -> SocialAccount:
    """A live account with a credential that the sandbox knows."""
    token = f"{platform}-{handle}"
    remote = sandbox.control.add_account(platform, handle, tokens=[token])
    account = AccountFactory(platform=platform, handle=handle, remote_id=remote["remote_id"])
    names = account.platform_facts.credential_fields
    store(by=None, account=account, credential=dict.fromkeys(names, token))
    return account


def due_again(account: SocialAccount) -> None:
    IntakeCursor.objects.filter(account=account).update(due_at=None)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_residents_said_is_taken_in_once(sandbox, platform):
    account = account_on(sandbox, platform)
    sandbox.control.seed_mentions(platform, "wealdmoor", 30)

    first = intake.take_in(account.pk)
    due_again(account)
    second = intake.take_in(account.pk)

    assert first == Mention.objects.filter(account=account).count() == 30
    assert second == 0
    assert IntakeCursor.objects.get(account=account).succeeded_at is not None


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_said_later_follows_from_the_cursor(sandbox, platform):
    account = account_on(sandbox, platform)
    sandbox.control.seed_mentions(platform, "wealdmoor", 3)
    intake.take_in(account.pk)
    sandbox.control.say(platform, "wealdmoor", "Is the library open on Sunday?")
    due_again(account)

    assert intake.take_in(account.pk) == 1
    assert Mention.objects.filter(text__contains="open on Sunday").count() == 1


@pytest.mark.parametrize("kind", ["rate_limit", "error_before", "html", "empty", "huge", "drop"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_trouble_is_kept_on_the_account_and_passes(sandbox, platform, kind):
    account = account_on(sandbox, platform)
    sandbox.control.seed_mentions(platform, "wealdmoor", 3)
    sandbox.control.fault(kind, platform=platform, times=50)

    assert intake.take_in(account.pk) == 0

    cursor = IntakeCursor.objects.get(account=account)
    assert cursor.failure
    assert cursor.failing_since
    assert cursor.due_at
    assert cursor.due_at > timezone.now()
    assert Entry.objects.filter(event=Event.INTAKE_FAILED).count() == 1

    sandbox.control.clear_faults()
    due_again(account)
    assert intake.take_in(account.pk) == 3
    healed = IntakeCursor.objects.get(account=account)
    assert healed.failing_since is None
    assert healed.failure == ""


def test_an_expired_sign_in_is_marked_and_not_asked_for_again(sandbox):
    account = account_on(sandbox, "x")
    sandbox.control.set_tokens("x", "wealdmoor", "expired")

    assert intake.take_in(account.pk) == 0

    account.credential.refresh_from_db()
    assert account.credential.refused_at is not None
    assert account.pk not in intake.accounts_due(timezone.now() + timedelta(days=1))


def test_what_nobody_foresaw_is_kept_on_the_account_too(sandbox, monkeypatch):
    account = account_on(sandbox, "x")
    sandbox.control.seed_mentions("x", "wealdmoor", 3)

    def breaks(*_: object) -> int:
        raise RuntimeError("access_token=hush")

    with monkeypatch.context() as broken:
        broken.setattr(intake, "store", breaks)
        assert intake.take_in(account.pk) == 0

    cursor = IntakeCursor.objects.get(account=account)
    assert cursor.lease_until is None
    assert cursor.failure.startswith("Something unforeseen")
    assert "hush" not in cursor.failure
    due_again(account)
    assert intake.take_in(account.pk) == 3


def test_one_accounts_failure_is_its_own(sandbox):
    unwell, well = account_on(sandbox, "x", "unwell"), account_on(sandbox, "x", "well")
    for handle in ("unwell", "well"):
        sandbox.control.seed_mentions("x", handle, 4)
    sandbox.control.set_tokens("x", "unwell", "revoked")

    for account_id in intake.accounts_due(timezone.now()):
        intake.take_in(account_id)

    assert not Mention.objects.filter(account=unwell).exists()
    assert Mention.objects.filter(account=well).count() == 4


def test_an_intake_that_died_is_taken_up_where_its_last_page_was_stored(sandbox, monkeypatch):
    account = account_on(sandbox, "x")
    sandbox.control.seed_mentions("x", "wealdmoor", 250)
    kept = intake._keep

    class Killed(BaseException):
        pass

    def die_after_the_first_page(cursor, page):
        kept(cursor, page)
        raise Killed

    monkeypatch.setattr(intake, "_keep", die_after_the_first_page)
    with pytest.raises(Killed):
        intake.take_in(account.pk)
    monkeypatch.undo()
    before = Mention.objects.count()
    assert 0 < before < 250

    assert intake.take_in(account.pk) == 0, "the dead worker's lease still holds"
    IntakeCursor.objects.update(lease_until=timezone.now())
    intake.take_in(account.pk)

    assert Mention.objects.count() == 250


def test_two_workers_do_not_take_in_the_same_account(sandbox):
    account = account_on(sandbox, "x")
    sandbox.control.seed_mentions("x", "wealdmoor", 3)
    IntakeCursor.objects.create(account=account, lease_until=timezone.now() + timedelta(minutes=1))

    assert intake.take_in(account.pk) == 0
    assert not Mention.objects.exists()


def test_closed_and_unconnected_accounts_are_left_alone(sandbox):
    closed = account_on(sandbox, "x", "closed")
    SocialAccount.objects.filter(pk=closed.pk).update(state=AccountState.CLOSED)
    AccountFactory(handle="unconnected")

    assert list(intake.accounts_due(timezone.now())) == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_figures_are_kept_once_a_day(sandbox, platform):
    account = account_on(sandbox, platform)
    sandbox.control.set_followers(platform, "wealdmoor", 1200)
    intake.take_in_figures(account.pk)
    sandbox.control.set_followers(platform, "wealdmoor", 1250)

    stored = intake.take_in_figures(account.pk)

    assert stored == DailyFigure.objects.filter(account=account).count() > 0
    assert 1250 in DailyFigure.objects.filter(account=account).values_list("value", flat=True)
