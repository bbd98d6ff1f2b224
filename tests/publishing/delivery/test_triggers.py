"""The database itself refuses a delivery that no second person approved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from publishing.models import Approval, Delivery, DeliveryState, Post, Version
from tests.publishing.delivery.factories import connected_account, waiting

pytestmark = pytest.mark.django_db


def to_sending(delivery: Delivery) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publishing_delivery SET state = 'sending', lease_until = %s WHERE id = %s",
            [timezone.now() + timedelta(minutes=1), delivery.pk],
        )


def test_an_approved_delivery_may_be_sent() -> None:
    delivery = waiting()
    to_sending(delivery)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENDING


def test_one_without_an_approval_may_not() -> None:
    delivery = waiting()
    Approval.objects.all().delete()
    with pytest.raises(DatabaseError, match="no approval by a second person"):
        to_sending(delivery)


def test_nor_may_it_be_added() -> None:
    delivery = waiting()
    Approval.objects.all().delete()
    with pytest.raises(DatabaseError, match="no approval"), transaction.atomic():
        Delivery.objects.create(
            post=delivery.post,
            version=delivery.version,
            account=connected_account(),
            due_at=timezone.now(),
            try_at=timezone.now(),
        )


def test_one_whose_approval_was_of_another_digest_may_not() -> None:
    delivery = waiting()
    Approval.objects.update(digest="0" * 64)
    with pytest.raises(DatabaseError, match="no approval"):
        to_sending(delivery)


def test_one_that_was_only_sent_back_may_not() -> None:
    delivery = waiting()
    Approval.objects.update(decision="changes_requested", comment="No.")
    with pytest.raises(DatabaseError, match="no approval"):
        to_sending(delivery)


def test_one_approved_by_its_author_may_not_whatever_the_copies_say() -> None:
    delivery = waiting()
    approval = Approval.objects.get()
    approval.author = approval.editor = approval.decided_by
    approval.decided_by = delivery.post.author
    approval.save()
    with pytest.raises(DatabaseError, match="no approval"):
        to_sending(delivery)


@pytest.mark.parametrize("wrote", ["the post", "the version"])
def test_whoever_wrote_only_one_of_the_two_cannot_have_approved(wrote: str) -> None:
    delivery = waiting()
    approver = Approval.objects.get().decided_by
    if wrote == "the post":
        Post.objects.filter(pk=delivery.post_id).update(author=approver)
    else:
        Version.objects.filter(pk=delivery.version_id).update(edited_by=approver)
    with pytest.raises(DatabaseError, match="no approval"):
        to_sending(delivery)


def test_one_approved_for_another_version_may_not() -> None:
    delivery, other = waiting(), waiting()
    Approval.objects.filter(version=delivery.version).delete()
    with pytest.raises(DatabaseError, match="no approval"):
        to_sending(delivery)
    to_sending(other)


def test_a_version_of_another_post_may_not() -> None:
    delivery, other = waiting(), waiting()
    Delivery.objects.filter(pk=delivery.pk).update(version=other.version)
    with pytest.raises(DatabaseError, match="no approval"):
        to_sending(delivery)
