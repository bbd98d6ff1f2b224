"""Every fault there is, at every step: none may be misunderstood so that Facebook posts twice."""

from __future__ import annotations

import logging
import socket
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from platforms.contract import Absent, Sent
from platforms.errors import OutcomeUnknown, PlatformError, SignInExpired, TryLater
from platforms.sandbox.faults import FaultKind
from platforms.sandbox.running import RunningSandbox
from tests.platforms.facebook_account import TOKEN, FacebookAccount, facebook_account, outgoing
from tests.platforms.x_account import ignore, picture

WORDS = "The library opens at ten."
K = FaultKind
CUT_SHORT_S = 0.6
"""The time-out of these accounts: a hanging call must not hold the tests up."""

PUBLISHING: list[tuple[FaultKind, bool, type[PlatformError] | None]] = [
    (K.REFUSE, False, OutcomeUnknown),
    (K.RATE_LIMIT, False, TryLater),
    (K.ERROR_BEFORE, False, OutcomeUnknown),
    (K.ERROR_AFTER, True, OutcomeUnknown),
    (K.HANG, True, OutcomeUnknown),
    (K.DROP, True, OutcomeUnknown),
    (K.SLOW, True, None),
    (K.EXPIRED, False, SignInExpired),
    (K.REVOKED, False, SignInExpired),
    (K.DUPLICATE, False, OutcomeUnknown),
    (K.DUPLICATE, True, None),
    (K.HTML, False, OutcomeUnknown),
    (K.HTML, True, OutcomeUnknown),
    (K.EMPTY, False, OutcomeUnknown),
    (K.EMPTY, True, OutcomeUnknown),
    (K.HUGE, False, OutcomeUnknown),
    (K.HUGE, True, OutcomeUnknown),
    (K.MALFORMED, False, OutcomeUnknown),
    (K.MALFORMED, True, OutcomeUnknown),
]
"""Which fault, whether Facebook took the post all the same, and what must be understood."""

READS: dict[str, tuple[str, Callable[[FacebookAccount], object]]] = {
    "find": ("published_posts", lambda account: account.adapter.find(outgoing(WORDS), {})),
    "tagged posts": ("tagged", lambda account: account.adapter.mentions({})),
    "comments": (
        "published_posts",
        lambda account: account.adapter.mentions({"stage": "comments"}),
    ),
    "identify": ("node", lambda account: account.adapter.identify()),
    "figures": ("node", lambda account: account.adapter.figures()),
}


@pytest.fixture
def account(sandbox: RunningSandbox) -> FacebookAccount:
    return facebook_account(sandbox, timeout_s=CUT_SHORT_S)


def test_the_table_names_every_fault() -> None:
    assert {kind for kind, _, _ in PUBLISHING} == set(FaultKind)


@pytest.mark.parametrize("pictures", [0, 1, 2])
@pytest.mark.parametrize(("kind", "accepted", "expected"), PUBLISHING)
def test_publishing(
    account: FacebookAccount,
    kind: FaultKind,
    accepted: bool,
    expected: type[PlatformError] | None,
    pictures: int,
) -> None:
    post = outgoing(WORDS, *[picture(f"Picture {number}") for number in range(pictures)])
    account.fault(kind, "create_post", accept=accepted, seconds=_seconds(kind))
    if expected is None:
        assert isinstance(account.adapter.publish(post, {}, ignore), Sent)
    else:
        with pytest.raises(expected):
            account.adapter.publish(post, {}, ignore)
    assert account.copies(WORDS) == int(accepted)
    assert account.calls(WORDS) == 1
    found = account.adapter.find(post, {})
    assert isinstance(found, Sent) if accepted else found == Absent(safe_to_repeat=False)


@pytest.mark.parametrize("kind", FaultKind)
def test_a_picture_that_does_not_arrive_publishes_nothing(
    account: FacebookAccount, kind: FaultKind
) -> None:
    post = outgoing(WORDS, picture("One"), picture("Two"))
    account.fault(kind, "create_photo", nth=2, seconds=_seconds(kind))
    kept: dict[str, Any] = {}
    if kind is K.SLOW:
        account.adapter.publish(post, {}, kept.update)
        return
    expected = SignInExpired if kind in (K.EXPIRED, K.REVOKED) else TryLater
    with pytest.raises(expected):
        account.adapter.publish(post, {}, kept.update)
    assert account.calls(WORDS) == 0
    assert "publishing" not in kept
    assert len(kept["photos"]) == 1
    account.adapter.publish(post, kept, kept.update)
    assert account.copies(WORDS) == 1
    assert _uploads(account) == 3


