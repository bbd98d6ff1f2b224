"""Somebody leaves: everything ends at once, and what they answer for goes on with others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed, account_roles, may
from accounts.actions.handing_on import Heirs, hand_on
from accounts.actions.leaving import end_employment, return_to_work
from accounts.left_behind import leavers_who_still_answer, left_behind
from accounts.models import AccountRequest, AccountState, SocialAccount, User
from accounts.permissions import AccountRole, Permission
from audit.catalogue import Event
from audit.models import Entry
from publishing.models import Post
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    UserFactory,
    communications_officer,
    drafter_of,
    person,
)
from tests.publishing.making import drafted
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = timezone.localdate


@pytest.fixture
def olu() -> User:
    return person(name="Olu Owner")


@pytest.fixture
def dee() -> User:
    return person(name="Dee Deputy")


@pytest.fixture
def account(olu: User, dee: User) -> SocialAccount:
    return AccountFactory(name="Wealdmoor Parks", owner=olu, deputy=dee)


def fresh(account: SocialAccount) -> SocialAccount:
    return SocialAccount.objects.get(pk=account.pk)


def test_everything_goes_on_in_the_transaction_that_ends_the_employment(
    account: SocialAccount, olu: User, dee: User, admin: User
) -> None:
    draft = drafted(olu, account)
    ann = drafter_of(account, name="Ann")

    end_employment(
        by=admin,
        person=olu,
        last_day=TODAY() - DAY,
        reason="A new job",
        to=Heirs(owners={account.pk: dee}, work={"drafts": ann}),
    )

    now = fresh(account)
    assert (now.owner, now.deputy) == (dee, None)
    part = now.answerables.open().get()
    assert (part.user, part.accepted_at, part.named_by) == (dee, None, admin)
    assert Post.objects.get(pk=draft.pk).author == ann
    olu.refresh_from_db()
    assert not may(olu, Permission.SEE_REGISTER)
    events = Entry.objects.order_by("sequence").values_list("event", "actor_name", "reason")
    assert list(events)[-3:] == [
        (Event.ACCOUNT_HANDED_ON, "Dot Admin", "A new job"),
        (Event.POST_HANDED_ON, "Dot Admin", "A new job"),
        (Event.PERSON_LEFT, "Dot Admin", "A new job"),
    ]


def test_nothing_is_half_done(account: SocialAccount, olu: User, dee: User, admin: User) -> None:
    drafted(olu, account)
    stranger = person(name="Sam Stranger")

    with pytest.raises(ValidationError, match="Sam Stranger cannot finish"):
        end_employment(
            by=admin,
            person=olu,
            last_day=TODAY(),
            to=Heirs(owners={account.pk: dee}, work={"drafts": stranger}),
        )

    olu.refresh_from_db()
    assert olu.employed_until is None
    assert fresh(account).owner == olu
    assert not Entry.objects.filter(event=Event.ACCOUNT_HANDED_ON).exists()


def test_a_new_owner_keeps_the_deputy_unless_it_is_them(
    account: SocialAccount, olu: User, dee: User
) -> None:
    new = person(name="New Owner")

    hand_on(by=None, person=olu, to=Heirs(owners={account.pk: new}))

    now = fresh(account)
    assert (now.owner, now.deputy) == (new, dee)
    hand_on(by=None, person=dee, to=Heirs(deputies={account.pk: olu}))
    assert fresh(account).deputy == olu


@pytest.mark.parametrize("who", ["leaver", "gone", "owner"])
def test_an_heir_works_here_and_is_somebody_else(
    who: str, account: SocialAccount, olu: User, dee: User
) -> None:
    gone = UserFactory(name="Gone", employed_until=TODAY() - DAY)
    if who == "owner":
        to, leaver, wrong = Heirs(deputies={account.pk: olu}), dee, "Olu Owner is the owner"
    else:
        heir = olu if who == "leaver" else gone
        to, leaver = Heirs(owners={account.pk: heir}), olu
        wrong = "Olu Owner is leaving" if who == "leaver" else "Gone does not work"

    with pytest.raises(ValidationError, match=wrong):
        hand_on(by=None, person=leaver, to=to)
    assert fresh(account).owner == olu


def test_neither_a_deputy_nor_who_finishes_drafts_is_somebody_who_left(
    account: SocialAccount, olu: User, dee: User
) -> None:
    gone = UserFactory(name="Gone", employed_until=TODAY() - DAY)
    drafted(olu, account)

    for leaver, to in (
        (dee, Heirs(deputies={account.pk: gone})),
        (olu, Heirs(work={"drafts": gone})),
    ):
        with pytest.raises(ValidationError, match="Gone does not work"):
            hand_on(by=None, person=leaver, to=to)

    assert fresh(account).deputy == dee


def test_only_the_digital_team_hands_on(account: SocialAccount, olu: User, dee: User) -> None:
    with pytest.raises(NotAllowed):
        hand_on(by=communications_officer(), person=olu, to=Heirs(owners={account.pk: dee}))


def test_requests_go_on_but_never_to_whoever_supports_them(olu: User, dee: User) -> None:
    asked_for = AccountFactory(owner=olu, state=AccountState.DRAFT, risk=None)
    boss = person(name="Mo Manager")
    request = AccountRequest.objects.create(account=asked_for, asked_by=olu, line_manager=boss)

    with pytest.raises(ValidationError, match="Mo Manager supports"):
        hand_on(by=None, person=olu, to=Heirs(work={"requests": boss}))
    hand_on(by=None, person=olu, to=Heirs(work={"requests": dee}))

    request.refresh_from_db()
    assert request.asked_by == dee
    entry = Entry.objects.get(event=Event.REQUEST_CHANGED)
    assert entry.details["after"]["asked_by"] == "Dee Deputy"


def test_what_was_not_handed_on_is_found_until_it_is(
    account: SocialAccount, olu: User, dee: User, admin: User
) -> None:
    AccountFactory(owner=olu, state=AccountState.CLOSED)
    end_employment(by=admin, person=olu, last_day=TODAY() - DAY)
    assert list(leavers_who_still_answer()) == [olu]

    hand_on(by=admin, person=olu, to=Heirs(owners={account.pk: dee}))

    assert not leavers_who_still_answer().exists()
    assert not left_behind(olu)


def test_a_leaver_loses_everything_at_once_also_in_an_open_session(
    account: SocialAccount, olu: User, admin: User
) -> None:
    AccountGrantFactory(account=account, user=olu)
    client = as_person(olu)
    assert client.get("/").status_code == 200

    as_person(admin).post(
        reverse("person_leave", args=[olu.pk]),
        {"last_day": (TODAY() - DAY).strftime("%d/%m/%Y"), "reason": "A new job"},
    )

    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/")
    olu.refresh_from_db()
    assert not may(olu, Permission.WRITE_POST, on=fresh(account))
    assert not olu.account_grants.in_force().exists()


def test_whoever_comes_back_starts_without_the_roles_of_before_and_accepts_anew(
    account: SocialAccount, olu: User
) -> None:
    grant = AccountGrantFactory(account=account, user=olu, role=AccountRole.APPROVER)
    end_employment(by=None, person=olu, last_day=TODAY() - 3 * DAY)

    return_to_work(by=None, person=olu)

    olu.refresh_from_db()
    grant.refresh_from_db()
    assert grant.ended_at
    assert account_roles(olu, fresh(account)) == {AccountRole.SITE_OWNER}
    first, second = account.answerables.filter(user=olu)
    assert first.until
    assert timezone.localdate(first.until) == TODAY()
    assert second.accepted_at is None


def test_the_page_asks_who_takes_over_and_proposes_the_deputy(
    account: SocialAccount, olu: User, dee: User, admin: User
) -> None:
    drafted(olu, account)
    client = as_person(admin)
    address = reverse("person_leave", args=[olu.pk])

    answer = client.get(address)

    words = text_of(answer)
    assert "To be handed on: 1 account that they own, 1 draft of a post." in words
    assert "New owner of Wealdmoor Parks" in words
    assert f'<option value="{dee.pk}" selected>' in answer.content.decode()
    answer = client.post(
        address,
        {
            "last_day": TODAY().strftime("%d/%m/%Y"),
            "reason": "A new job",
            f"owner_{account.pk}": dee.pk,
            "drafts": person(name="Sam Stranger").pk,
        },
    )
    assert answer.status_code == 422
    assert "Sam Stranger cannot finish" in text_of(answer)
    assert fresh(account).owner == olu
    answer = client.post(
        address,
        {
            "last_day": TODAY().strftime("%d/%m/%Y"),
            "reason": "A new job",
            f"owner_{account.pk}": dee.pk,
        },
        follow=True,
    )
    assert fresh(account).owner == dee
    assert "Not handed on yet" in text_of(answer)


def test_handing_on_later_is_a_task_of_the_digital_team(
    account: SocialAccount, olu: User, dee: User, admin: User
) -> None:
    end_employment(by=None, person=olu, last_day=TODAY() - DAY)
    client, address = as_person(admin), reverse("person_hand_on", args=[olu.pk])
    home = client.get("/")
    assert "People who left and still answer for accounts" in text_of(home)
    assert address in home.content.decode()

    answer = client.post(address, {"reason": "They left"})
    assert answer.status_code == 422
    assert "Choose who takes over for one question at least." in text_of(answer)
    client.post(address, {"reason": "They left", f"owner_{account.pk}": dee.pk})

    assert fresh(account).owner == dee
    assert "still answer for accounts" not in text_of(client.get("/"))
    nothing_left = client.get(address)
    assert "answers for nothing any more" in text_of(nothing_left)
    assert 'name="reason"' not in nothing_left.content.decode()
