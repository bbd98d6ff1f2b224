"""The pages on which a person reads, decides, moves and takes back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from publishing.actions.deciding import ask_for_changes
from publishing.actions.submitting import submit
from publishing.models import Approval, Delivery, PostState
from tests.factories import approver_of, drafter_of
from tests.publishing.making import (
    edited,
    form_of,
    fresh,
    in_hours,
    newest,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("button", ["once", "a second click"])
def test_approve_and_next_leads_to_the_next_post(button, as_approver, author, approver, account):
    first, second = (submitted(author, account, at=in_hours(hours)) for hours in (3, 5))
    assert as_approver.get(reverse("post_next")).url == reverse("post", args=[first.pk])
    shown = as_approver.get(reverse("post", args=[first.pk]))
    assert "Approve and next" in shown.text
    version = newest(first)
    typed = {"version": version.pk, "digest": version.digest, "next": "1"}
    answer = as_approver.post(reverse("post_approve", args=[first.pk]), typed)
    if button == "a second click":
        answer = as_approver.post(reverse("post_approve", args=[first.pk]), typed)
    assert answer.url == reverse("post", args=[second.pk])
    assert fresh(first).state == PostState.SCHEDULED
    assert Approval.objects.count() == 1


def test_an_approval_of_what_changed_meanwhile_is_a_409(as_approver, author, account):
    post = submitted(author, account)
    version = newest(post)
    answer = as_approver.post(
        reverse("post_approve", args=[post.pk]), {"version": version.pk, "digest": "0" * 64}
    )
    assert answer.status_code == 409
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("forged", ["", "x", "-1", "0", "999999", "9" * 30])
def test_a_forged_version_is_a_404(forged, as_approver, author, account):
    post = submitted(author, account)
    answer = as_approver.post(
        reverse("post_approve", args=[post.pk]), {"version": forged, "digest": "0"}
    )
    assert answer.status_code == 404


def test_a_version_of_another_post_is_a_404(as_approver, author, account):
    post, other = submitted(author, account), newest(submitted(author, account))
    answer = as_approver.post(
        reverse("post_approve", args=[post.pk]), {"version": other.pk, "digest": other.digest}
    )
    assert answer.status_code == 404
    assert not Approval.objects.exists()


def test_a_drafter_has_no_way_to_approve_or_move(as_author, author, account):
    colleague = drafter_of(account)
    post = submitted(colleague, account, at=in_hours(5))
    version = newest(post)
    page = as_author.get(reverse("post", args=[post.pk]))
    assert page.status_code == 200
    assert "Approve" not in page.text.replace("Approved", "")
    typed = {"version": version.pk, "digest": version.digest, "comment": "Hm"}
    later = {**typed, "publish_on": "1/6/2030", "publish_time": "9am", "do": "move_and_approve"}
    for name, fields in (
        ("post_approve", typed),
        ("post_changes", typed),
        ("post_schedule", later),
        ("post_schedule", {**later, "do": "move"}),
    ):
        answer = as_author.post(reverse(name, args=[post.pk]), fields)
        assert answer.status_code == 403, name
    assert fresh(post).state == PostState.AWAITING_APPROVAL


def test_own_posts_say_who_can_approve(client, approver, officer, account):
    post = submitted(approver, account)
    client.force_login(approver)
    page = client.get(reverse("post", args=[post.pk]))
    assert "Ana Lewis" in page.text
    assert "Approve and next" not in page.text
    version = newest(post)
    answer = client.post(
        reverse("post_approve", args=[post.pk]),
        {"version": version.pk, "digest": version.digest},
    )
    assert answer.status_code == 403


def test_changes_are_asked_for_and_shown_to_the_author(client, author, approver, account):
    post = submitted(author, account)
    client.force_login(approver)
    address = reverse("post_changes", args=[post.pk])
    empty = client.post(address, {"version": newest(post).pk, "comment": " "})
    assert empty.status_code == 422
    assert "Say what has to change" in empty.text
    client.post(address, {"version": newest(post).pk, "comment": "Which library?"})
    client.force_login(author)
    edit = client.get(reverse("post_edit", args=[post.pk]))
    assert "Which library?" in edit.text
    sent = client.post(
        reverse("post_edit", args=[post.pk]), form_of(post, text="Station Road.", do="send")
    )
    assert sent.url == reverse("post", args=[post.pk])
    assert fresh(post).state == PostState.AWAITING_APPROVAL


def test_a_late_approval_says_that_the_slot_is_missed(clock, client, account):
    author, approver = drafter_of(account), approver_of(account)
    post = submitted(author, account, at=in_hours(1))
    clock.shift(3700)
    client.force_login(approver)
    version = newest(post)
    shown = client.post(
        reverse("post_approve", args=[post.pk]),
        {"version": version.pk, "digest": version.digest, "next": "1"},
        follow=True,
    )
    assert "is not approved: its time has passed" in shown.text
    assert fresh(post).state == PostState.MISSED_SLOT


def test_the_move_page_refuses_impossible_times_in_words(as_approver, author, account):
    post = submitted(author, account, at=in_hours(5))
    version = newest(post)
    address = reverse("post_schedule", args=[post.pk])
    base = {"version": version.pk, "digest": version.digest, "do": "move_and_approve"}
    for on, at, words in (
        ("1/6/2020", "9am", "has passed"),
        ("31/3/2030", "1:30am", "does not exist"),
        ("31/2/2030", "9am", "not a real day"),
        ("", "", "Enter the day"),
    ):
        answer = as_approver.post(address, {**base, "publish_on": on, "publish_time": at})
        assert answer.status_code == 422
        assert words in answer.text
    moved = as_approver.post(address, {**base, "publish_on": "1/6/2030", "publish_time": "9am"})
    assert moved.url == reverse("post", args=[post.pk])
    assert fresh(post).state == PostState.SCHEDULED
    assert fresh(post).publish_at == datetime(2030, 6, 1, 8, 0, tzinfo=UTC)


def test_versions_are_compared_word_by_word(as_approver, author, approver, account):
    post = submitted(author, account, text="Open until eight tonight.")
    ask_for_changes(version_id=newest(post).pk, comment="Nine!", by=approver)
    post = edited(post, author, text="Open until nine tonight.")
    submit(post_id=post.pk, revision=post.draft.revision, by=author)
    for name in ("post_compare", "post"):
        shown = as_approver.get(reverse(name, args=[post.pk]))
        assert "eight" in shown.text
        assert "<ins>" in shown.text


def test_withdrawing_and_archiving_are_safe_to_press_twice(as_author, author, account):
    post = submitted(author, account)
    for name, state in (
        ("post_withdraw", PostState.WITHDRAWN),
        ("post_archive", PostState.ARCHIVED),
    ):
        for _ in ("once", "a second click"):
            assert as_author.post(reverse(name, args=[post.pk])).status_code == 302
        assert fresh(post).state == state
