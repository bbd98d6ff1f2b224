"""An access review, from the task at home to the role that is gone; and a leaver who hands on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import account_roles
from accounts.actions.access_rounds import go_round
from accounts.models import ReviewAnswer, SocialAccount, User
from accounts.permissions import AccountRole
from tests.factories import AccountFactory, AccountGrantFactory, digital_officer, drafter_of, person
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)


@pytest.fixture
def account(transactional_db: None) -> SocialAccount:
    made = AccountFactory(
        name="Wealdmoor Libraries",
        owner=person(name="Grace Holloway"),
        deputy=person(name="Ben Carter"),
    )
    SocialAccount.objects.update(added_at=timezone.now() - 300 * DAY)
    drafter_of(made, name="Priya Shah")
    drafter_of(made, name="Lucy Marsh")
    AccountGrantFactory(account=made, user=made.owner, role=AccountRole.APPROVER)
    go_round()
    return made


def at_home(visitor: Visitor, user: User | None) -> Visitor:
    assert user
    visitor.is_signed_in_as(user).open("/")
    return visitor


def choose(visitor: Visitor, name: str, answer: str) -> None:
    question = visitor.page.get_by_role("group", name=f"Does {name} still need the role")
    question.get_by_label(answer).check()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_owner_confirms_one_and_removes_another_and_the_deputy_confirms_the_owner(
    script: bool, visitor: NewVisitor, account: SocialAccount
) -> None:
    grace = at_home(visitor(script=script), account.owner)
    grace.press("Access reviews to answer")
    grace.press("Wealdmoor Libraries")
    assert "0 of 3 answered" in grace.words
    if script:
        assert violations(grace) == []

    choose(grace, "Priya Shah", "Still needs it")
    choose(grace, "Lucy Marsh", "Remove: the role ends at once")
    grace.press("Save answers")
    assert "Say why Lucy Marsh loses the role." in grace.words
    if script:
        assert violations(grace) == []
    lucy = User.objects.get(name="Lucy Marsh")
    row = account.access_reviews.get().grants.get(grant__user=lucy)
    grace.page.locator(f"#id_reason_{row.pk}").fill("Moved to Housing")
    grace.press("Save answers")

    assert "2 of 3 answered" in grace.words
    assert account_roles(lucy, account) == frozenset()
    assert "Nobody confirms their own role" in grace.words

    ben = at_home(visitor(script=script), account.deputy)
    ben.press("Access reviews to answer")
    ben.press("Wealdmoor Libraries")
    choose(ben, "Grace Holloway", "Still needs it")
    ben.press("Save answers")

    assert "Every role is answered for: the review has ended." in ben.words
    if script:
        assert violations(ben) == []
    answers = account.access_reviews.get().grants.values_list("grant__user__name", "answer")
    assert dict(answers) == {
        "Priya Shah": ReviewAnswer.CONFIRMED,
        "Lucy Marsh": ReviewAnswer.REMOVED,
        "Grace Holloway": ReviewAnswer.CONFIRMED,
    }
    assert "Access reviews to answer" not in at_home(grace, account.owner).words


def test_who_could_post_last_month_is_asked_and_answered(
    visitor: NewVisitor, account: SocialAccount
) -> None:
    tom = at_home(visitor(), digital_officer(name="Tom Okafor"))
    tom.open(reverse("account_access", args=[account.pk]))
    assert violations(tom) == []
    tom.press("Show who could post")

    assert "Priya Shah" in tom.words
    assert "Tom Okafor" in tom.words
    assert violations(tom) == []
    tom.page.get_by_label("Day").fill("31/02/2026")
    tom.press("Show who could post")
    assert "Enter a real date" in tom.words
    assert violations(tom) == []


def test_whoever_leaves_hands_on_and_cannot_go_on(
    visitor: NewVisitor, account: SocialAccount
) -> None:
    grace = at_home(visitor(), account.owner)
    tom = at_home(visitor(), digital_officer(name="Tom Okafor"))
    tom.open(reverse("person_leave", args=[account.owner_id]))
    assert violations(tom) == []
    yesterday = timezone.localdate() - DAY
    tom.page.get_by_label("Last day of employment").fill(yesterday.strftime("%d/%m/%Y"))
    tom.page.get_by_label("Reason").fill("A new job")
    tom.press("End employment")

    assert "Grace Holloway left on" in tom.words
    assert SocialAccount.objects.get(pk=account.pk).owner == account.deputy
    grace.open("/")
    assert grace.path == "/sign-in/"
