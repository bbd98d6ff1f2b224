"""What waits for somebody on the home page because of a request or of going live."""

from __future__ import annotations

import pytest

from accounts.actions import deciding
from accounts.actions.answerable import change_owner
from accounts.models import AccountState, User
from council_social.my_tasks.tasks import tasks_for
from tests.accounts.requests.asking import asking, ready_to_submit, with_communications
from tests.factories import AccountFactory, communications_officer, digital_officer, person

pytestmark = pytest.mark.django_db


def waits_for(user: User) -> dict[str, int]:
    again = User.objects.get(pk=user.pk)
    return {task.text: task.count for task in tasks_for(again) if isinstance(task.count, int)}


def test_who_is_named_in_a_request_is_told_until_they_accept() -> None:
    begun = asking().answered()

    assert waits_for(begun.officer)["Requests that name you"] == 1
    assert waits_for(begun.deputy)["Requests that name you"] == 1
    begun.accepted_by_all()

    assert "Requests that name you" not in waits_for(begun.officer)
    assert "Requests that name you" not in waits_for(begun.asker)


def test_a_request_waits_for_whoever_decides_next() -> None:
    done = ready_to_submit().submitted()
    decides = "Requests to decide on"
    assert waits_for(done.manager)[decides] == 1
    assert decides not in waits_for(done.communications)

    done.supported()

    assert decides not in waits_for(done.manager)
    assert waits_for(done.communications)[decides] == 1
    assert decides not in waits_for(done.asker)


def test_a_returned_request_waits_for_whoever_asked() -> None:
    done = with_communications()

    deciding.send_back(
        by=done.communications, request=done.request, digest=done.digest, reason="Shorter"
    )

    assert waits_for(done.asker)["Requests returned to you"] == 1


def test_who_is_named_on_the_register_is_told_until_they_accept() -> None:
    account, new = AccountFactory(), person()

    change_owner(by=digital_officer(), account=account, owner=new, deputy=None)

    assert waits_for(new)["Accounts that name you"] == 1


def test_approved_accounts_wait_for_those_who_check_them() -> None:
    AccountFactory(state=AccountState.APPROVED)

    assert waits_for(communications_officer())["Accounts to take live"] == 1
    assert "Accounts to take live" not in waits_for(person())
