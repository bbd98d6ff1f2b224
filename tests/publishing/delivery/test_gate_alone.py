"""The gate by itself: what the database's triggers would refuse too, it refuses without them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from publishing.delivery.gate import Verdict, Way, examine
from publishing.delivery.locking import lock_delivery
from publishing.delivery.outgoing import BytesChanged, load_content, outgoing_of
from publishing.models import (
    Approval,
    Delivery,
    MediaFile,
    Post,
    Version,
    VersionMedia,
    VersionText,
)
from tests.factories import drafter_of
from tests.publishing.delivery.conftest import now_is
from tests.publishing.delivery.factories import connected_account, seal, waiting

pytestmark = pytest.mark.django_db


def verdict_on(delivery: Delivery) -> Verdict:
    with transaction.atomic():
        return examine(lock_delivery(delivery.pk), timezone.now())


def approver_of_it(delivery: Delivery) -> User:
    return delivery.version.approvals.get().decided_by


def test_what_was_approved_may_leave() -> None:
    assert verdict_on(waiting()).way is Way.SEND


def test_what_nobody_approved_may_not() -> None:
    delivery = waiting()
    Approval.objects.all().delete()

    assert verdict_on(delivery).way is Way.TAMPERED


def test_an_approval_by_the_author_is_none() -> None:
    delivery = waiting()
    Post.objects.filter(pk=delivery.post_id).update(author=approver_of_it(delivery))

    assert verdict_on(delivery) == Verdict(
        Way.TAMPERED, "An approval is by somebody who wrote the post."
    )


def test_an_approval_by_the_last_editor_is_none() -> None:
    delivery = waiting()
    Version.objects.filter(pk=delivery.version_id).update(edited_by=approver_of_it(delivery))

    assert verdict_on(delivery).way is Way.TAMPERED


def test_words_changed_with_the_versions_digest_are_not_what_was_approved() -> None:
    delivery = waiting()
    VersionText.objects.filter(version=delivery.version_id).update(text="Buy my book.")
    seal(Version.objects.get(pk=delivery.version_id))

    assert verdict_on(delivery).way is Way.TAMPERED


def test_a_delivery_turned_to_another_account_does_not_leave() -> None:
    delivery = waiting()
    Delivery.objects.filter(pk=delivery.pk).update(account=connected_account())

    assert verdict_on(delivery) == Verdict(
        Way.TAMPERED, "The approved version is not for this account."
    )


def test_what_an_editor_wrote_who_has_left_is_held() -> None:
    delivery = waiting()
    editor = drafter_of(
        delivery.account,
        name="Ed Itor",
        employed_until=timezone.localdate() - timedelta(days=1),
    )
    Version.objects.filter(pk=delivery.version_id).update(edited_by=editor)

    found = verdict_on(delivery)

    assert found.way is Way.HOLD
    assert found.reason.startswith("Ed Itor may not write posts now.")


def test_bytes_that_change_while_they_are_sent_reach_no_platform() -> None:
    delivery = waiting()
    kept = MediaFile(
        post=delivery.post,
        kind="picture",
        content_type="image/png",
        digest="0" * 64,
        original_name="night.png",
        size=1,
        width=1,
        height=1,
        uploaded_by=delivery.post.author,
    )
    kept.file.save("night.png", ContentFile(b"another picture"))
    VersionMedia.objects.create(
        version=delivery.version, file=kept, position=1, alt_text="A library at night"
    )
    fresh = now_is(delivery)
    load_content(fresh.version)
    outgoing = outgoing_of(fresh, fresh.post.key, timezone.now())

    with pytest.raises(BytesChanged):
        outgoing.media[0].read()
