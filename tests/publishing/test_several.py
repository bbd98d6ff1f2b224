"""Approving several: what was shown, each by itself, each told of by name."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from publishing.actions.submitting import take_back
from publishing.models import Approval, Delivery, PostState
from tests.factories import AccountFactory, RiskAssessmentFactory, drafter_of
from tests.publishing.making import fresh, in_hours, newest, submitted

pytestmark = pytest.mark.django_db


def shown(client, *posts):
    return client.get(reverse("posts_several"), {"post": [post.pk for post in posts]})


def seen_on(page) -> list[str]:
    return re.findall(r'name="seen" value="([^"]+)"', page.text)


def sent(client, seen):
    return client.post(reverse("posts_several"), {"seen": seen})


def test_each_is_shown_in_full_and_then_all_are_approved(as_approver, author, account, page):
    first = submitted(author, account, text="Open until nine.", at=in_hours(4))
    second = submitted(author, account, page, text="Open on Sunday.")
    read = shown(as_approver, first, second)
    assert "Open until nine." in read.text
    assert read.text.count("Open on Sunday.") >= 2
    assert not Approval.objects.exists()
    told = sent(as_approver, seen_on(read))
    assert "It goes out on" in told.text
    assert "It is on its way" in told.text
    assert {fresh(post).state for post in (first, second)} == {
        PostState.SCHEDULED,
        PostState.APPROVED,
    }
    assert sent(as_approver, seen_on(read)).text.count("Approved.") == 2  # a second click
    assert (Approval.objects.count(), Delivery.objects.count()) == (2, 3)


def test_what_cannot_be_approved_says_why_and_keeps_none_back(
    clock, as_approver, approver, author, account, settings
):
    good = submitted(author, account, title="Good", at=in_hours(4))
    own = submitted(approver, account, title="Own", at=in_hours(4))
    changed = submitted(author, account, title="Changed", at=in_hours(4))
    late = submitted(author, account, title="Late", at=in_hours(0.2))
    read = shown(as_approver, good, own, changed, late)
    assert "You wrote it or were the last to edit it" in read.text
    assert len(seen_on(read)) == 3
    take_back(post_id=changed.pk, by=author)
    clock.shift(900)
    own_version = newest(own)
    forged = f"{own_version.pk}:{own_version.digest}:approval"
    told = sent(as_approver, [*seen_on(read), forged])
    assert "You wrote this post" in told.text
    assert "does not await" in told.text
    assert "Its time has passed" in told.text
    assert [approval.version.post for approval in Approval.objects.all()] == [good]


def test_a_first_approval_for_high_risk_waits_for_its_next_stage(as_approver, author, account):
    RiskAssessmentFactory(account=account, likelihood=4, impact=4)
    post = submitted(author, account, at=in_hours(4))
    told = sent(as_approver, seen_on(shown(as_approver, post)))
    assert "waits for its next stage" in told.text
    assert fresh(post).state == PostState.SECOND_CHECK


@pytest.mark.parametrize("digest", ["0" * 64, ""])
def test_nothing_is_approved_that_was_not_shown(digest, as_approver, author, account):
    version = newest(submitted(author, account))
    told = sent(as_approver, [f"{version.pk}:{digest}:approval"])
    assert "not what you were shown" in told.text
    assert not Approval.objects.exists()


FORGED = ["", "x", "1:2", "x:y:approval", "9" * 30 + ":0:approval", "1:0:x", "\x00:0:approval"]


@pytest.mark.parametrize("forged", FORGED)
def test_forged_answers_are_nobody_s(forged, as_approver, author, account):
    submitted(author, account)
    assert "Nothing was approved" in sent(as_approver, [forged]).text
    assert as_approver.get(reverse("posts_several"), {"post": forged}).status_code == 302


def test_whoever_ticked_nothing_is_told_what_to_do(as_approver, author, account):
    submitted(author, account)
    told = as_approver.get(reverse("posts_several"), follow=True)
    assert "Tick at least one post" in told.text


def test_a_version_that_one_may_not_see_is_as_if_there_were_none(as_approver, officer):
    elsewhere = AccountFactory()
    version = newest(submitted(drafter_of(elsewhere), elsewhere))
    told = sent(as_approver, [f"{version.pk}:{version.digest}:approval"])
    assert "Nothing was approved" in told.text


def test_at_most_twenty_are_read_at_once(as_approver, author, account):
    posts = [submitted(author, account, title=f"Post {number}") for number in range(21)]
    read = shown(as_approver, *posts)
    assert len(seen_on(read)) == 20
    assert "At most 20 are read at once" in read.text


def test_the_list_lets_whoever_approves_choose_without_a_script(as_approver, author, account):
    post = submitted(author, account)
    listed = as_approver.get(reverse("posts"), {"tab": "waiting"})
    assert f'name="post" value="{post.pk}"' in listed.text
    assert "Read those chosen" in listed.text
    assert 'name="post"' not in as_approver.get(reverse("posts"), {"tab": "scheduled"}).text


def test_whoever_may_not_approve_has_no_such_page(as_author, author, account):
    post = submitted(author, account)
    assert shown(as_author, post).status_code == 403
    assert sent(as_author, ["1:0:approval"]).status_code == 403
