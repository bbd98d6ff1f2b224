"""What a person may do and why: each right with the roles that give it and what it still lacks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.access import may
from accounts.models import User
from accounts.permissions import AccountRole, CorporateRole, Permission
from accounts.reasons import Right, rights_of
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    CorporateGrantFactory,
    UserFactory,
    approver_of,
    communications_officer,
    digital_officer,
    drafter_of,
    person,
)
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def _right(someone: User, permission: Permission) -> Right:
    [found] = [right for right in rights_of(someone) if right.permission is permission]
    return found


def test_a_right_says_which_role_on_which_account_gives_it() -> None:
    library, museum = AccountFactory(name="Library"), AccountFactory(name="Museum")
    someone = drafter_of(library)
    AccountGrantFactory(user=someone, account=museum, role=AccountRole.APPROVER)

    sources = _right(someone, Permission.WRITE_POST).sources

    assert [(each.role, each.account) for each in sources] == [
        ("Drafter", library),
        ("Approver", museum),
    ]
    assert [each.account for each in _right(someone, Permission.APPROVE_POST).sources] == [museum]


def test_the_accounts_of_a_role_stand_together() -> None:
    library, museum = AccountFactory(name="Library"), AccountFactory(name="Museum")
    someone = drafter_of(library, museum)
    CorporateGrantFactory(user=someone, role=CorporateRole.COMMUNICATIONS_OFFICER)
    assert _right(someone, Permission.WRITE_POST).by_role == {
        "Communications officer": [],
        "Drafter": [library, museum],
    }


def test_owner_and_deputy_hold_rights_by_the_register() -> None:
    someone = UserFactory()
    AccountFactory(name="Own", owner=someone)
    AccountFactory(name="Stands in", deputy=someone)
    roles = [each.role for each in _right(someone, Permission.ASSESS_RISK).sources]
    assert roles == ["Site owner", "Deputy of the site owner"]


def test_a_line_manager_holds_rights_over_the_team() -> None:
    manager = UserFactory()
    UserFactory(manager=manager)
    [source] = _right(manager, Permission.SEE_TRAINING_RECORDS).sources
    assert (source.role, source.account) == ("Line manager", None)


def test_a_right_that_lacks_training_is_there_and_says_so() -> None:
    someone = person(CorporateRole.COMMUNICATIONS_OFFICER)
    assert may(someone, Permission.WRITE_POST)
    someone.completions.all().delete()

    right = _right(someone, Permission.WRITE_POST)

    assert right.sources
    assert "is not done" in " ".join(missing.what for missing in right.missing)


def test_what_ended_gives_nothing() -> None:
    someone = drafter_of(AccountFactory())
    someone.account_grants.update(ended_at=timezone.now() - timedelta(minutes=1))
    assert Permission.WRITE_POST not in {right.permission for right in rights_of(someone)}


def test_who_has_left_has_no_rights() -> None:
    gone = communications_officer(employed_until=timezone.localdate() - timedelta(days=1))
    assert rights_of(gone) == []


def test_the_reasons_say_the_same_as_the_one_answer(settings: Settings) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    account = AccountFactory()
    for someone in (approver_of(account), digital_officer(), UserFactory(), account.owner):
        held = {right.permission for right in rights_of(someone) if not right.missing}
        assert held == {permission for permission in Permission if may(someone, permission)}


def test_more_roles_ask_no_more_questions() -> None:
    def questions(accounts: int) -> int:
        someone = drafter_of(*(AccountFactory() for _ in range(accounts)))
        with CaptureQueriesContext(connection) as asked:
            rights_of(User.objects.get(pk=someone.pk))
        return len(asked) - 1

    assert questions(1) == questions(5) <= 10


def test_a_persons_page_and_ones_own_say_why() -> None:
    account = AccountFactory(name="Weald Library")
    someone = drafter_of(account)

    of_them = text_of(as_person(digital_officer()).get(reverse("person", args=[someone.pk])))
    of_oneself = text_of(as_person(someone).get(reverse("profile")))

    for page in (of_them, of_oneself):
        assert "Write posts" in page
        assert "Drafter of Weald Library" in page
