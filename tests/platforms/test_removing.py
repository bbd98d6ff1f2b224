"""Looking at a live post and removing it, on every platform and with every fault there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
import requests

from platforms.contract import Outgoing, Removed, Shown
from platforms.errors import OutcomeUnknown, PlatformError, Rejected, SignInExpired, TryLater
from platforms.sandbox.faults import FaultKind
from platforms.sandbox.running import RunningSandbox
from tests.platforms import facebook_account as facebook
from tests.platforms import test_x_schema as x_schema
from tests.platforms import x_account as x
from tests.platforms import youtube_account as youtube

K = FaultKind
CUT_SHORT_S = 0.6
"""The time-out where a call hangs: it must not hold the tests up."""
ENDPOINTS = {"x": "delete_post", "facebook": "delete", "youtube": "delete_video"}
LOOKS = {"x": "one_post", "facebook": "node", "youtube": "videos"}
MAKERS: dict[str, tuple[Callable[..., Any], Outgoing]] = {
    "x": (x.x_account, x.outgoing("The library is open.", x.picture("A door"))),
    "facebook": (
        facebook.facebook_account,
        facebook.outgoing("The library is open.", x.picture("A door"), x.picture("A child", b"2")),
    ),
    "youtube": (youtube.youtube_account, youtube.outgoing()),
}


@dataclass
class Live:
    """An account with one live post."""

    platform: str
    account: Any
    remote_id: str

    def look(self) -> Shown | None:
        shown: Shown | None = self.account.adapter.look(self.remote_id)
        return shown

    def remove(self) -> Removed:
        removed: Removed = self.account.adapter.remove(self.remote_id)
        return removed

    def is_there(self) -> bool:
        sandbox = self.account.sandbox
        return bool(sandbox.control.posts(self.platform, self.account.handle))


Make = Callable[..., Live]


@pytest.fixture(params=list(MAKERS))
def live(request: pytest.FixtureRequest, sandbox: RunningSandbox) -> Make:
    def make(**options: Any) -> Live:
        maker, outgoing = MAKERS[request.param]
        account = maker(sandbox, **options)
        sent = account.adapter.publish(outgoing, {}, lambda kept: None)
        return Live(request.param, account, sent.remote_id)

    return make


def test_what_is_live_is_shown_then_removed_then_gone(live: Make) -> None:
    post = live()
    shown = post.look()
    assert shown is not None
    assert shown.url.startswith("http")
    expected = {
        "x": ("The library is open.", ("A door",)),
        "facebook": ("The library is open.", ("A door", "A child")),
        "youtube": (f"{youtube.TITLE}\n\n{youtube.WORDS}", ()),
    }
    assert (shown.text, shown.alt_texts) == expected[post.platform]
    assert bool(shown.figures) == (post.platform != "facebook")
    assert post.remove() == Removed()
    assert not post.is_there()
    assert post.look() is None


def test_removing_again_is_harmless(live: Make) -> None:
    post = live()
    post.remove()
    # X says "deleted" of a post that is gone, too.
    assert post.remove() == Removed(was_there=post.platform == "x")


def test_somebody_elses_post_is_refused_and_stays(live: Make) -> None:
    post, other = live(), live(handle="SomebodyElse")
    with pytest.raises(Rejected):
        other.account.adapter.remove(post.remote_id)
    assert post.is_there()


def test_facebook_saying_that_a_strangers_post_is_not_there_proves_nothing(
    sandbox: RunningSandbox,
) -> None:
    page = facebook.facebook_account(sandbox)
    with pytest.raises(Rejected, match="does not let this page remove"):
        page.adapter.remove("999_122")


@pytest.mark.parametrize(
    ("kind", "accepted", "error"),
    [
        (K.RATE_LIMIT, False, TryLater),
        (K.ERROR_BEFORE, False, OutcomeUnknown),
        (K.ERROR_AFTER, True, OutcomeUnknown),
        (K.HANG, True, OutcomeUnknown),
        (K.DROP, True, OutcomeUnknown),
        (K.SLOW, True, None),
        (K.EXPIRED, False, SignInExpired),
        (K.REVOKED, False, SignInExpired),
        (K.HTML, False, OutcomeUnknown),
        (K.EMPTY, True, OutcomeUnknown),
        (K.HUGE, True, OutcomeUnknown),
    ],
)
def test_every_fault_of_removing_is_understood(
    live: Make, kind: FaultKind, accepted: bool, error: type[PlatformError] | None
) -> None:
    post = live(timeout_s=CUT_SHORT_S if kind is K.HANG else 5.0)
    post.account.fault(kind, ENDPOINTS[post.platform], accept=accepted, seconds=1)
    if error is None:
        assert post.remove() == Removed()
    else:
        with pytest.raises(error):
            post.remove()
    assert post.is_there() is not accepted
    # Whatever it was: once the fault is over, asking again ends it.
    post.remove()
    assert not post.is_there()


def test_a_rate_limit_says_when(live: Make) -> None:
    post = live()
    post.account.fault(K.RATE_LIMIT, ENDPOINTS[post.platform], seconds=300)
    with pytest.raises(TryLater) as raised:
        post.remove()
    assert raised.value.after is not None
    assert 60 < raised.value.after.total_seconds() <= 330


def test_no_connection_is_the_whole_platforms_trouble(live: Make) -> None:
    post = live()
    adapter = post.account.adapter
    nowhere = type(adapter)(replace(adapter.connection, base_url="http://127.0.0.1:9"))
    with pytest.raises(TryLater) as raised:
        nowhere.remove(post.remote_id)
    assert raised.value.whole_platform


@pytest.mark.parametrize("kind", [K.ERROR_BEFORE, K.HTML, K.EMPTY, K.RATE_LIMIT, K.MALFORMED])
def test_looking_fails_without_saying_that_the_post_is_gone(live: Make, kind: FaultKind) -> None:
    post = live()
    post.account.fault(kind, LOOKS[post.platform])
    with pytest.raises(TryLater):
        post.look()


def test_xs_shapes_are_the_vendors(sandbox: RunningSandbox) -> None:
    if not x_schema.SPEC.exists():
        pytest.skip("X's OpenAPI document is not here")
    call = x_schema.Caller(x.x_account(sandbox))
    media_id = call.uploaded().json()["data"]["id"]
    post_id = call.post("One", media={"media_ids": [media_id]}).json()["data"]["id"]
    fields = {
        "tweet.fields": "created_at,entities,public_metrics",
        "expansions": "attachments.media_keys",
        "media.fields": "alt_text",
    }

    def read() -> requests.Response:
        answer = call("GET", f"/2/tweets/{post_id}", params=fields)
        assert answer.status_code == 200
        x_schema.check("/2/tweets/{id}", "get", answer)
        return answer

    assert read().json()["data"]["public_metrics"]["reply_count"] == 0
    call("DELETE", f"/2/tweets/{post_id}")
    assert read().json()["errors"][0]["title"] == "Not Found Error"
