"""A post begins with a template, and a snippet goes in where the cursor is."""

from __future__ import annotations

import pytest

from publishing.actions.starting_points import add_snippet, add_template
from publishing.drafts import Content
from publishing.models import Post
from publishing.starting_points.pattern import Pattern
from tests.factories import AccountFactory, communications_officer, drafter_of
from tests.journeys.conftest import NewVisitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_template_a_snippet_and_a_hint_that_is_left(script: bool, visitor: NewVisitor) -> None:
    officer = communications_officer()
    account = AccountFactory(platform="x", name="Wealdmoor Libraries", handle="wmlibraries")
    text = "The library is closed on [day]. Sorry!"
    pattern = Pattern(Content(text=text, account_ids=(account.pk,)))
    add_template(facts={"name": "Closed", "content": pattern.to_json()}, by=officer)
    add_snippet(facts={"name": "Telephone", "text": "Call 01632 960000. "}, by=officer)
    writer = visitor(script=script).is_signed_in_as(drafter_of(account))
    page = writer.page

    writer.open("/posts/new/")
    page.get_by_text("Start from a template").click()
    writer.press("Closed")
    assert page.locator("#id_text").input_value() == text
    page.get_by_text("Put in a snippet").click()
    page.get_by_label("Snippet").select_option("Telephone")
    if script:
        page.locator("#id_text").evaluate(
            "text => { text.focus(); text.setSelectionRange(32, 32) }"
        )
        page.get_by_role("button", name="Put it in").click()
        expected = "The library is closed on [day]. Call 01632 960000. Sorry!"
    else:
        writer.press("Put it in")
        expected = f"{text}\nCall 01632 960000."
    assert page.locator("#id_text").input_value().rstrip() == expected
    writer.press("Check")
    assert "Fill in “[day]”" in writer.words
    assert Post.objects.get().draft.content["text"] == expected
