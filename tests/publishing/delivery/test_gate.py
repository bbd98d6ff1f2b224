"""The gate: one missing piece of evidence at a time, and tampering by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AccountGrant, AccountState, RiskAssessment
from audit.models import Entry
from publishing.delivery import look_again
from publishing.models import (
    Approval,
    Delivery,
    DeliveryState,
    MediaFile,
    Post,
    PostState,
    Stop,
    Version,
    VersionMedia,
    VersionText,
)
from tests.factories import digital_officer, drafter_of
from tests.publishing.delivery.conftest import now_is
from tests.publishing.delivery.factories import (
    approve,
    approved_post,
    connected_account,
    seal,
    waiting,
)
from tests.publishing.delivery.scripted import Scripted
from tests.publishing.making import nobody_in
from training.models import Acknowledgement, Completion

pytestmark = pytest.mark.django_db

Work = Callable[[], None]
YESTERDAY = timedelta(days=1)


def sql(statement: str, *values: str | int) -> None:
    """Somebody at the database's own prompt."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# ---- What can be put right: held, and released by itself -------------------------------------


def author_left(delivery: Delivery) -> None:
    author = delivery.post.author
    author.employed_until = timezone.localdate() - YESTERDAY
    author.save()


def approver_left(delivery: Delivery) -> None:
    approver = delivery.version.approvals.get().decided_by
    approver.employed_until = timezone.localdate() - YESTERDAY
    approver.save()


def author_lost_the_role(delivery: Delivery) -> None:
    AccountGrant.objects.filter(user=delivery.post.author).update(ended_at=timezone.now())


def approver_lost_the_role(delivery: Delivery) -> None:
    approver = delivery.version.approvals.get().decided_by
    AccountGrant.objects.filter(user=approver).update(ended_at=timezone.now())


def authors_training_lapsed(delivery: Delivery) -> None:
    past = timezone.localdate() - YESTERDAY
    Completion.objects.filter(user=delivery.post.author).update(expires_on=past, counts_until=past)


def approvers_policy_lapsed(delivery: Delivery) -> None:
    past = timezone.localdate() - YESTERDAY
    approver = delivery.version.approvals.get().decided_by
    Acknowledgement.objects.filter(user=approver).update(expires_on=past)


def account_suspended(delivery: Delivery) -> None:
    delivery.account.state = AccountState.SUSPENDED
    delivery.account.save()


def risk_out_of_date(delivery: Delivery) -> None:
    past = timezone.localdate() - timedelta(days=15)
    RiskAssessment.objects.filter(account=delivery.account).update(review_on=past)


def risk_never_assessed(delivery: Delivery) -> None:
    RiskAssessment.objects.filter(account=delivery.account).delete()


def credential_gone(delivery: Delivery) -> None:
    delivery.account.credential.delete()


def credential_refused(delivery: Delivery) -> None:
    delivery.account.credential.refused_at = timezone.now()
    delivery.account.credential.save()


def test_a_review_that_is_overdue_for_less_than_the_grace_holds_nothing(
    platform: Scripted, work_off: Work
) -> None:
    delivery = waiting()
    past = timezone.localdate() - timedelta(days=14)
    RiskAssessment.objects.filter(account=delivery.account).update(review_on=past)
    work_off()
    assert now_is(delivery).state == DeliveryState.PUBLISHED


HELD = [
    author_left,
    approver_left,
    author_lost_the_role,
    approver_lost_the_role,
    authors_training_lapsed,
    approvers_policy_lapsed,
    account_suspended,
    risk_out_of_date,
    risk_never_assessed,
    credential_gone,
    credential_refused,
]


@pytest.mark.parametrize("missing", HELD)
def test_what_is_missing_holds_it(
    platform: Scripted, work_off: Work, missing: Callable[[Delivery], None]
) -> None:
    delivery = waiting()
    missing(delivery)
    work_off()
    held = now_is(delivery)
    assert held.state == DeliveryState.HELD
    assert held.reason
    assert not platform.published
    assert held.attempts.get().outcome == "refused"
    assert Entry.objects.latest("sequence").event == "delivery.held"


