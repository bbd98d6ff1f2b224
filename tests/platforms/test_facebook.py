"""Facebook, driven by the real facebook-sdk against the sandbox over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms.contract import Absent, FoundMention, MediaKind, MentionKind, Sent, pages
from platforms.errors import PlatformError, Rejected, SignInExpired, TryLater
from platforms.facebook import FACEBOOK
from platforms.sandbox.running import RunningSandbox
from tests.platforms.facebook_account import FacebookAccount, facebook_account, outgoing
from tests.platforms.x_account import ignore, picture

WORDS = "The library opens at ten & closes at five."


@pytest.fixture
def account(sandbox: RunningSandbox) -> FacebookAccount:
    return facebook_account(sandbox)


def test_it_says_which_page_the_sign_in_belongs_to(account: FacebookAccount) -> None:
    identity = account.adapter.identify()
    assert (identity.remote_id, identity.handle) == (account.remote_id, "WealdmoorDC")
    assert identity.name == "Wealdmoor District Council"


def test_it_reads_followers_and_fans(account: FacebookAccount) -> None:
    assert account.adapter.figures().values == {"followers": 2000, "fans": 1900}


def test_a_text_is_published_once_without_a_checkpoint(account: FacebookAccount) -> None:
    kept: list[Mapping[str, Any]] = []
    sent = account.adapter.publish(outgoing(WORDS), {}, kept.append)
    assert account.copies(WORDS) == 1
    assert sent.text == WORDS
    assert sent.url == f"{account.sandbox.url}/timeline/facebook/WealdmoorDC/{sent.remote_id}"
    assert kept == []


def test_a_link_is_handed_over_besides(account: FacebookAccount) -> None:
    link = "https://www.wealdmoor.gov.uk/libraries"
    account.adapter.publish(outgoing(f"{WORDS}\n\n{link}", link=link), {}, ignore)
    (post,) = account.sandbox.control.posts("facebook", "WealdmoorDC")
    assert post["link"] == link
    assert isinstance(account.adapter.find(outgoing(f"{WORDS}\n\n{link}"), {}), Sent)


@pytest.mark.parametrize("count", [1, 3, 10])
def test_pictures_come_with_their_alt_text(account: FacebookAccount, count: int) -> None:
    media = [picture(f"Picture {number}") for number in range(count)]
    kept: dict[str, Any] = {}
    sent = account.adapter.publish(outgoing(WORDS, *media), {}, kept.update)
    (post,) = account.sandbox.control.posts("facebook", "WealdmoorDC")
    alt_texts = [medium["alt_text"] for medium in post["media"]]
    assert alt_texts == [f"Picture {number}" for number in range(count)]
    assert kept["publishing"]
    found = account.adapter.find(outgoing(WORDS, *media), {})
    assert isinstance(found, Sent)
    assert found.remote_id == sent.remote_id


def test_the_same_words_without_the_picture_are_another_post(account: FacebookAccount) -> None:
    account.adapter.publish(outgoing(WORDS), {}, ignore)
    assert isinstance(account.adapter.find(outgoing(WORDS, picture()), {}), Absent)


def test_old_uploads_are_not_used_again(account: FacebookAccount) -> None:
    long_ago = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    resume = {"photos": {"0": "1"}, "photos_since": long_ago}
    account.adapter.publish(outgoing(WORDS, picture()), resume, ignore)
    assert account.copies(WORDS) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Caf\u00e9 reopens",
        "Cafe\u0301 reopens",
        "  spaces round it \n",
        "<b>5 > 4 & 3 < 4</b>",
        "Two\n\nparagraphs 👩‍👩‍👧",
    ],
)
def test_any_text_is_found_again(account: FacebookAccount, text: str) -> None:
    account.adapter.publish(outgoing(text), {}, ignore)
    assert isinstance(account.adapter.find(outgoing(text), {}), Sent)


def test_a_post_is_found_among_many_newer_ones(account: FacebookAccount) -> None:
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    for number in range(120):
        account.adapter.publish(outgoing(f"Notice {number}"), {}, ignore)
    found = account.adapter.find(outgoing(WORDS), {})
    assert isinstance(found, Sent)
    assert found.remote_id == sent.remote_id


def test_an_older_post_of_the_same_words_is_not_ours(account: FacebookAccount) -> None:
    account.adapter.publish(outgoing(WORDS), {}, ignore)
    later = outgoing(WORDS, first_tried_at=datetime.now(UTC) + timedelta(minutes=30))
    assert account.adapter.find(later, {}) == Absent(safe_to_repeat=False)


def test_a_post_that_was_taken_down_is_absent(account: FacebookAccount) -> None:
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    account.adapter.graph._client.delete_object(sent.remote_id)
    assert isinstance(account.adapter.find(outgoing(WORDS), {}), Absent)


@pytest.mark.parametrize(
    ("post", "words"),
    [
        (outgoing(""), "did not accept this post"),
        (outgoing("x" * 63_207), "did not accept this post"),
        (outgoing(WORDS, replace(picture(), kind=MediaKind.VIDEO)), "Videos"),
        (outgoing(WORDS, replace(picture(), content_type="text/plain")), "did not accept"),
        (outgoing(WORDS, picture(data=b"")), "did not accept"),
    ],
)
def test_what_facebook_refuses_is_rejected_in_plain_words(
    account: FacebookAccount, post: Any, words: str
) -> None:
    with pytest.raises(Rejected, match=words):
        account.adapter.publish(post, {}, ignore)
    assert account.sandbox.control.posts("facebook", "WealdmoorDC") == []


def test_somebody_elses_page_is_refused(account: FacebookAccount) -> None:
    other = facebook_account(account.sandbox, "OtherDC")
    other.adapter.connection = replace(other.adapter.connection, remote_id=account.remote_id)
    with pytest.raises(Rejected, match="does not allow"):
        other.adapter.publish(outgoing(WORDS), {}, ignore)
    with pytest.raises(TryLater):
        other.adapter.find(outgoing(WORDS), {})


@pytest.mark.parametrize(
    ("state", "extra", "words"),
    [
        ("expired", {}, "expired"),
        ("revoked", {}, "removed our app"),
        ("revoked", {"password_changed": True}, "new password"),
    ],
)
def test_each_way_to_be_signed_out_is_said(
    sandbox: RunningSandbox, state: str, extra: dict[str, Any], words: str
) -> None:
    account = facebook_account(sandbox, extra=extra)
    sandbox.control.set_tokens("facebook", "WealdmoorDC", state)
    for call in (
        lambda: account.adapter.publish(outgoing(WORDS), {}, ignore),
        lambda: account.adapter.find(outgoing(WORDS), {}),
        lambda: account.adapter.mentions({}),
        account.adapter.identify,
    ):
        with pytest.raises(SignInExpired, match=words):
            call()


def test_the_token_is_never_part_of_an_address(account: FacebookAccount) -> None:
    addresses: list[str] = []
    transport = account.adapter.graph._transport
    request = transport.request

    def noting(method: str, url: str, **rest: Any) -> Any:
        response = request(method, url, **rest)
        addresses.append(str(response.request.url))
        return response

    transport.request = noting  # type: ignore[method-assign]
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    account.adapter.find(outgoing(WORDS), {})
    account.adapter.graph._client.delete_object(sent.remote_id)
    assert len(addresses) == 3
    assert not any("token" in address for address in addresses)
    assert all("/v26.0/" in address for address in addresses)


def test_two_accounts_in_one_thread_do_not_mix(account: FacebookAccount) -> None:
    other = facebook_account(account.sandbox, "OtherDC")
    account.adapter.publish(outgoing(WORDS), {}, ignore)
    other.adapter.publish(outgoing(WORDS), {}, ignore)
    assert (account.copies(WORDS), other.copies(WORDS)) == (1, 1)


# Mentions


def everything(account: FacebookAccount, cursor: Mapping[str, Any]) -> list[FoundMention]:
    return [one for page in pages(account.adapter, cursor, 50) for one in page.mentions]


def test_tagged_posts_and_comments_come_in(account: FacebookAccount) -> None:
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    tagged = account.say("Bins not collected.", kind="tagged")
    comment = account.say("Thank you!", in_reply_to=sent.remote_id)
    reply = account.say("And on Sunday?", kind="comment", in_reply_to=comment["remote_id"])
    found = {one.remote_id: one for one in everything(account, {})}
    assert found.keys() == {one["remote_id"] for one in (tagged, comment, reply)}
    assert found[tagged["remote_id"]].kind is MentionKind.TAGGED
    assert found[tagged["remote_id"]].author_name == tagged["person"]["name"]
    assert found[comment["remote_id"]].kind is MentionKind.COMMENT
    assert found[comment["remote_id"]].in_reply_to == sent.remote_id
    assert found[reply["remote_id"]].in_reply_to == comment["remote_id"]


def test_our_own_replies_are_not_mentions(account: FacebookAccount) -> None:
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    account.adapter.graph.put(sent.remote_id, "comments", message="You are welcome.")
    assert everything(account, {}) == []


def test_hundreds_come_in_page_by_page_and_each_page_oldest_first(
    account: FacebookAccount,
) -> None:
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    for number in range(230):
        account.say(f"Comment {number}", in_reply_to=sent.remote_id)
    account.sandbox.control.seed_mentions("facebook", "WealdmoorDC", 250, days=20)
    cursor: Mapping[str, Any] = {}
    seen: dict[str, FoundMention] = {}
    for page in pages(account.adapter, cursor, 50):
        moments = [one.said_at for one in page.mentions]
        assert moments == sorted(moments)
        assert len(moments) <= 250
        seen |= {one.remote_id: one for one in page.mentions}
        cursor = page.cursor
    assert len(seen) == 480
    again = {one.remote_id for one in everything(account, cursor)}
    newest = {
        kind: max(one.said_at for one in seen.values() if one.kind is kind)
        for kind in (MentionKind.TAGGED, MentionKind.COMMENT)
    }
    late = {
        one.remote_id
        for one in seen.values()
        if one.said_at >= newest[one.kind] - timedelta(minutes=10)
    }
    assert again == late, "only the last ten minutes of each stream are read again"
    assert 230 < len(late) < 480


def test_a_pass_that_breaks_off_goes_on_where_it_stood(account: FacebookAccount) -> None:
    account.sandbox.control.seed_mentions("facebook", "WealdmoorDC", 250, days=20)
    first = account.adapter.mentions({})
    account.fault("error_before", "tagged")
    with pytest.raises(PlatformError):
        account.adapter.mentions(first.cursor)
    rest = everything(account, first.cursor)
    assert len({one.remote_id for one in (*first.mentions, *rest)}) == 250


def test_what_is_said_between_two_passes_comes_with_the_next(account: FacebookAccount) -> None:
    now = datetime.now(UTC)
    account.say("Old", at=now - timedelta(days=3))
    *_, last = pages(account.adapter, {}, 10)
    account.say("New", at=now)
    *_, after = pages(account.adapter, last.cursor, 10)
    assert [one.text for one in everything(account, last.cursor)] == ["Old", "New"]
    assert [one.text for one in everything(account, after.cursor)] == ["New"]


def test_a_thread_that_was_deleted_is_not_in_the_way(account: FacebookAccount) -> None:
    gone = {"stage": "rest", "since": {"tagged": 1, "comments": 2}, "rest": [["1_2", "abc"]]}
    page = account.adapter.mentions(gone)
    assert page.cursor == {"since": {"tagged": 1, "comments": 2}}
    assert not page.more


def test_facebook_counts_letters() -> None:
    assert FACEBOOK.limits.count("Straße") == 6
    assert FACEBOOK.limits.text == 63_206
