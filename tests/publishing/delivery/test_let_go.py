"""The gate and emergencies: none can be forged, and what was said counts until it leaves."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import AccountState, CorporateGrant
from accounts.permissions import CorporateRole
from publishing.actions.emergencies import check_emergency, publish_in_emergency
from publishing.delivery.gate import Way, examine
from publishing.delivery.locking import lock_delivery
from publishing.delivery.stopping import place_stop
from publishing.models import (
    AfterCheck,
    Delivery,
    DeliveryState,
    Emergency,
    PostState,
    Version,
    VersionText,
)
from tests.factories import RiskAssessmentFactory, communications_officer, digital_officer, person
from tests.publishing.delivery.conftest import now_is
from tests.publishing.delivery.factories import connected_account, seal
from tests.publishing.delivery.scripted import Scripted
from tests.publishing.making import content

pytestmark = pytest.mark.django_db

Work = Callable[[], None]


@pytest.fixture
def delivery(db: None) -> Delivery:
    """One that a duty officer let go, and that waits for the next sweep."""
    duty = person(CorporateRole.DUTY_OFFICER, name="Dee Duty")
    words = content(connected_account(), text="The bridge is closed.")
    post = publish_in_emergency(content=words, key=uuid.uuid4(), reason="It floods.", by=duty)
    return post.deliveries.get()


def test_it_leaves_once_and_at_once(platform: Scripted, work_off: Work, delivery: Delivery) -> None:
    work_off()
    work_off()
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert len(platform.published) == 1
    assert now_is(delivery).post.state == PostState.PUBLISHED


def test_high_risk_does_not_hold_it(platform: Scripted, work_off: Work, delivery: Delivery) -> None:
    RiskAssessmentFactory(
        account=delivery.account, assessed_at=timezone.now(), likelihood=4, impact=4
    )
    work_off()
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def text_changed(delivery: Delivery) -> None:
    VersionText.objects.filter(version=delivery.version).update(text="Something else.")


def text_changed_and_sealed_again(delivery: Delivery) -> None:
    text_changed(delivery)
    seal(Version.objects.get(pk=delivery.version_id))


def another_digest(delivery: Delivery) -> None:
    Emergency.objects.update(digest="0" * 64)


def emergency_gone(delivery: Delivery) -> None:
    Emergency.objects.all().delete()


FORGED = [text_changed, text_changed_and_sealed_again, another_digest, emergency_gone]


@pytest.mark.parametrize("forge", FORGED)
def test_what_is_not_what_was_let_go_never_leaves(
    platform: Scripted, work_off: Work, delivery: Delivery, forge: Callable[[Delivery], None]
) -> None:
    forge(delivery)
    work_off()
    assert not platform.published
    assert now_is(delivery).state != DeliveryState.PUBLISHED


@pytest.mark.parametrize("forge", [text_changed, text_changed_and_sealed_again])
def test_the_gate_alone_refuses_it_too(delivery: Delivery, forge: Callable[..., None]) -> None:
    """Where the trigger of the database would have let it pass."""
    forge(delivery)
    assert verdict(delivery) is Way.TAMPERED


@pytest.mark.parametrize("forge", [another_digest, emergency_gone])
def test_the_gate_alone_asks_for_the_row_and_its_digest(
    delivery: Delivery, forge: Callable[..., None]
) -> None:
    forge(delivery)
    assert verdict(delivery) is Way.TAMPERED


def right_lost(delivery: Delivery) -> None:
    """They may still write, and are trained: only the right to publish at once is gone."""
    CorporateGrant.objects.update(role=CorporateRole.DIGITAL_TEAM)


def left(delivery: Delivery) -> None:
    duty = delivery.post.author
    duty.employed_until = timezone.localdate() - timedelta(days=1)
    duty.save()


def training_lapsed(delivery: Delivery) -> None:
    past = timezone.localdate() - timedelta(days=1)
    delivery.post.author.completions.update(expires_on=past, counts_until=past)


def suspended(delivery: Delivery) -> None:
    delivery.account.state = AccountState.SUSPENDED
    delivery.account.save()


def stopped(delivery: Delivery) -> None:
    place_stop(reason="A death in office.", by=digital_officer())


@pytest.mark.parametrize("missing", [right_lost, left, training_lapsed, suspended, stopped])
def test_what_is_missing_holds_it(
    platform: Scripted, work_off: Work, delivery: Delivery, missing: Callable[[Delivery], None]
) -> None:
    missing(delivery)
    work_off()
    assert not platform.published
    assert verdict(delivery) is Way.HOLD


def test_what_was_checked_and_not_in_order_does_not_leave_any_more(
    platform: Scripted, work_off: Work, delivery: Delivery
) -> None:
    check_emergency(
        emergency_id=Emergency.objects.get().pk,
        outcome=AfterCheck.NOT_IN_ORDER,
        comment="It is the wrong bridge.",
        by=communications_officer(),
    )
    assert verdict(delivery) is Way.REFUSE
    work_off()
    assert not platform.published


def verdict(delivery: Delivery) -> Way:
    with transaction.atomic():
        return examine(lock_delivery(delivery.pk), timezone.now()).way