@pytest.mark.parametrize("kind", [kind for kind in FaultKind if kind is not K.DUPLICATE])
@pytest.mark.parametrize("read", READS)
def test_reading(account: FacebookAccount, read: str, kind: FaultKind) -> None:
    account.adapter.publish(outgoing(WORDS), {}, ignore)
    endpoint, call = READS[read]
    account.fault(kind, endpoint, seconds=_seconds(kind))
    expected = SignInExpired if kind in (K.EXPIRED, K.REVOKED) else TryLater
    if kind is not K.SLOW:
        with pytest.raises(expected):
            call(account)
    call(account)


@pytest.mark.parametrize("kind", [kind for kind in FaultKind if kind is not K.DUPLICATE])
def test_reading_the_rest_of_a_long_thread(account: FacebookAccount, kind: FaultKind) -> None:
    sent = account.adapter.publish(outgoing(WORDS), {}, ignore)
    cursor = {"stage": "rest", "rest": [[sent.remote_id, ""]]}
    account.fault(kind, "comments", seconds=_seconds(kind))
    expected = SignInExpired if kind in (K.EXPIRED, K.REVOKED) else TryLater
    if kind is not K.SLOW:
        with pytest.raises(expected):
            account.adapter.mentions(cursor)
    assert not account.adapter.mentions(cursor).more


def test_a_duplicate_that_cannot_be_looked_up_is_unknown(account: FacebookAccount) -> None:
    account.fault("duplicate", "create_post", accept=True)
    account.fault("error_before", "published_posts")
    with pytest.raises(OutcomeUnknown):
        account.adapter.publish(outgoing(WORDS), {}, ignore)


def test_the_same_words_as_the_last_post_are_found_or_asked_about(
    account: FacebookAccount,
) -> None:
    first = account.adapter.publish(outgoing(WORDS), {}, ignore)
    again = account.adapter.publish(outgoing(WORDS), {}, ignore)
    assert again.remote_id == first.remote_id
    assert account.copies(WORDS) == 1


def test_waiting_is_as_long_as_facebook_asks(account: FacebookAccount) -> None:
    account.fault("rate_limit", "create_post", seconds=600)
    with pytest.raises(TryLater) as refused:
        account.adapter.publish(outgoing(WORDS), {}, ignore)
    assert refused.value.after == timedelta(minutes=10)
    assert not refused.value.whole_platform


def test_a_port_that_nobody_listens_on_is_certainly_not_published(
    sandbox: RunningSandbox,
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/graph"
        account = facebook_account(sandbox, base_url=address)
        calls: list[Callable[[], object]] = [
            lambda: account.adapter.publish(outgoing(WORDS), {}, ignore),
            lambda: account.adapter.publish(outgoing(WORDS, picture()), {}, ignore),
            lambda: account.adapter.find(outgoing(WORDS), {}),
            lambda: account.adapter.mentions({}),
        ]
        for call in calls:
            with pytest.raises(TryLater) as refused:
                call()
            assert refused.value.whole_platform


def test_a_long_answer_is_not_read_to_its_end(sandbox: RunningSandbox) -> None:
    account = facebook_account(sandbox, most_bytes=200_000)
    account.adapter.identify()
    account.fault("huge", "create_post")
    tracemalloc.start()
    with pytest.raises(OutcomeUnknown):
        account.adapter.publish(outgoing(WORDS), {}, ignore)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_500_000


@pytest.mark.parametrize(("kind", "accepted", "expected"), PUBLISHING)
def test_no_message_and_no_log_line_holds_a_secret(
    account: FacebookAccount,
    kind: FaultKind,
    accepted: bool,
    expected: type[PlatformError] | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if expected is None:
        return
    account.fault(kind, "create_post", accept=accepted, seconds=_seconds(kind))
    account.fault(kind, "published_posts", seconds=_seconds(kind), times=2)
    with caplog.at_level(logging.DEBUG):
        with pytest.raises(expected) as failed:
            account.adapter.publish(outgoing(WORDS), {}, ignore)
        with pytest.raises(PlatformError):
            account.adapter.find(outgoing(WORDS), {})
    said = str(failed.value)
    assert TOKEN not in said + caplog.text
    assert "127.0.0.1" not in said
    assert failed.value.__context__ is None or failed.value.__suppress_context__


def _uploads(account: FacebookAccount) -> int:
    calls: list[list[Any]] = account.sandbox.control.counters()["calls"]
    return sum(n for platform, _, endpoint, n in calls if endpoint == "create_photo")


def _seconds(kind: FaultKind) -> float | None:
    return {K.HANG: 10.0, K.SLOW: 0.1}.get(kind)


def test_what_was_kept_can_be_stored_as_json(account: FacebookAccount) -> None:
    kept: list[Mapping[str, Any]] = []
    account.adapter.publish(outgoing(WORDS, picture()), {}, kept.append)
    assert [bool(step.get("publishing")) for step in kept] == [False, True]
    assert all(isinstance(value, dict | str | bool) for step in kept for value in step.values())
