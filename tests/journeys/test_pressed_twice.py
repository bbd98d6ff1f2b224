"""Buttons that change who may do what, or what is sent, pressed in haste: one effect each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountGrant, CorporateGrant, User
from accounts.permissions import AccountRole, CorporateRole
from audit.models import Entry
from publishing.models import Delivery, DeliveryState, Post, PostState
from tests.factories import (
    AccountFactory,
    UserFactory,
    communications_officer,
    digital_officer,
    drafter_of,
)
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor
from tests.publishing.delivery.factories import waiting
from tests.publishing.making import drafted, fresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AtWork = Callable[[User], Visitor]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def at_work(request: pytest.FixtureRequest, visitor: NewVisitor) -> AtWork:
    """Somebody who is signed in, at a browser with and without a script."""

    def signed_in(user: User) -> Visitor:
        return visitor(script=request.param).is_signed_in_as(user)

    return signed_in


def entries(event: str) -> int:
    return Entry.objects.filter(event=event).count()


def unsettled(state: DeliveryState, post_state: PostState, **fields: object) -> Delivery:
    """A delivery that came to nothing by itself."""
    delivery = waiting()
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **fields)
    Post.objects.filter(pk=delivery.post_id).update(state=post_state)
    return delivery


def test_a_person_is_added_changed_and_leaves_once(at_work: AtWork) -> None:
    tom = at_work(digital_officer())
    tom.open(reverse("person_new"))
    tom.page.get_by_label("Full name").fill("Ann Ode")
    tom.page.get_by_label("Work e-mail address").fill("ann@wealdmoor.example")
    tom.press("Add person", twice=True)
    ann = User.objects.get(email="ann@wealdmoor.example")
    assert entries("person.added") == 1

    tom.open(reverse("person_change", args=[ann.pk]))
    tom.page.get_by_label("Job title").fill("Clerk")
    tom.press("Save", twice=True)
    assert entries("person.changed") == 1

    tom.open(reverse("person_leave", args=[ann.pk]))
    tom.page.get_by_label("Last day of employment").fill(f"{timezone.localdate():%d/%m/%Y}")
    tom.page.get_by_label("Reason").fill("A new job")
    tom.press("End employment", twice=True)
    assert entries("person.left") == 1


def test_a_corporate_role_is_given_and_taken_away_once(at_work: AtWork) -> None:
    ann, tom = UserFactory(name="Ann Ode"), at_work(digital_officer())
    tom.open(reverse("corporate_role_new", args=[ann.pk]))
    tom.page.get_by_label(CorporateRole.AUDITOR.label).check()
    tom.page.get_by_label("Reason").fill("The yearly audit")
    tom.press("Give role", twice=True)
    grant = CorporateGrant.objects.get(user=ann)
    assert entries("person.role_given") == 1

    tom.open(reverse("corporate_role_end", args=[ann.pk, grant.pk]))
    tom.page.get_by_label("Reason").fill("The audit is over")
    tom.press("Take role away", twice=True)
    assert not CorporateGrant.objects.in_force().filter(user=ann).exists()
    assert entries("person.role_removed") == 1


def test_a_role_on_an_account_is_given_and_taken_away_once(at_work: AtWork) -> None:
    account, ann, tom = AccountFactory(), UserFactory(name="Ann Ode"), at_work(digital_officer())
    tom.open(reverse("account_role_new", args=[ann.pk]))
    tom.page.get_by_label("Account", exact=True).select_option(str(account.pk))
    tom.page.get_by_label(AccountRole.DRAFTER.label).check()
    tom.page.get_by_label("Reason").fill("Writes for the library")
    tom.press("Give role", twice=True)
    grant = AccountGrant.objects.get(user=ann)
    assert entries("account.role_given") == 1

    tom.open(reverse("account_role_end", args=[ann.pk, grant.pk]))
    tom.page.get_by_label("Reason").fill("Moved to Highways")
    tom.press("Take role away", twice=True)
    assert not AccountGrant.objects.in_force().filter(user=ann).exists()
    assert entries("account.role_removed") == 1


def test_what_was_typed_in_a_stale_tab_is_saved_once(at_work: AtWork) -> None:
    account = AccountFactory()
    author = drafter_of(account)
    post = drafted(author, account)
    stale, newer = at_work(author), at_work(author)
    for tab in (stale, newer):
        tab.open(reverse("post_edit", args=[post.pk]))
    for tab, words in ((newer, "From the second tab."), (stale, "From the stale tab.")):
        tab.page.get_by_label("Text", exact=True).fill(words)
        tab.press("Save draft")
    before = fresh(post).draft.revision
    stale.press("Save what I typed instead", twice=True)
    kept = fresh(post).draft
    assert (kept.content["text"], kept.revision) == ("From the stale tab.", before + 1)


def test_an_answer_is_kept_once(at_work: AtWork) -> None:
    delivery = unsettled(DeliveryState.UNKNOWN, PostState.SCHEDULED, asks_person=True)
    nia = at_work(communications_officer())
    nia.open(reverse("post_results", args=[delivery.post_id]))
    nia.page.get_by_label("No: send it again").check()
    nia.press(f"Keep my answer {delivery.account.name}", twice=True)
    assert fresh_state(delivery) == DeliveryState.WAITING
    assert entries("delivery.confirmed_not_live") == 1


def test_what_failed_is_tried_again_once(at_work: AtWork) -> None:
    delivery = unsettled(DeliveryState.REJECTED, PostState.FAILED, reason="The text is too long.")
    nia = at_work(communications_officer())
    nia.open(reverse("post_results", args=[delivery.post_id]))
    nia.press(f"Try again {delivery.account.name}", twice=True)
    assert fresh_state(delivery) == DeliveryState.WAITING
    assert entries("delivery.resent") == 1


def fresh_state(delivery: Delivery) -> str:
    return Delivery.objects.get(pk=delivery.pk).state
