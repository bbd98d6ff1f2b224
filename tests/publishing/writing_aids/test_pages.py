"""Emoji, hashtags and names on the pages, for whoever has no script; and what a preview costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import AccountFactory, AccountGrantFactory
from tests.publishing.making import drafted, edited, form_of, fresh, submitted

pytestmark = pytest.mark.django_db
UMBRELLA = "☔"
QUERIES = {"post_preview": 19, "post_new_preview": 13}
"""Who asks and what they hold, the form's accounts and choices, what is named; the post itself."""


def test_a_hashtag_is_written_better_by_one_press(as_author, author, account, page):
    post = drafted(author, account, text="Snow on #londonroad.")
    edit, preview = (reverse(f"post_{name}", args=[post.pk]) for name in ("edit", "preview"))
    own = {f"text_{page.pk}": "More snow: #londonroad", "accounts": [account.pk, page.pk]}
    for shown in (as_author.get(edit), as_author.post(preview, form_of(post, **own))):
        assert "Use #LondonRoad" in shown.text
    pressed = as_author.post(edit, form_of(post, do="tag:londonroad:LondonRoad", **own))
    assert pressed.url == f"{edit}#id_text"
    kept = fresh(post).draft.content
    assert kept["text"] == "Snow on #LondonRoad."
    assert kept["own_texts"] == [[page.pk, "More snow: #LondonRoad"]]
    assert "Use #" not in as_author.get(edit).text


def test_hashtags_and_names_are_put_in_by_one_press(as_author, author, account, page):
    AccountFactory(platform="x", handle="wmparks")
    submitted(author, account, text="A story at ten. #StoryTime")
    post = drafted(author, account, text="Come along.")
    edit = reverse("post_edit", args=[post.pk])
    shown = as_author.get(edit).text
    for offered in ("put:text:#StoryTime", f"put:text_{account.pk}:@wmparks"):
        assert f'value="{offered}"' in shown
    assert "put:text:@wmlibraries" not in shown
    own = f"text_{account.pk}"
    pressed = as_author.post(edit, form_of(post, do=f"put:{own}:@wmparks"))
    assert pressed.url == f"{edit}#id_{own}"
    assert fresh(post).draft.content["own_texts"] == [[account.pk, "@wmparks"]]
    chosen = reverse("post_own_texts", args=[post.pk])
    assert "makes no link" in as_author.post(chosen, form_of(post, accounts=[page.pk])).text


def test_an_emoji_is_put_in_on_a_page_of_its_own(as_author, author, account):
    post = drafted(author, account, text="Rain at noon.")
    edit = reverse("post_edit", args=[post.pk])
    there = as_author.post(edit, form_of(post, text="Rain at one.", do="emoji:text"), follow=True)
    assert "Put an emoji into your post" in there.text
    assert f'value="{UMBRELLA}"' in there.text
    assert "umbrella with rain drops" in there.text
    url = there.redirect_chain[-1][0]
    found = as_author.get(url, {"into": "text", "words": "snowman"}).text
    assert "snowman" in found
    assert UMBRELLA not in found
    typed = {"into": "text", "revision": fresh(post).draft.revision, "emoji": UMBRELLA}
    wrong = as_author.post(url, {**typed, "emoji": "<script>"})
    assert wrong.status_code == 422
    assert "<title>Error:" in wrong.text
    assert as_author.post(url, typed).url == f"{edit}#id_text"
    assert fresh(post).draft.content["text"] == f"Rain at one. {UMBRELLA}"


def test_an_emoji_goes_into_the_own_text_of_an_account_that_is_chosen_just_now(
    as_author, author, account, page
):
    post = drafted(author, account, text="Rain at noon.")
    edit, own = reverse("post_edit", args=[post.pk]), f"text_{page.pk}"
    chosen = form_of(post, accounts=[account.pk, page.pk], do=f"emoji:{own}")
    there = as_author.post(edit, chosen)
    assert there.url.endswith(f"?into={own}")
    typed = {"into": own, "revision": fresh(post).draft.revision, "emoji": UMBRELLA}
    as_author.post(there.url, typed)
    assert fresh(post).draft.content["own_texts"] == [[page.pk, UMBRELLA]]
    other = as_author.post(edit, form_of(post, do="emoji:text_999"))
    assert other.url.endswith("?into=text")


def test_an_emoji_that_comes_too_late_overwrites_nothing(as_author, author, account):
    post = drafted(author, account, text="Rain at noon.")
    typed = {"into": "text", "revision": post.draft.revision, "emoji": UMBRELLA}
    edited(post, author, text="Dry after all.")
    late = as_author.post(reverse("post_emoji", args=[post.pk]), typed)
    assert late.status_code == 409
    assert fresh(post).draft.content["text"] == "Dry after all."


def test_the_script_asks_for_the_emoji_and_searches_them(as_author):
    address = reverse("emoji")
    assert "At most 3 in a post" in as_author.get(address).text
    found = as_author.get(address, {"words": "umbrella"}).text
    assert "emoji found" in found
    assert "Search emoji" not in found
    assert "Weather" in as_author.get(address, {"words": " "}).text


def test_a_preview_asks_as_much_of_the_database_for_many_accounts_as_for_one(
    as_author, author, account
):
    others = [AccountFactory(platform="facebook") for _ in range(6)]
    for each in others:
        AccountGrantFactory(user=author, account=each)
    post = drafted(author, account)
    for name, number in QUERIES.items():
        address = reverse(name, args=[post.pk] if name == "post_preview" else [])
        few = form_of(accounts=[account.pk], text="Snow on #londonroad, says @wmparks.")
        many = {**few, "accounts": [account.pk, *(each.pk for each in others)]}
        asked = [questions(as_author, address, typed) for typed in (few, many)]
        assert asked == [number, number]


def questions(browser, address, typed) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = browser.post(address, typed)
    assert answer.status_code == 200
    assert answer.text.count("<article") == len(typed["accounts"])
    return len(asked)
