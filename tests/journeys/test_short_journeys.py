"""The journeys that people make many times a day, in as few clicks as promised, safe to hurry."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload

from accounts.models import SocialAccount, User
from accounts.permissions import CorporateRole
from audit.models import Entry
from publishing.models import Approval, Delivery, Emergency, Post, PostState, PostTemplate, Stop
from tests.factories import (
    AccountFactory,
    approver_of,
    communications_officer,
    digital_officer,
    drafter_of,
    person,
)
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor
from tests.publishing.making import drafted, fresh, in_hours, picture, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "The library is open until eight tonight. Bring the children for a story."


@pytest.fixture
def account(transactional_db: None) -> SocialAccount:
    return AccountFactory(platform="x", name="Wealdmoor Libraries", handle="wmlibraries")


@pytest.fixture
def author(account: SocialAccount) -> User:
    return drafter_of(account, name="Priya Shah")


@pytest.fixture
def approver(account: SocialAccount) -> User:
    return approver_of(account, name="David Brandt")


def at_home(visitor: Visitor, user: User) -> Visitor:
    visitor.is_signed_in_as(user).open("/")
    return visitor


def write(visitor: Visitor) -> None:
    visitor.page.get_by_label("@wmlibraries").check()
    visitor.page.get_by_label("Text", exact=True).fill(TEXT)


def test_approving_one_takes_two_clicks_and_each_next_one_more(
    visitor: NewVisitor, author: User, approver: User, account: SocialAccount
) -> None:
    first, second = (submitted(author, account, at=in_hours(hours)) for hours in (5, 6))
    david = at_home(visitor(), approver)
    david.press("Posts to approve")
    assert david.path == reverse("post", args=[first.pk])
    david.press("Approve and next")
    assert (david.clicks, david.path) == (2, reverse("post", args=[second.pk]))
    david.press("Approve and next")
    assert david.clicks == 3
    assert {fresh(post).state for post in (first, second)} == {PostState.SCHEDULED}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_changes_are_asked_for_in_three_clicks_and_sent_again_in_two(
    script: bool, visitor: NewVisitor, author: User, approver: User, account: SocialAccount
) -> None:
    post = submitted(author, account, at=in_hours(5))
    david = at_home(visitor(script=script), approver)
    david.press("Posts to approve")
    david.press("Ask for changes")
    david.page.get_by_label("What has to change?").fill("Which library is it?")
    david.press("Return it")
    assert (david.clicks, fresh(post).state) == (3, PostState.CHANGES_REQUESTED)

    priya = at_home(visitor(script=script), author)
    priya.press("Posts returned to you")
    assert "Which library is it?" in priya.words
    priya.page.get_by_label("Text", exact=True).fill("Weald Library is open until eight.")
    priya.press("Send again for approval")
    assert (priya.clicks, fresh(post).state) == (2, PostState.AWAITING_APPROVAL)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_emergency_post_takes_four_clicks_and_its_check_waits(
    script: bool, visitor: NewVisitor, account: SocialAccount
) -> None:
    duty = person(CorporateRole.DUTY_OFFICER, name="Dee Duty")
    PostTemplate.objects.create(
        name="Flood", is_for_emergencies=True, made_by=duty, content={"text": "Rivers are high."}
    )
    dee = at_home(visitor(script=script), duty)
    dee.press("Publish in an emergency")
    dee.press("Flood")
    dee.page.get_by_label("@wmlibraries").check()
    dee.page.get_by_label("Why can it not wait").fill("The river rises.")
    dee.press("Continue")
    dee.press("Publish now", twice=True)
    assert dee.clicks == 4
    assert Post.objects.get().state == PostState.APPROVED
    assert Delivery.objects.count() == 1

    ana = at_home(visitor(script=script), communications_officer(name="Ana Lewis"))
    ana.press("Emergencies to check")
    ana.page.get_by_label("It was in order").check()
    ana.press("Keep this check", twice=True)
    assert Emergency.objects.get().outcome == "in_order"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_trail_of_a_post_is_taken_away_in_four_clicks_and_that_is_on_record(
    script: bool, visitor: NewVisitor, author: User, account: SocialAccount
) -> None:
    submitted(author, account, at=in_hours(5))
    owen = at_home(visitor(script=script), person(CorporateRole.AUDITOR, name="Owen Clarke"))
    owen.press("Reports")
    owen.page.get_by_label("Words").fill("Priya Shah")
    owen.press("Apply filters")
    with owen.page.expect_download() as download:
        owen.page.get_by_role("button", name="Download as CSV").click()
    assert owen.clicks + 1 <= 4
    assert "Priya Shah" in download.value.path().read_text()
    assert Entry.objects.filter(event="audit.exported", actor_name="Owen Clarke").count() == 1


def test_everything_works_without_a_script(
    visitor: NewVisitor, author: User, approver: User, account: SocialAccount
) -> None:
    priya = at_home(visitor(script=False), author)
    priya.press("Write a post")
    write(priya)
    night = FilePayload(name="night.jpg", mimeType="image/jpeg", buffer=picture((400, 300)))
    priya.page.get_by_label("Add pictures or a video").set_input_files([night])
    priya.press("Upload")
    assert priya.page.get_by_label("Text", exact=True).input_value() == TEXT
    priya.press("Check")
    assert "There is a problem" in priya.words  # the picture has no alt text
    priya.press("Change the post")
    priya.page.get_by_label("Alt text of picture 1").fill("The library at night, its windows lit.")
    priya.page.get_by_label("Nobody who can be recognised").check()
    priya.press("Preview")
    assert "The library at night" in priya.page.locator("#previews").inner_html()
    priya.press("Check")
    priya.press("Send for approval")
    assert "is sent for approval" in priya.words

    david = at_home(visitor(script=False), approver)
    david.press("Posts to approve")
    assert TEXT in david.words
    david.press("Approve")
    assert "is approved" in david.words
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_stale_tab_is_told_and_loses_nothing(
    script: bool, visitor: NewVisitor, author: User, account: SocialAccount
) -> None:
    post = drafted(author, account)
    edit = reverse("post_edit", args=[post.pk])
    stale, newer = (visitor(script=script).is_signed_in_as(author) for _ in range(2))
    for tab in (stale, newer):
        tab.open(edit)
    newer.page.get_by_label("Text", exact=True).fill("Saved in the second tab.")
    newer.press("Save draft")
    stale.page.get_by_label("Text", exact=True).fill("Typed in the stale tab.")
    stale.press("Save draft")

    assert stale.page.title().startswith("Error:")
    assert "Typed in the stale tab." in stale.words
    assert "Saved in the second tab." in stale.words
    assert fresh(post).draft.content["text"] == "Saved in the second tab."
    stale.press("Save what I typed instead")
    assert fresh(post).draft.content["text"] == "Typed in the stale tab."


def test_a_stale_decision_is_told_what_changed_meanwhile(
    visitor: NewVisitor, author: User, approver: User, account: SocialAccount
) -> None:
    post = submitted(author, account, at=in_hours(5))
    david, priya = at_home(visitor(), approver), at_home(visitor(), author)
    david.press("Posts to approve")
    priya.open(reverse("post", args=[post.pk]))
    priya.press("Edit")
    priya.press("Take it back and edit")
    david.press("Approve")
    assert david.page.title().startswith("Error:")
    assert not Approval.objects.exists()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_every_button_on_the_way_can_be_pressed_twice(
    script: bool, visitor: NewVisitor, author: User, approver: User, account: SocialAccount
) -> None:
    priya = at_home(visitor(script=script), author)
    priya.press("Write a post")
    write(priya)
    priya.press("Save draft", twice=True)
    assert Post.objects.count() == 1
    post = Post.objects.get()
    priya.open(reverse("post_edit", args=[post.pk]))
    priya.press("Check", twice=True)
    priya.press("Send for approval", twice=True)
    assert post.versions.count() == 1

    david = at_home(visitor(script=script), approver)
    david.press("Posts to approve")
    david.press("Ask for changes", twice=True)
    david.page.get_by_label("What has to change?").fill("Which library is it?")
    david.press("Return it", twice=True)
    assert Approval.objects.count() == 1
    priya.open(reverse("post_edit", args=[post.pk]))
    priya.press("Send again for approval", twice=True)
    assert fresh(post).state == PostState.AWAITING_APPROVAL
    david.open(reverse("post", args=[post.pk]))
    david.press("Approve and next", twice=True)
    assert (Approval.objects.count(), Delivery.objects.count()) == (2, 1)

    for word, state in (("Withdraw", PostState.WITHDRAWN), ("Archive", PostState.ARCHIVED)):
        priya.open(reverse("post", args=[post.pk]))
        priya.press(f"{word} {post}", twice=True)
        assert fresh(post).state == state


def test_a_stop_can_be_placed_and_released_in_haste(visitor: NewVisitor, account: object) -> None:
    tom = at_home(visitor(), digital_officer())
    tom.press("Stop delivery")
    tom.page.get_by_label("Why is delivery stopped?").fill("A death in office.")
    tom.press("Stop delivery now", twice=True)
    assert Stop.objects.in_force().count() == 1
    tom.open(reverse("home"))
    assert "A death in office." in tom.words
    tom.press("See the stop")
    tom.page.get_by_label("Why can delivery go on?").fill("It is over.")
    tom.press("Ask for its release", twice=True)
    assert Stop.objects.in_force().count() == 1
    dot = at_home(visitor(), digital_officer())
    dot.press("See the stop")
    dot.press("Agree: delivery goes on", twice=True)
    assert not Stop.objects.in_force().exists()
    assert Stop.objects.count() == 1
