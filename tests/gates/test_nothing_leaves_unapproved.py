"""The gate, tried through every address that takes a POST, from every state, with forged fields.

What each action refuses, and why, is in tests/publishing/test_approval.py. Here nobody knows the
actions: whatever is there to be posted to is posted to, with all that a willing form could hold.
"""

from __future__ import annotations

import pytest

from publishing.models import Approval, Decision, Delivery, DeliveryState, Post, PostState
from tests.gates.requests.ask import ask
from tests.gates.small_council import Council, taken_back, typed_post
from tests.gates.test_urls_by_role import LINES
from tests.publishing.making import fresh, newest

ABOUT_A_POST = sorted(
    {line.split()[1] for line in LINES if line.startswith("POST post_")}
    - {line.split()[1] for line in LINES if line.startswith("POST post_new")}
)
STATES = ("draft", "awaiting", "scheduled", "returned", "withdrawn", "missed", "failed")
GOING_OUT = (PostState.APPROVED, PostState.SCHEDULED, PostState.PUBLISHED)

SMUGGLED = {
    "state": "approved",
    "do": "move_and_approve",
    "next": "1",
    "approved": "on",
    "approved_by": "1",
    "decided_by": "1",
    "author": "1",
    "edited_by": "1",
    "delivery": "1",
}
"""Fields that no form of ours has there, named as the columns and buttons that they would be."""


def leaving() -> set[tuple[object, ...]]:
    """Everything that brings words out of the house: approvals, deliveries, posts on their way."""
    approvals = Approval.objects.filter(decision=Decision.APPROVED).values_list("pk", "version")
    deliveries = Delivery.objects.exclude(state=DeliveryState.CANCELLED).values_list("pk", "state")
    posts = Post.objects.filter(state__in=GOING_OUT).values_list("pk", "version")
    return {
        *(("approval", *row) for row in approvals),
        *(("delivery", *row) for row in deliveries),
        *(("post", *row) for row in posts),
    }


@pytest.mark.parametrize(
    "role",
    [
        "author",
        pytest.param("owner", marks=pytest.mark.slow),
        pytest.param("digital", marks=pytest.mark.slow),
    ],
)
def test_whoever_may_not_approve_lets_nothing_out(role: str, council: Council) -> None:
    before = leaving()
    for name in ABOUT_A_POST:
        for state in STATES:
            with taken_back():
                asked = ask(council, f"POST {name} {state}", **SMUGGLED)
                answer = asked.by(council.browser(role))
                assert answer.status_code < 500, (name, state)
                assert leaving() <= before, (name, state)


def test_an_approver_lets_nothing_of_their_own_out(council: Council) -> None:
    before = leaving()
    for name in ABOUT_A_POST:
        for smuggled in ({}, SMUGGLED):
            with taken_back():
                ask(council, f"POST {name} own", **smuggled).by(council.browser("approver"))
                assert leaving() <= before, name


def test_whoever_edits_last_lets_nothing_out(council: Council) -> None:
    """An approver changes the words of somebody else, has them sent, and would approve them."""
    post = council.posts["returned"]
    browser = council.browser("officer")
    typed = typed_post(post, council.account, text="My own words now.", do="send")
    assert browser.post(f"/posts/{post.pk}/edit/", typed).status_code == 302
    assert fresh(post).state == PostState.AWAITING_APPROVAL
    assert newest(post).edited_by == council.people["officer"]
    before = leaving()
    for name in ABOUT_A_POST:
        with taken_back():
            ask(council, f"POST {name} returned", **SMUGGLED).by(browser)
            assert leaving() <= before, name


@pytest.mark.parametrize("name", ["post_edit", "post_save", "post_take_back", "post_check"])
def test_an_edit_after_scheduling_never_keeps_the_approval(name: str, council: Council) -> None:
    """Either the words stay as they were approved, or nothing of them leaves any more."""
    post = council.posts["scheduled"]
    for changed in ({"text": "Other words."}, {"publish_on": "1/6/2030", "publish_time": "9am"}):
        with taken_back():
            ask(council, f"POST {name} scheduled", **changed).by(council.browser("author"))
            now = fresh(post)
            is_open = post.deliveries.exclude(state=DeliveryState.CANCELLED).exists()
            assert (now.version_id == post.version_id and now.state == post.state) or not is_open


@pytest.mark.parametrize("other", ["own", "returned", "scheduled", "failed", "published"])
def test_an_approval_is_of_one_version_of_one_post(other: str, council: Council) -> None:
    """The version, or the digest, of another post in an approval of this one."""
    before = leaving()
    theirs = newest(council.posts[other])
    for forged in (
        {"version": theirs.pk},
        {"digest": theirs.digest},
        {"version": theirs.pk, "digest": theirs.digest},
    ):
        for name in ("post_approve", "post_schedule"):
            with taken_back():
                asked = ask(
                    council, f"POST {name} awaiting", **{**forged, "do": "move_and_approve"}
                )
                answer = asked.by(council.browser("officer"))
                assert answer.status_code in (404, 409, 422), (name, forged)
                assert leaving() <= before, (name, forged)
