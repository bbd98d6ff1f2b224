"""Who answers for an account, and changing that."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.access import NotAllowed
from accounts.actions.answerable import accept_part, change_owner
from accounts.models import AccountState, SocialAccount, User
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.factories import AccountFactory, UserFactory, communications_officer

pytestmark = pytest.mark.django_db


def test_changing_the_owner_is_recorded(admin: User, trail: Trail) -> None:
    account = AccountFactory()
    before, after, deputy = account.owner.name, UserFactory(), UserFactory()

    change_owner(by=admin, account=account, owner=after, deputy=deputy)

    account.refresh_from_db()
    assert (account.owner, account.deputy) == (after, deputy)
    assert trail.last.event == Event.ACCOUNT_CHANGED
    assert trail.last.details["before"]["owner"] == before
    with pytest.raises(NotAllowed):
        change_owner(by=communications_officer(), account=account, owner=deputy, deputy=None)


def test_an_account_is_answered_for_by_its_owner_and_its_deputy_alone() -> None:
    owner, deputy = UserFactory(), UserFactory()
    account = AccountFactory(owner=owner, deputy=deputy)
    AccountFactory(deputy=UserFactory())

    for person in (owner, deputy):
        assert list(SocialAccount.objects.answered_for_by(person)) == [account]
    assert not SocialAccount.objects.answered_for_by(UserFactory())


def test_nobody_accepts_to_answer_for_what_is_closed_or_not_theirs() -> None:
    account = AccountFactory(state=AccountState.CLOSED)
    account.answerables.update(accepted_at=None)

    with pytest.raises(ValidationError, match="is closed"):
        accept_part(by=account.owner, account=account)
    with pytest.raises(ValidationError, match="neither the owner nor the deputy"):
        accept_part(by=UserFactory(), account=AccountFactory())

    assert not account.answerables.filter(accepted_at__isnull=False).exists()
