"""Every fault there is, at every step: X must never be misunderstood in a way that posts twice."""

from __future__ import annotations

import socket
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from platforms.contract import Absent, Sent
from platforms.errors import OutcomeUnknown, PlatformError, SignInExpired, TryLater
from platforms.sandbox.faults import ACCEPTS, FaultKind
from platforms.sandbox.running import RunningSandbox
from tests.platforms.x_account import XAccount, ignore, outgoing, picture, x_account

WORDS = "The library opens at ten."
K = FaultKind
CUT_SHORT_S = 0.6
"""The time-out where a call hangs: it must not hold the tests up."""

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
"""Which fault, whether X took the post all the same, and what the product must understand."""

READING: dict[FaultKind, type[PlatformError] | None] = {
    kind: {K.SLOW: None, K.EXPIRED: SignInExpired, K.REVOKED: SignInExpired}.get(kind, TryLater)
    for kind in FaultKind
}
READS: dict[str, tuple[str, Callable[[XAccount], object]]] = {
    "find": ("timeline", lambda account: account.adapter.find(outgoing(WORDS), {})),
    "mentions": ("mentions", lambda account: account.adapter.mentions({})),
    "identify": ("me", lambda account: account.adapter.identify()),
    "figures": ("me", lambda account: account.adapter.figures()),
}


@pytest.fixture
def account(sandbox: RunningSandbox) -> XAccount:
    return x_account(sandbox)


def order(account: XAccount, kind: FaultKind, endpoint: str, *, accept: bool | None = None) -> None:
    """Let the next call to `endpoint` go wrong; nobody waits long for one that hangs."""
    seconds = {K.HANG: 10.0, K.SLOW: 0.1}.get(kind)
    account.fault(kind, endpoint, accept=accept, seconds=seconds)
    if kind is K.HANG:
        account.adapter = x_account(account.sandbox, timeout_s=CUT_SHORT_S).adapter


def test_the_tables_name_every_fault() -> None:
    assert {kind for kind, _, _ in PUBLISHING} == set(FaultKind) == set(READING) == set(ACCEPTS)


@pytest.mark.parametrize(("kind", "accepted", "expected"), PUBLISHING)
def test_publishing(
    account: XAccount, kind: FaultKind, accepted: bool, expected: type[PlatformError] | None
) -> None:
    order(account, kind, "create_post", accept=accepted)
    if expected is None:
        assert isinstance(account.adapter.publish(outgoing(WORDS), {}, ignore), Sent)
    else:
        with pytest.raises(expected):
            account.adapter.publish(outgoing(WORDS), {}, ignore)
    assert account.copies(WORDS) == int(accepted)
    assert account.calls(WORDS) == 1
    found = account.adapter.find(outgoing(WORDS), {})
    assert isinstance(found, Sent if accepted else Absent)


@pytest.mark.parametrize("kind", [kind for kind in FaultKind if kind is not K.DUPLICATE])
@pytest.mark.parametrize("endpoint", ["upload", "alt_text"])
def test_a_step_before_publishing(account: XAccount, endpoint: str, kind: FaultKind) -> None:
    order(account, kind, endpoint)
    post = outgoing(WORDS, picture())
    if kind is K.SLOW:
        account.adapter.publish(post, {}, ignore)
        return
    expected = SignInExpired if kind in (K.EXPIRED, K.REVOKED) else TryLater
    kept: list[Mapping[str, Any]] = []
    with pytest.raises(expected):
        account.adapter.publish(post, {}, kept.append)
    assert account.calls(WORDS) == 0
    assert not any(step.get("publishing") for step in kept)


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("read", READS)
def test_reading(account: XAccount, read: str, kind: FaultKind) -> None:
    account.adapter.publish(outgoing(WORDS), {}, ignore)
    endpoint, call = READS[read]
    order(account, kind, endpoint)
    expected = READING[kind]
    if expected is None:
        call(account)
        return
    with pytest.raises(expected):
        call(account)
    call(account)


def test_a_duplicate_that_cannot_be_looked_up_is_unknown(account: XAccount) -> None:
    account.fault("duplicate", "create_post", accept=True)
    account.fault("error_before", "timeline")
    with pytest.raises(OutcomeUnknown):
        account.adapter.publish(outgoing(WORDS), {}, ignore)


def test_waiting_is_as_long_as_x_asks(account: XAccount) -> None:
    account.fault("rate_limit", "create_post", seconds=300)
    with pytest.raises(TryLater) as refused:
        account.adapter.publish(outgoing(WORDS), {}, ignore)
    after = refused.value.after
    assert after is not None
    assert timedelta(seconds=290) < after < timedelta(seconds=310)
    assert not refused.value.whole_platform


def test_a_port_that_nobody_listens_on_is_certainly_not_published(
    sandbox: RunningSandbox,
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/x"
        account = x_account(sandbox, base_url=address)
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
    account = x_account(sandbox, most_bytes=200_000)
    account.adapter.identify()
    account.fault("huge", "create_post")
    tracemalloc.start()
    with pytest.raises(OutcomeUnknown):
        account.adapter.publish(outgoing(WORDS), {}, ignore)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_500_000


@pytest.mark.parametrize(("kind", "accepted", "expected"), PUBLISHING)
def test_no_message_holds_a_secret_or_an_address(
    account: XAccount, kind: FaultKind, accepted: bool, expected: type[PlatformError] | None
) -> None:
    if expected is None:
        return
    order(account, kind, "create_post", accept=accepted)
    with pytest.raises(expected) as failed:
        account.adapter.publish(outgoing(WORDS), {}, ignore)
    said = str(failed.value)
    assert "token" not in said
    assert "127.0.0.1" not in said
    assert failed.value.__context__ is None or failed.value.__suppress_context__
