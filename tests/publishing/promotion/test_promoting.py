"""Asking for paid promotion, agreeing to it twice, and saying what it cost."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import NotAllowed as AccessRefused
from accounts.models import SocialAccount, User
from audit.models import Entry
from publishing.actions.promoting import (
    Result,
    agree_to_budget,
    agree_to_words,
    record_spend,
    refuse_promotion,
    withdraw_promotion,
)
from publishing.actions.submitting import withdraw
from publishing.errors import Conflict, NotAllowed, OwnWork, Refused
from publishing.models import Post, Promotion, PromotionState
from tests.at_once import at_once
from tests.factories import AccountFactory, drafter_of
from tests.publishing.making import approved, drafted, submitted
from tests.publishing.promotion.asking import asked_for, budget_holder

pytestmark = pytest.mark.django_db
COST = Result(spent_pence=7900, reached=4200, clicks=61, result="180 bookings.")


@pytest.fixture
def holder(db) -> User:
    return budget_holder()


@pytest.fixture
def post(author: User, approver: User, account: SocialAccount) -> Post:
    return approved(author, approver, account)


@pytest.fixture
def promotion(post: Post, account: SocialAccount, holder: User) -> Promotion:
    return asked_for(post, account, holder)


@pytest.fixture
def agreed(promotion: Promotion, holder: User, officer: User) -> Promotion:
    agree_to_budget(promotion_id=promotion.pk, by=holder)
    return agree_to_words(promotion_id=promotion.pk, by=officer)


def state_of(promotion: Promotion) -> str:
    return Promotion.objects.values_list("state", flat=True).get(pk=promotion.pk)


def test_it_is_agreed_once_the_budget_holder_and_communications_have_both_said_so(
    promotion: Promotion, holder: User, officer: User
) -> None:
    agree_to_budget(promotion_id=promotion.pk, by=holder)
    assert state_of(promotion) == PromotionState.ASKED
    agree_to_words(promotion_id=promotion.pk, by=officer)
    assert state_of(promotion) == PromotionState.AGREED
    events = Entry.objects.filter(event__startswith="promotion.").values_list("event", flat=True)
    assert list(events.order_by("sequence")) == [
        "promotion.asked",
        "promotion.budget_agreed",
        "promotion.words_agreed",
    ]


def test_asking_with_the_same_key_asks_once(post: Post, account, holder: User) -> None:
    key = uuid.uuid4()
    assert asked_for(post, account, holder, key=key) == asked_for(post, account, holder, key=key)


def test_agreeing_again_changes_nothing(agreed: Promotion, holder: User, officer: User) -> None:
    before = Entry.objects.count()
    agree_to_budget(promotion_id=agreed.pk, by=holder)
    agree_to_words(promotion_id=agreed.pk, by=officer)
    assert Entry.objects.count() == before


def test_nobody_agrees_to_what_they_asked_for(
    post: Post, account, holder: User, approver: User
) -> None:
    promotion = asked_for(post, account, holder, by=approver)
    with pytest.raises(OwnWork):
        agree_to_words(promotion_id=promotion.pk, by=approver)
    with pytest.raises(Refused, match="Somebody else"):
        asked_for(post, account, post.author)


def test_the_author_of_the_post_does_not_agree_for_communications(
    approver: User, officer: User, author: User, account, holder: User
) -> None:
    post = approved(approver, officer, account)
    promotion = asked_for(post, account, holder, by=author)
    with pytest.raises(OwnWork):
        agree_to_words(promotion_id=promotion.pk, by=approver)


def test_only_the_budget_holder_who_was_named_agrees_to_the_money(
    promotion: Promotion, officer: User
) -> None:
    for somebody in (officer, budget_holder(name="Another Holder")):
        with pytest.raises(NotAllowed):
            agree_to_budget(promotion_id=promotion.pk, by=somebody)


def test_a_budget_holder_who_lost_the_role_agrees_to_nothing(
    promotion: Promotion, holder: User
) -> None:
    holder.corporate_grants.all().delete()
    with pytest.raises(AccessRefused):
        agree_to_budget(promotion_id=promotion.pk, by=holder)


def test_the_money_is_answered_for_by_somebody_who_holds_a_budget(
    post: Post, account, officer: User
) -> None:
    with pytest.raises(Refused, match="holds a budget"):
        asked_for(post, account, officer)


def test_communications_agree_only_to_posts_that_are_approved(
    author: User, officer: User, account, holder: User
) -> None:
    promotion = asked_for(submitted(author, account), account, holder)
    with pytest.raises(Conflict, match="Approve it first"):
        agree_to_words(promotion_id=promotion.pk, by=officer)


def test_a_post_that_is_over_is_not_promoted(author: User, account, holder: User) -> None:
    post = drafted(author, account)
    withdraw(post_id=post.pk, by=author)
    with pytest.raises(Conflict, match="Withdrawn"):
        asked_for(post, account, holder)


def test_it_is_asked_for_an_account_of_the_post_and_by_somebody_who_writes_there(
    post: Post, author: User, account, holder: User
) -> None:
    elsewhere = AccountFactory(handle="wmparks")
    with pytest.raises(AccessRefused):
        asked_for(post, elsewhere, holder)
    with pytest.raises(Refused, match="an account that the post is for"):
        asked_for(post, elsewhere, holder, by=drafter_of(elsewhere))


@pytest.mark.parametrize(
    ("starts", "ends", "field"), [(-1, 3, "starts_on"), (3, 2, "ends_on"), (0, 400, "ends_on")]
)
def test_days_that_cannot_be_are_refused(
    post: Post, account, holder: User, starts: int, ends: int, field: str
) -> None:
    today = timezone.localdate()
    first, last = today + timedelta(starts), today + timedelta(ends)
    with pytest.raises(Refused) as refusal:
        asked_for(post, account, holder, starts_on=first, ends_on=last)
    assert refusal.value.field == field


def test_either_can_refuse_with_a_reason_and_that_is_the_end_of_it(
    promotion: Promotion, holder: User, officer: User
) -> None:
    with pytest.raises(Refused):
        refuse_promotion(promotion_id=promotion.pk, reason=" ", by=holder)
    refuse_promotion(promotion_id=promotion.pk, reason="No money left.", by=holder)
    assert state_of(promotion) == PromotionState.REFUSED
    with pytest.raises(Conflict):
        agree_to_words(promotion_id=promotion.pk, by=officer)


def test_who_has_no_part_in_it_neither_refuses_nor_withdraws_nor_records(
    agreed: Promotion, account: SocialAccount
) -> None:
    stranger = drafter_of(account, name="Dan Drafter")
    with pytest.raises(NotAllowed):
        refuse_promotion(promotion_id=agreed.pk, reason="No.", by=stranger)
    with pytest.raises(NotAllowed):
        withdraw_promotion(promotion_id=agreed.pk, reason="No.", by=stranger)
    with pytest.raises(NotAllowed):
        record_spend(promotion_id=agreed.pk, result=COST, by=stranger)


def test_an_agreed_one_can_be_withdrawn(agreed: Promotion, author: User) -> None:
    withdraw_promotion(promotion_id=agreed.pk, reason="The event is off.", by=author)
    assert state_of(agreed) == PromotionState.WITHDRAWN
    with pytest.raises(Conflict):
        record_spend(promotion_id=agreed.pk, result=COST, by=author)


def test_what_it_cost_is_recorded_and_corrected(agreed: Promotion, author: User) -> None:
    record_spend(promotion_id=agreed.pk, result=COST, by=author)
    record_spend(promotion_id=agreed.pk, result=Result(8000, 4200, 61, "Corrected."), by=author)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.spent_pence) == (PromotionState.DONE, 8000)
    entry = Entry.objects.filter(event="promotion.spend_recorded").latest("sequence")
    assert entry.details["before"]["spent"] == "£79.00"


def test_more_than_was_agreed_needs_a_word_and_nothing_is_recorded_before_it_begins(
    post: Post, account, holder: User, officer: User, author: User, promotion: Promotion
) -> None:
    agree_to_budget(promotion_id=promotion.pk, by=holder)
    with pytest.raises(Conflict, match="approved"):
        record_spend(promotion_id=promotion.pk, result=COST, by=author)
    agree_to_words(promotion_id=promotion.pk, by=officer)
    with pytest.raises(Refused, match="say why"):
        record_spend(promotion_id=promotion.pk, result=Result(9000, None, None, " "), by=author)
    tomorrow = timezone.localdate() + timedelta(days=1)
    Promotion.objects.update(starts_on=tomorrow)
    with pytest.raises(Refused, match="not begun"):
        record_spend(promotion_id=promotion.pk, result=COST, by=author)


def test_the_database_knows_that_three_people_are_three(
    promotion: Promotion, holder: User, author: User
) -> None:
    now = timezone.now()
    for forged in (
        {"budget_holder": author},
        {"communications_by": author, "communications_agreed_at": now},
        {"communications_by": holder, "communications_agreed_at": now},
        {"state": PromotionState.AGREED},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Promotion.objects.filter(pk=promotion.pk).update(**forged)


@pytest.mark.django_db(transaction=True)
def test_agreed_and_refused_at_the_same_moment_it_is_one_of_both(
    author: User, approver: User, account: SocialAccount, officer: User, holder: User
) -> None:
    promotion = asked_for(approved(author, approver, account), account, holder)
    agree_to_budget(promotion_id=promotion.pk, by=holder)
    answers = at_once(
        lambda: agree_to_words(promotion_id=promotion.pk, by=officer),
        lambda: refuse_promotion(promotion_id=promotion.pk, reason="No.", by=holder),
        refusals=Conflict,
    )
    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
