"""The pages about who has access to an account: what they say, and what is done there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import account_roles
from accounts.actions.leaving import end_employment
from accounts.actions.roles import change_end_of_account_role, grant_account_role
from accounts.models import SocialAccount, User
from accounts.permissions import AccountRole, CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import AccountFactory, AccountGrantFactory, drafter_of, person
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def page(name: str, *about: object) -> str:
    return reverse(name, args=[getattr(each, "pk", each) for each in about])


@pytest.fixture
def account() -> SocialAccount:
    return AccountFactory(name="Wealdmoor Libraries", owner=person(name="Olu Owner"))


def test_the_page_says_who_through_what_and_since_when(account: SocialAccount, admin: User) -> None:
    dan = person(name="Dan Drafter")
    grant_account_role(
        by=admin, user=dan, account=account, role=AccountRole.DRAFTER, reason="Story times"
    )

    words = text_of(as_person(account.owner).get(page("account_access", account)))

    assert "Drafter Write posts, see mentions" in words
    assert "by Dot Admin: Story times" in words
    assert "Olu Owner" in words
    assert "Site owner Write posts" in words
    assert "Accepted" in words
    assert "Take away" not in words


def test_who_has_not_accepted_and_who_left_is_shown(account: SocialAccount, admin: User) -> None:
    account.answerables.update(accepted_at=None)
    User.objects.filter(pk=account.owner_id).update(employed_until=timezone.localdate() - DAY)

    words = text_of(as_person(admin).get(page("account_access", account)))

    assert "Has not accepted yet" in words
    assert "Olu Owner Left" in words


def test_a_role_is_given_changed_and_taken_away_here(account: SocialAccount, admin: User) -> None:
    client, someone = as_person(admin), person(name="Sue New")
    facts = {"user": someone.pk, "role": "drafter", "reason": "Story times"}

    client.post(page("access_new", account), facts)
    grant = account.grants.get()
    assert (grant.user, grant.granted_by, grant.reason) == (someone, admin, "Story times")

    day = timezone.localdate() + 30 * DAY
    answer = client.post(
        page("access_change", account, grant),
        {"ends_on": day.strftime("%d/%m/%Y"), "reason": "Until the summer"},
        follow=True,
    )
    grant.refresh_from_db()
    assert grant.ends_on == day
    assert f"{day:%-d %B %Y}" in text_of(answer)
    entry = Entry.objects.get(event=Event.ACCOUNT_ROLE_CHANGED)
    assert (entry.reason, entry.details["before"]["ends_on"]) == ("Until the summer", None)

    client.post(page("access_end", account, grant), {"reason": "Moved on"})
    assert account_roles(someone, account) == frozenset()


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    account: SocialAccount, admin: User
) -> None:
    answer = as_person(admin).post(page("access_new", account), {"reason": "Story times"})

    assert answer.status_code == 422
    assert "Choose a person." in text_of(answer)
    assert "Choose a role." in text_of(answer)
    assert "Story times" in answer.content.decode()


@pytest.mark.parametrize(
    ("ends_on", "wrong"),
    [("01/01/2020", "The last day must be today or later."), ("31/02/2027", "Enter a real date")],
)
def test_a_last_day_is_a_real_one_ahead(
    account: SocialAccount, admin: User, ends_on: str, wrong: str
) -> None:
    grant = AccountGrantFactory(account=account)

    answer = as_person(admin).post(
        page("access_change", account, grant), {"ends_on": ends_on, "reason": "x"}
    )

    assert answer.status_code == 422
    assert wrong in text_of(answer)


def test_nobody_changes_the_end_of_their_own_role(account: SocialAccount, admin: User) -> None:
    grant = AccountGrantFactory(account=account, user=admin)

    with pytest.raises(ValidationError, match="their own role"):
        change_end_of_account_role(by=admin, grant=grant, ends_on=None)


def test_a_role_that_is_over_is_not_made_longer(account: SocialAccount, admin: User) -> None:
    grant = AccountGrantFactory(account=account, ends_on=timezone.localdate() - DAY)

    with pytest.raises(ValidationError, match="not in force any more"):
        change_end_of_account_role(by=admin, grant=grant, ends_on=None)
    assert as_person(admin).get(page("access_change", account, grant)).status_code == 404


def test_no_role_outlasts_the_employment(account: SocialAccount, admin: User) -> None:
    someone, last_day = person(), timezone.localdate() + 5 * DAY
    end_employment(by=admin, person=someone, last_day=last_day)

    grant = grant_account_role(by=admin, user=someone, account=account, role=AccountRole.DRAFTER)
    assert grant.ends_on == last_day
    change_end_of_account_role(by=admin, grant=grant, ends_on=last_day + 30 * DAY)
    grant.refresh_from_db()
    assert grant.ends_on == last_day


def test_who_could_post_is_shown_with_what_the_others_lacked(account: SocialAccount) -> None:
    dan = drafter_of(account, name="Dan Drafter")
    dan.completions.all().delete()
    today = timezone.localdate()

    answer = as_person(account.owner).get(
        page("access_on_a_day", account), {"day": today.strftime("%d/%m/%Y")}
    )

    words = text_of(answer)
    assert answer.status_code == 200
    assert "The account is live." in words
    assert words.index("Olu Owner") < words.index("Had a role, and could not post")
    assert words.index("Had a role, and could not post") < words.index("Dan Drafter")
    assert "The course “Running a council account” is not done." in words


def test_a_day_to_come_is_refused(account: SocialAccount) -> None:
    tomorrow = timezone.localdate() + DAY

    answer = as_person(account.owner).get(
        page("access_on_a_day", account), {"day": tomorrow.strftime("%d/%m/%Y")}
    )

    assert answer.status_code == 422
    assert "Enter today or a day in the past." in text_of(answer)


def test_the_file_says_the_same_and_the_trail_who_took_it(account: SocialAccount) -> None:
    drafter_of(account, name="=Dan")
    today = timezone.localdate()
    auditor = person(CorporateRole.AUDITOR, name="Ava Auditor")

    answer = as_person(auditor).get(
        page("access_csv", account), {"day": today.strftime("%d/%m/%Y")}
    )

    lines = b"".join(answer).decode().splitlines()
    assert lines[0].startswith("\ufeffperson,e-mail address,could post,through")
    assert any(line.startswith("'=Dan,") and ",yes,Drafter," in line for line in lines)
    entry = Entry.objects.get(event=Event.ACCESS_EXPORTED)
    assert (entry.actor_name, entry.subject_id) == ("Ava Auditor", str(account.pk))


def test_who_may_not_see_it_is_told_who_can_help(account: SocialAccount) -> None:
    answer = as_person(drafter_of(account)).get(page("account_access", account))

    assert answer.status_code == 403
    assert "see who could post on any day" in text_of(answer)
    elsewhere = AccountFactory(owner=person())
    assert as_person(elsewhere.owner).get(page("account_access", account)).status_code == 403


def test_the_page_asks_the_same_queries_for_any_number_of_people(
    account: SocialAccount, admin: User
) -> None:
    client, counts = as_person(admin), []
    for number in (2, 12):
        for _ in range(number):
            AccountGrantFactory(account=account)
        with CaptureQueriesContext(connection) as queries:
            client.get(page("account_access", account))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
