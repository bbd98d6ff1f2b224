"""X, driven by the real tweepy against the sandbox over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms.contract import Absent, MediaKind, MentionKind, Sent, pages
from platforms.errors import OutcomeUnknown, Rejected, SignInExpired, TryLater
from platforms.sandbox.running import RunningSandbox
from platforms.x import X
from tests.platforms.x_account import XAccount, ignore, outgoing, picture, x_account

WORDS = "Bins & boxes are a day late: https://www.gov.uk/bins?a=1&b=2, or wealdmoor.gov.uk/bins."


@pytest.fixture
def account(sandbox: RunningSandbox) -> XAccount:
    return x_account(sandbox)


def test_it_says_who_the_sign_in_belongs_to(account: XAccount) -> None:
    identity = account.adapter.identify()
    assert (identity.remote_id, identity.handle) == (account.remote_id, "WealdmoorDC")
    assert identity.name == "Wealdmoor District Council"


def test_it_reads_followers_and_posts(account: XAccount) -> None:
    account.adapter.publish(outgoing("One."), {}, ignore)
    assert account.adapter.figures().values == {"followers": 1234, "posts": 1}


def test_a_text_is_published_once_without_a_checkpoint(account: XAccount) -> None:
    kept: list[Mapping[str, Any]] = []
    sent = account.adapter.publish(outgoing(WORDS), {}, kept.append)
    assert account.copies(WORDS) == 1
    assert sent.url.endswith(f"/WealdmoorDC/status/{sent.remote_id}")
    assert kept == []


def test_what_x_did_to_the_text_does_not_hide_it(account: XAccount) -> None:
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    found = account.adapter.find(outgoing(WORDS), {})
    assert isinstance(found, Sent)
    assert found.remote_id == sent.remote_id
    assert "https://www.gov.uk/bins?a=1&b=2" in found.text


@pytest.mark.parametrize(
    "text",
    [
        "Caf\u00e9 reopens",
        "Cafe\u0301 reopens",
        "  spaces round it \n",
        "<b>5 > 4 & 3 < 4</b>",
        "&amp; written out",
        "👩‍👩‍👧 Family day at HTTPS://WWW.Wealdmoor.gov.uk/",
        "Two links gov.uk and gov.uk",
    ],
)
def test_any_text_is_found_again(account: XAccount, text: str) -> None:
    account.adapter.publish(outgoing(text), {}, ignore)
    assert isinstance(account.adapter.find(outgoing(text), {}), Sent)


def test_a_text_that_is_not_there_is_absent_and_safe_to_repeat(account: XAccount) -> None:
    account.adapter.publish(outgoing("Something else"), {}, ignore)
    assert account.adapter.find(outgoing(WORDS), {}) == Absent(safe_to_repeat=True)


def test_a_post_that_was_taken_down_is_absent(account: XAccount) -> None:
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    account.adapter.client.delete_tweet(sent.remote_id)
    assert isinstance(account.adapter.find(outgoing(WORDS), {}), Absent)


def test_an_older_post_of_the_same_words_is_not_taken_for_ours(account: XAccount) -> None:
    account.adapter.publish(outgoing(WORDS), {}, ignore)
    later = outgoing(WORDS, first_tried_at=datetime.now(UTC) + timedelta(hours=1))
    account.sandbox.control.settings(now=later.first_tried_at.timestamp())
    assert isinstance(account.adapter.find(later, {}), Absent)


def test_a_post_is_found_behind_hundreds_of_newer_ones(account: XAccount) -> None:
    account.sandbox.control.settings(rate_limits=False)
    account.adapter.publish(outgoing(WORDS), {}, ignore)
    for number in range(210):
        account.adapter.publish(outgoing(f"Newer {number}"), {}, ignore)
    assert isinstance(account.adapter.find(outgoing(WORDS), {}), Sent)


# Pictures


def test_pictures_go_up_with_their_alternative_text_before_the_post(account: XAccount) -> None:
    kept: list[Mapping[str, Any]] = []
    media = (picture("A bin"), picture("Two bins"))
    sent = account.adapter.publish(outgoing(WORDS, *media), {}, kept.append)
    (post,) = account.sandbox.control.posts("x", "WealdmoorDC")
    assert [medium["alt_text"] for medium in post["media"]] == ["A bin", "Two bins"]
    assert sent.alt_texts == ("A bin", "Two bins")
    assert [len(step["media_ids"]) for step in kept] == [1, 2, 2]
    assert [step.get("publishing") for step in kept] == [None, None, True]


def test_a_post_with_pictures_is_found_with_their_alternative_texts(account: XAccount) -> None:
    account.adapter.publish(outgoing(WORDS, picture("A bin")), {}, ignore)
    found = account.adapter.find(outgoing(WORDS), {})
    assert isinstance(found, Sent)
    assert found.alt_texts == ("A bin",)


def test_a_post_of_pictures_alone_is_found(account: XAccount) -> None:
    post = outgoing("", picture("A bin"))
    account.adapter.publish(post, {}, ignore)
    assert isinstance(account.adapter.find(post, {}), Sent)


def test_without_words_x_would_take_a_second_copy_and_we_know_it(account: XAccount) -> None:
    account.adapter.publish(outgoing("", picture("Another bin")), {}, ignore)
    found = account.adapter.find(outgoing("", picture("A bin")), {})
    assert found == Absent(safe_to_repeat=False)


def test_pictures_of_an_earlier_attempt_are_not_sent_again(account: XAccount) -> None:
    kept: list[Mapping[str, Any]] = []
    post = outgoing(WORDS, picture("A bin"), picture("Two bins"))
    account.fault("error_before", "create_post")
    with pytest.raises(OutcomeUnknown):
        account.adapter.publish(post, {}, kept.append)
    account.adapter.publish(post, kept[-1], ignore)
    assert _calls(account, "upload") == 2


def test_a_picture_that_x_has_forgotten_by_now_goes_up_again(account: XAccount) -> None:
    resume = {"media_ids": ["1"], "uploads_began": "2020-01-01T00:00:00+00:00"}
    account.adapter.publish(outgoing(WORDS, picture()), resume, ignore)
    assert account.copies(WORDS) == 1


def test_too_large_a_picture_is_refused_and_nothing_published(account: XAccount) -> None:
    with pytest.raises(Rejected, match="picture"):
        account.adapter.publish(outgoing(WORDS, picture(data=b"0" * 5_000_001)), {}, ignore)
    assert account.calls(WORDS) == 0


def test_a_video_is_refused_before_anything_is_sent(account: XAccount) -> None:
    video = replace(picture(), kind=MediaKind.VIDEO)
    with pytest.raises(Rejected, match="Videos"):
        account.adapter.publish(outgoing(WORDS, video), {}, ignore)
    assert account.calls(WORDS) == 0


# What X refuses


def test_too_long_a_text_is_refused_in_plain_words(account: XAccount) -> None:
    with pytest.raises(Rejected, match="too long"):
        account.adapter.publish(outgoing("a" * 281), {}, ignore)


def test_a_text_just_within_the_limit_is_taken(account: XAccount) -> None:
    text = "a" * 256 + " " + "https://wealdmoor.gov.uk/a-very-long-address-that-counts-23"
    account.adapter.publish(outgoing(text), {}, ignore)
    assert account.copies(text) == 1


def test_saying_the_same_again_is_found_to_be_live_already(account: XAccount) -> None:
    first = account.adapter.publish(outgoing(WORDS), {}, ignore)
    again = account.adapter.publish(outgoing(WORDS), {}, ignore)
    assert again.remote_id == first.remote_id
    assert account.copies(WORDS) == 1


def test_saying_what_another_post_said_before_is_refused(account: XAccount) -> None:
    account.adapter.publish(outgoing(WORDS), {}, ignore)
    later = outgoing(WORDS, first_tried_at=datetime.now(UTC) + timedelta(hours=1))
    with pytest.raises(Rejected, match="said the same on"):
        account.adapter.publish(later, {}, ignore)


def test_too_many_posts_are_asked_to_wait_for_the_window(account: XAccount) -> None:
    for number in range(100):
        account.adapter.publish(outgoing(f"Post {number}"), {}, ignore)
    with pytest.raises(TryLater) as refused:
        account.adapter.publish(outgoing(WORDS), {}, ignore)
    assert refused.value.after is not None
    assert timedelta(minutes=14) < refused.value.after < timedelta(minutes=16)
    assert account.copies(WORDS) == 0


@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_a_sign_in_that_has_ended_is_said_to_have(account: XAccount, state: str) -> None:
    account.sandbox.control.set_tokens("x", "WealdmoorDC", state)
    for call in (account.adapter.identify, account.adapter.figures):
        with pytest.raises(SignInExpired):
            call()
    with pytest.raises(SignInExpired):
        account.adapter.publish(outgoing(WORDS), {}, ignore)


def test_a_token_of_another_platform_is_no_sign_in(account: XAccount) -> None:
    connection = account.adapter.connection
    stranger = {**connection.credential, "access_token": "nobody's"}
    with pytest.raises(SignInExpired):
        X.connect(replace(connection, credential=stranger)).identify()


# Mentions


def test_mentions_come_page_by_page_and_none_is_lost_or_doubled(account: XAccount) -> None:
    account.sandbox.control.seed_mentions("x", "WealdmoorDC", 250, days=20)
    found = [m for page in pages(account.adapter, {}, 10) for m in page.mentions]
    assert len(found) == len({mention.remote_id for mention in found}) == 250


def test_a_page_of_mentions_is_oldest_first_and_names_who_said_it(account: XAccount) -> None:
    account.sandbox.control.say("x", "WealdmoorDC", "@WealdmoorDC first & last: gov.uk/bins")
    account.sandbox.control.say("x", "WealdmoorDC", "@WealdmoorDC second")
    page = account.adapter.mentions({})
    assert [m.text for m in page.mentions] == [
        "@WealdmoorDC first & last: http://gov.uk/bins",
        "@WealdmoorDC second",
    ]
    assert all(m.author_name and m.author_handle in m.url for m in page.mentions)
    assert all(m.kind is MentionKind.MENTION for m in page.mentions)


def test_the_next_look_brings_only_what_is_new(account: XAccount) -> None:
    account.sandbox.control.say("x", "WealdmoorDC", "old")
    cursor = account.adapter.mentions({}).cursor
    assert account.adapter.mentions(cursor).mentions == ()
    account.sandbox.control.say("x", "WealdmoorDC", "new")
    page = account.adapter.mentions(cursor)
    assert [m.text for m in page.mentions] == ["new"]
    assert account.adapter.mentions(page.cursor).mentions == ()


def test_what_is_said_during_a_walk_comes_with_the_next(account: XAccount) -> None:
    control = account.sandbox.control
    control.seed_mentions("x", "WealdmoorDC", 150, days=5)
    first = account.adapter.mentions({})
    control.say("x", "WealdmoorDC", "meanwhile")
    second = account.adapter.mentions(first.cursor)
    third = account.adapter.mentions(second.cursor)
    assert (len(first.mentions), len(second.mentions)) == (100, 50)
    assert [m.text for m in third.mentions] == ["meanwhile"]


def test_a_walk_that_broke_off_goes_on_from_its_cursor(account: XAccount) -> None:
    account.sandbox.control.seed_mentions("x", "WealdmoorDC", 150, days=5)
    first = account.adapter.mentions({})
    account.fault("error_before", "mentions")
    with pytest.raises(TryLater):
        account.adapter.mentions(first.cursor)
    assert len(account.adapter.mentions(first.cursor).mentions) == 50


def test_a_page_token_that_x_no_longer_takes_begins_the_walk_again(account: XAccount) -> None:
    account.sandbox.control.say("x", "WealdmoorDC", "hello")
    page = account.adapter.mentions({"next": "!!", "newest": "5", "start": "2026-01-01T00:00:00Z"})
    assert [m.text for m in page.mentions] == ["hello"]


def test_the_first_look_goes_back_a_month_only(account: XAccount) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=40)
    account.sandbox.control.say("x", "WealdmoorDC", "ancient", at=long_ago)
    assert account.adapter.mentions({}).mentions == ()


def test_a_reply_says_what_it_answers(account: XAccount) -> None:
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    account.sandbox.control.say("x", "WealdmoorDC", "Thank you", in_reply_to=sent.remote_id)
    (mention,) = account.adapter.mentions({}).mentions
    assert mention.in_reply_to == sent.remote_id


def test_residents_answer_a_new_post_where_the_settings_say_so(account: XAccount) -> None:
    account.sandbox.control.settings(replies=2)
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    found = account.adapter.mentions({}).mentions
    assert [m.in_reply_to for m in found] == [sent.remote_id, sent.remote_id]


def _calls(account: XAccount, endpoint: str) -> int:
    counted = account.sandbox.control.counters()["calls"]
    return sum(n for platform, _, name, n in counted if (platform, name) == ("x", endpoint))
