"""YouTube, driven by the real google-api-python-client against the sandbox over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms.contract import Absent, FoundMention, MediaKind, Sent, pages
from platforms.errors import Rejected, SignInExpired, TryLater
from platforms.sandbox.running import RunningSandbox
from platforms.youtube import YOUTUBE
from platforms.youtube_client import Elsewhere, Transport
from tests.platforms.youtube_account import (
    TITLE,
    WORDS,
    YouTubeAccount,
    outgoing,
    video,
    youtube_account,
)


@pytest.fixture
def account(sandbox: RunningSandbox) -> YouTubeAccount:
    return youtube_account(sandbox)


def ignore(kept: object) -> None:
    """A checkpoint that keeps nothing."""


def test_it_says_which_channel_the_sign_in_belongs_to(account: YouTubeAccount) -> None:
    identity = account.adapter.identify()
    assert (identity.remote_id, identity.handle) == (account.remote_id, "WealdmoorDC")
    assert identity.name == "Wealdmoor District Council"


def test_it_reads_the_channels_figures(account: YouTubeAccount) -> None:
    account.adapter.publish(outgoing(), {}, ignore)
    values = account.adapter.figures().values
    assert (values["subscribers"], values["videos"]) == (321, 1)
    assert values["views"] > 0


def test_a_video_is_uploaded_once_and_the_session_is_kept_before_its_bytes(
    account: YouTubeAccount,
) -> None:
    kept: list[Mapping[str, Any]] = []
    calls_then: list[int] = []

    def checkpoint(values: Mapping[str, Any]) -> None:
        kept.append(values)
        calls_then.append(account.calls())

    sent = account.adapter.publish(outgoing(), {}, checkpoint)
    assert account.copies() == 1
    assert sent.text == WORDS
    assert sent.url == f"{account.sandbox.base_urls['youtube']}/watch?v={sent.remote_id}"
    assert set(kept[0]) == {"session", "size", "publishing"}
    assert calls_then == [0]


def test_what_was_uploaded_is_what_was_approved(account: YouTubeAccount) -> None:
    data = bytes(range(256)) * 40_000
    account.adapter.publish(outgoing(video(data)), {}, ignore)
    (post,) = account.sandbox.control.posts("youtube", "WealdmoorDC")
    assert (post["title"], post["text"]) == (TITLE, WORDS)
    assert post["media"][0]["size"] == len(data)
    assert post["media"][0]["content_type"] == "video/mp4"


def test_the_same_session_makes_one_video_however_often(account: YouTubeAccount) -> None:
    kept: dict[str, Any] = {}
    first = account.adapter.publish(outgoing(), {}, kept.update)
    again = account.adapter.publish(outgoing(), kept, kept.update)
    found = account.adapter.find(outgoing(), kept)
    assert isinstance(found, Sent)
    assert first.remote_id == again.remote_id == found.remote_id
    assert account.copies() == 1


def test_without_a_session_nothing_can_be_live(account: YouTubeAccount) -> None:
    assert account.adapter.find(outgoing(), {}) == Absent(safe_to_repeat=True)


def test_a_forgotten_session_is_looked_up_among_the_uploads(account: YouTubeAccount) -> None:
    kept: dict[str, Any] = {}
    sent = account.adapter.publish(outgoing(), {}, kept.update)
    for number in range(60):
        account.adapter.publish(outgoing(title=f"Notice {number}"), {}, ignore)
    forgotten = {**kept, "session": f"{kept['session']}x"}
    for answer in (
        account.adapter.find(outgoing(), forgotten),
        account.adapter.publish(outgoing(), forgotten, ignore),
    ):
        assert isinstance(answer, Sent)
        assert answer.remote_id == sent.remote_id
    assert account.copies() == 1
    other = outgoing(title="Another")
    assert account.adapter.find(other, forgotten) == Absent(safe_to_repeat=False)
    account.adapter.publish(other, forgotten, ignore)
    assert account.copies(title="Another") == 1


def test_an_older_video_of_the_same_words_is_not_ours(account: YouTubeAccount) -> None:
    kept: dict[str, Any] = {}
    account.adapter.publish(outgoing(), {}, kept.update)
    later = outgoing(first_tried_at=datetime.now(UTC) + timedelta(minutes=30))
    forgotten = {**kept, "session": f"{kept['session']}x"}
    assert account.adapter.find(later, forgotten) == Absent(safe_to_repeat=False)


def test_a_video_that_was_taken_down_is_absent(account: YouTubeAccount) -> None:
    kept: dict[str, Any] = {}
    sent = account.adapter.publish(outgoing(), {}, kept.update)
    account.adapter.service.videos().delete(id=sent.remote_id).execute()
    forgotten = {**kept, "session": f"{kept['session']}x"}
    assert account.adapter.find(outgoing(), forgotten) == Absent(safe_to_repeat=False)


@pytest.mark.parametrize(
    ("post", "words"),
    [
        (outgoing(title=""), "needs a title"),
        (outgoing(title="x" * 101), "title"),
        (outgoing(title="a <b>"), "title"),
        (outgoing(text="é" * 2501), "description"),
        (outgoing(text="1 < 2"), "description"),
        (outgoing(video(), video()), "exactly one video"),
        (outgoing(replace(video(), kind=MediaKind.PICTURE)), "exactly one video"),
        (outgoing(video(b"")), "empty"),
    ],
)
def test_what_youtube_refuses_is_rejected_in_plain_words(
    account: YouTubeAccount, post: Any, words: str
) -> None:
    with pytest.raises(Rejected, match=words):
        account.adapter.publish(post, {}, ignore)
    assert account.sandbox.control.posts("youtube", "WealdmoorDC") == []


@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_signed_out_is_signed_out_everywhere(account: YouTubeAccount, state: str) -> None:
    kept: dict[str, Any] = {}
    account.adapter.publish(outgoing(), {}, kept.update)
    account.sandbox.control.set_tokens("youtube", "WealdmoorDC", state)
    for call in (
        lambda: account.adapter.publish(outgoing(), {}, ignore),
        lambda: account.adapter.find(outgoing(), kept),
        lambda: account.adapter.mentions({}),
        account.adapter.identify,
    ):
        with pytest.raises(SignInExpired):
            call()


def test_a_token_is_not_sent_to_another_address(account: YouTubeAccount) -> None:
    transport = Transport(account.adapter.connection)
    for address in ("http://127.0.0.1:1/upload", "https://evil.example/youtube.googleapis.com"):
        with pytest.raises(Elsewhere):
            transport.request(address, "PUT")
    kept = {"session": "https://evil.example/upload?upload_id=1", "size": 3}
    with pytest.raises(TryLater):
        account.adapter.find(outgoing(), kept)


def test_a_video_page_can_be_looked_at(account: YouTubeAccount) -> None:
    sent = account.adapter.publish(outgoing(), {}, ignore)
    found = account.adapter.service.videos().list(part="snippet,status", id=sent.remote_id)
    (item,) = found.execute()["items"]
    assert item["snippet"]["title"] == TITLE
    assert item["status"]["privacyStatus"] == "public"


# Mentions


def everything(account: YouTubeAccount, cursor: Mapping[str, Any]) -> list[FoundMention]:
    return [one for page in pages(account.adapter, cursor, 50) for one in page.mentions]


def test_comments_and_replies_come_in(account: YouTubeAccount) -> None:
    sent = account.adapter.publish(outgoing(), {}, ignore)
    comment = account.say("Thank you!", in_reply_to=sent.remote_id)
    reply = account.say("And glass?", in_reply_to=comment["remote_id"])
    about = account.say("More films please.")
    found = {one.remote_id: one for one in everything(account, {})}
    assert found.keys() == {one["remote_id"] for one in (comment, reply, about)}
    assert found[comment["remote_id"]].in_reply_to == sent.remote_id
    assert found[comment["remote_id"]].author_handle == comment["person"]["handle"]
    assert found[comment["remote_id"]].url.endswith(f"&lc={comment['remote_id']}")
    assert found[reply["remote_id"]].in_reply_to == comment["remote_id"]


def test_our_own_replies_are_not_mentions(account: YouTubeAccount) -> None:
    comment = account.say("More films please.")
    body = {"snippet": {"parentId": comment["remote_id"], "textOriginal": "Soon!"}}
    account.adapter.service.comments().insert(part="snippet", body=body).execute()
    assert [one.text for one in everything(account, {})] == ["More films please."]


def test_hundreds_come_in_page_by_page_and_each_page_oldest_first(
    account: YouTubeAccount,
) -> None:
    account.sandbox.control.seed_mentions("youtube", "WealdmoorDC", 250, days=20)
    seen: set[str] = set()
    cursor: Mapping[str, Any] = {}
    count = 0
    for page in pages(account.adapter, cursor, 50):
        moments = [one.said_at for one in page.mentions]
        assert moments == sorted(moments)
        seen |= {one.remote_id for one in page.mentions}
        cursor = page.cursor
        count += 1
    assert (len(seen), count) == (250, 3)
    assert len(everything(account, cursor)) <= 3, "only what is newest is read again"


def test_a_pass_that_breaks_off_goes_on_where_it_stood(account: YouTubeAccount) -> None:
    account.sandbox.control.seed_mentions("youtube", "WealdmoorDC", 150, days=20)
    first = account.adapter.mentions({})
    account.fault("error_before", "comment_threads")
    with pytest.raises(TryLater):
        account.adapter.mentions(first.cursor)
    rest = everything(account, first.cursor)
    assert len({one.remote_id for one in (*first.mentions, *rest)}) == 150


def test_a_late_reply_in_an_old_thread_is_seen(account: YouTubeAccount) -> None:
    now = datetime.now(UTC)
    old = account.say("Old", at=now - timedelta(days=3))
    account.say("Newer", at=now - timedelta(days=1))
    *_, last = pages(account.adapter, {}, 10)
    account.say("Late reply", in_reply_to=old["remote_id"])
    assert [one.text for one in everything(account, last.cursor)] == ["Newer", "Late reply"]


def test_a_page_token_that_is_too_old_is_not_in_the_way(account: YouTubeAccount) -> None:
    account.say("Hello")
    since = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    page = account.adapter.mentions({"since": since, "next": "bm90LWhlcmU="})
    assert page.cursor == {"since": since}
    assert [one.text for one in everything(account, page.cursor)] == ["Hello"]


def test_youtube_counts_a_description_in_bytes() -> None:
    assert YOUTUBE.limits.count("Caf\u00e9") == 5
    assert YOUTUBE.limits.needs_video