def test_what_is_put_right_lets_it_go_by_itself(
    platform: Scripted,
    work_off: Work,
    clock: time_machine.Traveller,
    settings: Settings,
) -> None:
    delivery = waiting()
    account_suspended(delivery)
    work_off()
    clock.shift(settings.HELD_RECHECK_S)
    look_again.look_again()
    assert now_is(delivery).state == DeliveryState.HELD
    assert delivery.attempts.count() == 1
    delivery.account.state = AccountState.LIVE
    delivery.account.save()
    clock.shift(settings.HELD_RECHECK_S)
    look_again.look_again()
    work_off()
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_a_stop_placed_after_the_claim_still_holds_it(
    platform: Scripted, queue: list[tuple[str, int]], work_off: Work
) -> None:
    from publishing.delivery import send, sweep

    delivery = waiting()
    sweep.sweep()
    Stop.objects.create(reason="A death in the royal family.", placed_by=digital_officer())
    send.send_delivery(delivery.pk)
    assert now_is(delivery).state == DeliveryState.HELD
    assert "royal family" in now_is(delivery).reason
    assert not platform.published


# ---- What was never approved: refused, by hand or by mistake ---------------------------------


def words_changed(delivery: Delivery) -> None:
    sql(
        "UPDATE publishing_versiontext SET text = 'Free beer' WHERE version_id = %s",
        delivery.version_id,
    )


def title_changed(delivery: Delivery) -> None:
    sql("UPDATE publishing_version SET title = 'Free beer' WHERE id = %s", delivery.version_id)


def link_changed(delivery: Delivery) -> None:
    sql(
        "UPDATE publishing_version SET link = 'https://beer.example' WHERE id = %s",
        delivery.version_id,
    )


def account_renamed(delivery: Delivery) -> None:
    sql("UPDATE accounts_socialaccount SET handle = 'another' WHERE id = %s", delivery.account_id)


def account_turned_to_another_profile(delivery: Delivery) -> None:
    sql("UPDATE accounts_socialaccount SET remote_id = '666' WHERE id = %s", delivery.account_id)


def account_turned_to_another_server(delivery: Delivery) -> None:
    sql(
        "UPDATE accounts_socialaccount SET server_url = 'https://evil.example' WHERE id = %s",
        delivery.account_id,
    )


