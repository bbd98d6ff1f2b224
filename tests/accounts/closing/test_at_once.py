"""Two people at one closing: one does it, the other is told."""

from __future__ import annotations

import pytest

from accounts.actions.closing import abandon_closing, begin_closing, finish_closing
from accounts.models import AccountState, Closing, SocialAccount, User
from tests.accounts.closing.closings import archived, being_closed
from tests.at_once import told_at_once
from tests.factories import digital_officer

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_people_at_once_one_begins_and_the_other_is_told(
    account: SocialAccount, officer: User
) -> None:
    other = digital_officer()

    said = told_at_once(
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

    said = told_at_once(
        lambda: finish_closing(by=officer, account=account),
        lambda: abandon_closing(by=other, account=account, reason="Kept"),
    )

    assert sorted(bool(words) for words in said) == [False, True]
    account.refresh_from_db()
    ended = Closing.objects.get()
    assert (ended.finished_at is None) != (ended.abandoned_at is None)
    assert (account.state == AccountState.CLOSED) == (ended.finished_at is not None)
