"""From an empty form to the public and back: written, checked, approved, sent, answered, proved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from audit.chain import verify
from monitoring.models import Mention
from platforms.sandbox.running import RunningSandbox, running_sandbox
from publishing.models import Delivery, DeliveryState, Post, PostState
from tests.accounts.sign_in.two_factor import set_up_two_factor
from tests.factories import approver_of, drafter_of
from tests.journeys.conftest import NewVisitor
from tests.journeys.product import connected, running_workers, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "On Friday Weald Library stays open until ten: a quiz, cocoa and ghost stories. Free."
ANSWER = "Are dogs welcome on Friday night? Mine is very quiet."


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=3) as running:
        yield running


def copies(sandbox: RunningSandbox, platform: str, handle: str) -> int:
    return sandbox.control.copies(platform, handle, [TEXT])[0]["copies"]


def test_a_post_goes_out_and_an_answer_comes_back(
    visitor: NewVisitor, sandbox: RunningSandbox, child_environment: dict[str, str]
) -> None:
    x = connected(sandbox, "x", "WealdmoorLibs", "Wealdmoor Libraries")
    page = connected(sandbox, "facebook", "WealdmoorLibraries", "Wealdmoor Libraries")
    author = drafter_of(x, page, name="Priya Shah")
    approver = approver_of(x, page, name="David Brandt")
    set_up_two_factor(author)
    set_up_two_factor(approver)

    with running_workers(child_environment, sandbox):
        priya = visitor()
        priya.sign_in(author)
        priya.press("Write a post")
        priya.page.get_by_label("@WealdmoorLibs").check()
        priya.page.get_by_label("@WealdmoorLibraries").check()
        priya.page.get_by_label("Text", exact=True).fill(TEXT)
        priya.page.get_by_label("Title", exact=False).fill("A night at the library")
        preview = priya.page.locator("#previews")
        preview.get_by_text("ghost stories").first.wait_for()
        priya.page.get_by_text("Saved at").wait_for()
        priya.press("Check")
        assert "Check your post" in priya.words
        priya.press("Send for approval")
        assert priya.clicks == 3
        post = Post.objects.get()
        assert post.state == PostState.AWAITING_APPROVAL

        david = visitor()
        david.sign_in(approver)
        david.press("Posts to approve")
        assert TEXT in david.words
        david.press("Approve and next")
        assert david.clicks == 2
        assert "It is on its way" in david.words

        published = Delivery.objects.filter(post=post, state=DeliveryState.PUBLISHED)
        wait_until("Publishing", lambda: published.count() == 2)
        wait_until("Settling", lambda: Post.objects.get().state == PostState.PUBLISHED)
        assert copies(sandbox, "x", "WealdmoorLibs") == 1
        assert copies(sandbox, "facebook", "WealdmoorLibraries") == 1
        priya.open(reverse("post_results", args=[post.pk]))
        public = visitor()
        public.page.goto(str(published.get(account=x).remote_url))
        assert TEXT in public.page.inner_text("body")

        on_page = published.get(account=page)
        sandbox.control.say("facebook", "WealdmoorLibraries", ANSWER, in_reply_to=on_page.remote_id)
        wait_until("Taking in", lambda: Mention.objects.filter(text=ANSWER).exists())
        priya.press("Inbox")
        assert ANSWER in priya.words
        priya.press(ANSWER)
        assert "See it on Facebook" in priya.words

    assert verify().unbroken