def account_exchanged(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(account=connected_account())


def version_without_its_text(delivery: Delivery) -> None:
    VersionText.objects.filter(version=delivery.version).delete()
    with_texts = delivery.version
    seal(with_texts)
    Approval.objects.filter(version=with_texts).update(digest=with_texts.digest)


TAMPERED = [
    words_changed,
    title_changed,
    link_changed,
    account_renamed,
    account_turned_to_another_profile,
    account_turned_to_another_server,
    version_without_its_text,
]


@pytest.mark.parametrize("tamper", TAMPERED)
def test_what_was_tampered_with_is_refused_and_leaves_an_entry(
    platform: Scripted, work_off: Work, tamper: Callable[[Delivery], None]
) -> None:
    delivery = waiting()
    tamper(delivery)
    work_off()
    refused = now_is(delivery)
    assert refused.state == DeliveryState.REJECTED
    assert refused.post.state == PostState.FAILED
    assert not platform.published
    entry = Entry.objects.filter(subject_type="publishing.delivery").latest("sequence")
    assert entry.event == "delivery.tampered"


def test_an_account_that_was_not_approved_is_refused(platform: Scripted, work_off: Work) -> None:
    delivery = waiting()
    other = connected_account()
    for person in (delivery.post.author, delivery.version.approvals.get().decided_by):
        grant = AccountGrant.objects.filter(user=person).get()
        AccountGrant.objects.create(user=person, account=other, role=grant.role)
    Delivery.objects.filter(pk=delivery.pk).update(account=other)
    work_off()
    assert now_is(delivery).state == DeliveryState.REJECTED
    assert Entry.objects.filter(event="delivery.tampered").exists()
    assert not platform.published


def test_a_picture_whose_bytes_changed_is_refused(
    platform: Scripted, work_off: Work, settings: Settings, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    delivery = waiting_with_a_picture()
    kept = MediaFile.objects.get()
    with kept.file.open("rb+") as stored:
        stored.write(b"X")
    work_off()
    assert now_is(delivery).state == DeliveryState.REJECTED
    assert Entry.objects.filter(event="delivery.tampered").exists()
    assert not platform.published


def test_a_picture_leaves_byte_for_byte_as_it_was_approved(
    platform: Scripted, work_off: Work, settings: Settings, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    waiting_with_a_picture()
    work_off()
    (medium,) = platform.published[0].media
    assert medium.read() == b"the bytes of a picture"
    assert medium.alt_text == "A reading room"


def waiting_with_a_picture() -> Delivery:
    import hashlib

    data = b"the bytes of a picture"
    account = connected_account()
    author = drafter_of(account)
    kept = MediaFile.objects.create(
        kind="picture",
        content_type="image/png",
        digest=hashlib.sha256(data).hexdigest(),
        file=ContentFile(data, name="room.png"),
        original_name="room.png",
        size=len(data),
        width=10,
        height=10,
        uploaded_by=author,
    )
    nobody_in(kept)
    post = approved_post(account, author=author)
    version = post.versions.get()
    approver = version.approvals.get().decided_by
    VersionMedia.objects.create(version=version, file=kept, position=1, alt_text="A reading room")
    version.approvals.all().delete()
    seal(version)
    approve(version, approver)
    return post.deliveries.get()


def test_a_newer_version_makes_the_older_one_unsendable(platform: Scripted, work_off: Work) -> None:
    delivery = waiting()
    post = delivery.post
    post.version = Version.objects.create(
        post=post, number=2, edited_by=post.author, title="Monday", digest="0" * 64
    )
    post.save()
    work_off()
    assert now_is(delivery).state == DeliveryState.REJECTED
    assert Entry.objects.filter(event="delivery.refused").exists()
    assert not platform.published


@pytest.mark.parametrize(
    "state",
    [state for state in PostState if state not in (PostState.APPROVED, PostState.SCHEDULED)],
)
def test_a_post_that_is_not_approved_does_not_leave(
    platform: Scripted, work_off: Work, state: PostState
) -> None:
    delivery = waiting()
    Post.objects.filter(pk=delivery.post_id).update(state=state)
    work_off()
    assert now_is(delivery).state == DeliveryState.REJECTED
    assert not platform.published


def test_what_is_too_late_is_missed(platform: Scripted, work_off: Work, settings: Settings) -> None:
    late = timedelta(minutes=settings.MAX_LATENESS_MIN, seconds=1)
    delivery = waiting(due_at=timezone.now() - late)
    work_off()
    assert now_is(delivery).state == DeliveryState.MISSED
    assert now_is(delivery).post.state == PostState.MISSED_SLOT
    assert not platform.published


def test_what_is_late_but_not_too_late_goes(
    platform: Scripted, work_off: Work, settings: Settings
) -> None:
    late = timedelta(minutes=settings.MAX_LATENESS_MIN - 1)
    delivery = waiting(due_at=timezone.now() - late)
    work_off()
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_what_is_held_past_its_time_is_missed(
    platform: Scripted, work_off: Work, clock: time_machine.Traveller
) -> None:
    delivery = waiting()
    account_suspended(delivery)
    work_off()
    clock.shift(61 * 60)
    look_again.look_again()
    assert now_is(delivery).state == DeliveryState.MISSED
    assert "suspended" in now_is(delivery).reason
