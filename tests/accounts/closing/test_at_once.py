"""Two people at one closing: one does it, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.actions.closing import abandon_closing, begin_closing, finish_closing
from accounts.models import AccountState, Closing, SocialAccount, User
from tests.accounts.closing.closings import archived, being_closed
from tests.factories import AccountFactory, communications_officer, digital_officer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def officer() -> User:
    return communications_officer(name="Cat Officer")


@pytest.fixture
def account() -> SocialAccount:
    return AccountFactory(name="Wealdmoor Parks", handle="wmparks")


def at_once(*acts: Any) -> list[str]:
    """What each of several acts, begun together, came to: "" or the words of its refusal."""

    def attempt(act: Any) -> str:
        try:
            act()
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts, timeout=60))


def test_of_two_people_at_once_one_begins_and_the_other_is_told(
    account: SocialAccount, officer: User
) -> None:
    other = digital_officer()

    said = at_once(
        lambda: begin_closing(by=officer, account=account, reason="First"),
        lambda: begin_closing(by=other, account=account, reason="Second"),
    )

    assert sorted(bool(words) for words in said) == [False, True]
    assert Closing.objects.count() == 1


def test_of_two_people_at_once_one_finishes_or_gives_up_and_the_other_is_told(
    account: SocialAccount, officer: User
) -> None:
    other = digital_officer()
    being_closed(account, officer)
    archived(account, officer)

    said = at_once(
        lambda: finish_closing(by=officer, account=account),
        lambda: abandon_closing(by=other, account=account, reason="Kept"),
    )

    assert sorted(bool(words) for words in said) == [False, True]
    account.refresh_from_db()
    ended = Closing.objects.get()
    assert (ended.finished_at is None) != (ended.abandoned_at is None)
    assert (account.state == AccountState.CLOSED) == (ended.finished_at is not None)
