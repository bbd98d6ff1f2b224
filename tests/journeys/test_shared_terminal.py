"""Somebody without an e-mail address: from the code on a slip to the policy they accepted."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.factories import PolicyVersionFactory, UserFactory
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from training.actions.conversations import record_conversation
from training.models import About, Acknowledgement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_code_to_the_policy_at_the_shared_terminal(
    visitor: NewVisitor, width: int
) -> None:
    cache.clear()
    manager = UserFactory(name="Kelly Adams")
    reg = UserFactory(name="Reg Cole", email="", staff_number="W104", manager=manager)
    version = PolicyVersionFactory()
    record_conversation(
        by=manager,
        person=reg,
        held_on=timezone.localdate(),
        about=About.OVERDUE,
        said="Reg was on leave when the others did the course.",
    )
    wrong = {}

    kelly = visitor().is_signed_in_as(manager)
    kelly.open("/training/codes/")
    wrong["codes"] = violations(kelly)
    kelly.press("Reg Cole")
    kelly.page.get_by_role("checkbox").check()
    kelly.press("Give a new code")
    wrong["code"] = violations(kelly)
    code = kelly.page.locator(".cs-code").inner_text()

    at = visitor(width=width)
    at.open("/terminal/")
    at.page.get_by_label("Staff number").fill("w104")
    at.page.get_by_label("Personal code").fill("wrong")
    at.press("Sign in")
    wrong["refused"] = violations(at)
    at.page.set_viewport_size({"width": width, "height": 900})
    at.page.get_by_label("Personal code").fill(code.lower())
    at.press("Sign in")
    assert at.path == "/training/"
    wrong["training"] = violations(at)
    at.press("Conversations about conduct with you")
    wrong["conversations"] = violations(at)
    at.open(f"/policies/{version.document.slug}/")
    at.page.get_by_role("checkbox").check()
    at.press("Acknowledge")
    assert Acknowledgement.objects.get().user == reg
    at.open("/accounts/")
    assert "signed in at a shared terminal" in at.words
    wrong["another page"] = violations(at)
    at.page.set_viewport_size({"width": width, "height": 900})
    at.press("Sign out")
    assert at.path == "/terminal/"
    assert "You are signed out." in at.words
    at.page.go_back()
    assert "Reg Cole" not in at.page.inner_text("body")
    assert {name: found for name, found in wrong.items() if found} == {}
