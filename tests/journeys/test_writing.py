"""Writing in a browser: words are put in where the cursor is, and two people in one draft."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import SocialAccount, User
from publishing.models import Post
from publishing.views import composing
from tests.factories import AccountFactory, communications_officer, drafter_of
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor
from tests.publishing.making import drafted, fresh, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def nobody_is_there() -> None:
    cache.clear()


@pytest.fixture
def account(transactional_db: None) -> SocialAccount:
    return AccountFactory(platform="x", name="Wealdmoor Libraries", handle="wmlibraries")


@pytest.fixture
def page(transactional_db: None) -> SocialAccount:
    return AccountFactory(platform="facebook", name="Wealdmoor Council", handle="wealdmoor")


@pytest.fixture
def priya(account: SocialAccount, page: SocialAccount) -> User:
    return drafter_of(account, page, name="Priya Shah")


def text_of(visitor: Visitor) -> str:
    return visitor.page.get_by_label("Text", exact=True).input_value()


def test_words_are_put_in_where_the_cursor_is(
    visitor: NewVisitor, account: SocialAccount, page: SocialAccount, priya: User
) -> None:
    AccountFactory(platform="x", name="Wealdmoor Parks", handle="wmparks")
    submitted(priya, account, text="Come and read. #LoveYourLibrary")
    post = drafted(priya, account, page, text="Snow on #londonroad today.")
    writer = visitor().is_signed_in_as(priya)
    writer.open(reverse("post_edit", args=[post.pk]))
    text = writer.page.get_by_label("Text", exact=True)
    text.evaluate("field => { field.focus(); field.setSelectionRange(4, 4); }")
    writer.page.get_by_role("button", name="Emoji for every account").click()
    search = writer.page.get_by_label("Search emoji")
    search.wait_for()
    assert violations(writer) == []
    search.press_sequentially("snowman")
    writer.page.get_by_text("emoji found").wait_for()
    search.press("Tab")
    writer.page.keyboard.press("ArrowRight")
    writer.page.keyboard.press("ArrowLeft")
    writer.page.keyboard.press("Enter")
    assert text_of(writer).startswith("Snow ☃")
    assert not search.is_visible()
    writer.page.get_by_role("button", name="Use #LondonRoad").click()
    assert "on #LondonRoad today." in text_of(writer)
    writer.page.get_by_role("button", name="Use #LondonRoad").wait_for(state="hidden")
    text.press("End")
    writer.page.get_by_text("Hashtags and names").click()
    writer.page.get_by_role("button", name="#LoveYourLibrary").first.click()
    writer.page.get_by_role("button", name="@wmparks").first.click()
    assert text_of(writer).endswith("today. #LoveYourLibrary @wmparks")
    assert violations(writer) == []
    writer.page.locator(".cs-preview--facebook").get_by_text("makes no link").wait_for()
    writer.page.get_by_text("Saved at").wait_for()
    assert fresh(post).draft.content["text"] == text_of(writer)


def test_two_people_in_one_draft_are_told_and_lose_nothing(
    visitor: NewVisitor,
    account: SocialAccount,
    page: SocialAccount,
    priya: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(composing, "ASKS_EVERY_S", 1)
    post = drafted(priya, account, text="The library is open.")
    edit = reverse("post_edit", args=[post.pk])
    one = visitor().is_signed_in_as(priya)
    other = visitor().is_signed_in_as(communications_officer(name="Anna Lee"))
    one.open(edit)
    assert "open too" not in one.words
    other.open(edit)
    assert "Priya Shah has this draft open too" in other.words
    one.page.get_by_text("Anna Lee has this draft open too").wait_for()

    typed(one, "Priya’s words.")
    one.page.get_by_text("Saved at").wait_for()
    other.page.get_by_label("Note for whoever decides").fill("Anna’s note.")
    typed(other, "Anna’s words.")
    other.page.get_by_text("Priya Shah changed this at").wait_for()
    typed(other, "Anna’s words, and more.")
    assert kept(post) == ("Priya’s words.", "")

    other.press("Save draft")
    assert other.page.title().startswith("Error:")
    for words in ("Priya’s words.", "Anna’s words, and more.", "Anna’s note.", "Priya Shah"):
        assert words in other.words
    assert kept(post) == ("Priya’s words.", "")
    assert violations(other) == []
    other.press("Save what I typed instead")
    assert text_of(other) == "Anna’s words, and more."
    assert kept(post) == ("Anna’s words, and more.", "Anna’s note.")

    typed(one, "Priya’s words again.")
    one.page.get_by_text("Anna Lee changed this at").wait_for()
    assert text_of(one) == "Priya’s words again."
    assert kept(post) == ("Anna’s words, and more.", "Anna’s note.")


def typed(visitor: Visitor, words: str) -> None:
    visitor.page.get_by_label("Text", exact=True).fill(words)


def kept(post: Post) -> tuple[str, str]:
    content = fresh(post).draft.content
    return content["text"], content["note"]
