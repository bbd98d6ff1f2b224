"""The gate asks for every stage that the risk asks for at the moment of sending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import CorporateGrant, SocialAccount, User
from publishing.actions import deciding
from publishing.delivery import look_again
from publishing.delivery.gate import Verdict, Way, examine
from publishing.delivery.locking import lock_delivery
from publishing.models import Approval, Delivery, DeliveryState, Post, Stage, Version
from publishing.queue import raised_for
from publishing.routes import stage_awaited
from tests.factories import RiskAssessmentFactory, communications_officer, drafter_of
from tests.publishing.delivery.conftest import now_is
from tests.publishing.delivery.factories import approved_post, connected_account, waiting
from tests.publishing.delivery.scripted import Scripted
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db

Work = Callable[[], None]


def raise_risk(account: SocialAccount, **scores: int) -> None:
    given = {"likelihood": 4, "impact": 4, **scores}
    now = timezone.now() + timedelta(milliseconds=1)
    RiskAssessmentFactory(account=account, assessed_at=now, **given)


def checked(delivery: Delivery, by: User, **fields: object) -> Approval:
    version = delivery.version
    given = {
        "version": version,
        "stage": Stage.SECOND_CHECK,
        "decision": "approved",
        "digest": version.digest,
        "author": version.post.author,
        "editor": version.edited_by,
        "decided_by": by,
    }
    made: Approval = Approval.objects.create(**{**given, **fields})
    return made


def verdict_on(delivery: Delivery) -> Verdict:
    with transaction.atomic():
        return examine(lock_delivery(delivery.pk), timezone.now())


def test_both_stages_let_it_leave() -> None:
    delivery = waiting()
    raise_risk(delivery.account)
    checked(delivery, communications_officer())

    assert verdict_on(delivery).way is Way.SEND


def test_a_risk_that_rose_since_the_approval_holds_it(platform: Scripted, work_off: Work) -> None:
    delivery = waiting()
    raise_risk(delivery.account)

    work_off()

    held = now_is(delivery)
    assert held.state == DeliveryState.HELD
    assert "a second check" in held.reason
    assert not platform.published


def test_the_check_given_afterwards_lets_it_go(
    platform: Scripted, work_off: Work, clock: time_machine.Traveller, settings: Settings
) -> None:
    officer = communications_officer()
    delivery = waiting()
    raise_risk(delivery.account)
    work_off()
    post = Post.objects.get(pk=delivery.post_id)
    assert stage_awaited(post) == Stage.SECOND_CHECK
    assert list(raised_for(officer)) == [post]
    assert not raised_for(delivery.version.approvals.get().decided_by).exists()
    browser = as_person(officer)
    assert "Posts held for a second check" in text_of(browser.get("/"))
    assert "A second check is missing" in text_of(browser.get(f"/posts/{post.pk}/"))

    deciding.approve(
        version_id=delivery.version_id,
        digest=delivery.version.digest,
        by=officer,
        stage=Stage.SECOND_CHECK,
    )
    assert not raised_for(officer).exists()
    clock.shift(settings.HELD_RECHECK_S)
    look_again.look_again()
    work_off()

    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert Delivery.objects.count() == 1


def test_a_risk_that_fell_again_lets_it_go(
    platform: Scripted, work_off: Work, clock: time_machine.Traveller, settings: Settings
) -> None:
    delivery = waiting()
    raise_risk(delivery.account)
    work_off()
    clock.shift(settings.HELD_RECHECK_S)
    raise_risk(delivery.account, likelihood=1, impact=1)
    look_again.look_again()
    work_off()

    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_only_the_account_whose_risk_rose_is_held(platform: Scripted, work_off: Work) -> None:
    risen, calm = connected_account(), connected_account()
    post = approved_post(risen, calm)
    raise_risk(risen)

    work_off()

    states = {each.account: each.state for each in post.deliveries.select_related("account")}
    assert states == {risen: DeliveryState.HELD, calm: DeliveryState.PUBLISHED}


def test_a_checker_who_may_not_any_more_holds_it(platform: Scripted, work_off: Work) -> None:
    delivery, officer = waiting(), communications_officer(name="Cat Officer")
    raise_risk(delivery.account)
    checked(delivery, officer)
    CorporateGrant.objects.filter(user=officer).update(ended_at=timezone.now())

    work_off()

    held = now_is(delivery)
    assert held.state == DeliveryState.HELD
    assert "Cat Officer may not give posts their second check now" in held.reason


def test_where_the_risk_asks_for_one_approval_only_that_one_counts() -> None:
    delivery, officer = waiting(), communications_officer()
    checked(delivery, officer)
    CorporateGrant.objects.filter(user=officer).update(ended_at=timezone.now())

    assert verdict_on(delivery).way is Way.SEND


def test_a_second_check_of_other_words_is_none() -> None:
    delivery = waiting()
    raise_risk(delivery.account)
    checked(delivery, communications_officer(), digest="0" * 64)

    assert verdict_on(delivery).way is Way.TAMPERED


def test_a_second_check_by_the_author_or_the_editor_is_none() -> None:
    for of in (Post, Version):
        delivery, officer = waiting(), communications_officer()
        raise_risk(delivery.account)
        checked(delivery, officer)
        if of is Post:
            Post.objects.filter(pk=delivery.post_id).update(author=officer)
        else:
            Version.objects.filter(pk=delivery.version_id).update(edited_by=officer)

        assert verdict_on(delivery).way is Way.TAMPERED


def test_a_second_check_alone_is_no_approval() -> None:
    delivery = waiting()
    raise_risk(delivery.account)
    delivery.version.approvals.all().delete()
    checked(delivery, communications_officer())

    assert verdict_on(delivery).way is Way.TAMPERED


def test_the_database_takes_a_second_check_for_no_approval() -> None:
    delivery = waiting()
    drafter_of(delivery.account)
    delivery.version.approvals.all().delete()
    checked(delivery, communications_officer())

    with pytest.raises(Exception, match="no approval by a second person"), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=DeliveryState.SENDING, lease_until=timezone.now()
        )
