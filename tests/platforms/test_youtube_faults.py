"""Every fault there is, at every step: none may be misunderstood so that a video goes up twice."""

from __future__ import annotations

import logging
import socket
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms import youtube_upload
from platforms.contract import Absent, Sent
from platforms.errors import OutcomeUnknown, PlatformError, SignInExpired, TryLater
from platforms.sandbox.faults import FaultKind
from platforms.sandbox.running import RunningSandbox
from platforms.sandbox.youtube_uploads import GRAIN
from platforms.youtube_errors import until_midnight
from tests.platforms.youtube_account import (
    TOKEN,
    YouTubeAccount,
    outgoing,
    video,
    youtube_account,
)

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
    (K.DUPLICATE, True, OutcomeUnknown),
    (K.HTML, False, OutcomeUnknown),
    (K.HTML, True, OutcomeUnknown),
    (K.EMPTY, False, OutcomeUnknown),
    (K.EMPTY, True, OutcomeUnknown),
    (K.HUGE, False, OutcomeUnknown),
    (K.HUGE, True, OutcomeUnknown),
    (K.MALFORMED, False, OutcomeUnknown),
    (K.MALFORMED, True, OutcomeUnknown),
]
"""Which fault, whether YouTube took the video all the same, and what must be understood."""

READS: dict[str, tuple[str, Callable[[YouTubeAccount, dict[str, Any]], object]]] = {
    "find": ("upload_bytes", lambda account, kept: account.adapter.find(outgoing(), kept)),
    "find in uploads": (
        "playlist_items",
        lambda account, kept: account.adapter.find(outgoing(), {**kept, **gone(kept)}),
    ),
    "mentions": ("comment_threads", lambda account, kept: account.adapter.mentions({})),
    "identify": ("channels", lambda account, kept: account.adapter.identify()),
    "figures": ("channels", lambda account, kept: account.adapter.figures()),
}


def gone(kept: dict[str, Any]) -> dict[str, Any]:
    """A session that YouTube has forgotten."""
    return {"session": f"{kept['session']}forgotten"}


@pytest.fixture
def account(sandbox: RunningSandbox) -> YouTubeAccount:
    return youtube_account(sandbox, timeout_s=CUT_SHORT_S)


def test_the_table_names_every_fault() -> None:
    assert {kind for kind, _, _ in PUBLISHING} == set(FaultKind)


@pytest.mark.parametrize(("kind", "accepted", "expected"), PUBLISHING)
def test_the_last_piece(
    account: YouTubeAccount,
    kind: FaultKind,
    accepted: bool,
    expected: type[PlatformError] | None,
) -> None:
    account.fault(kind, "upload_bytes", accept=accepted, seconds=_seconds(kind))
    kept: dict[str, Any] = {}
    if expected is None:
        assert isinstance(account.adapter.publish(outgoing(), {}, kept.update), Sent)
    else:
        with pytest.raises(expected):
            account.adapter.publish(outgoing(), {}, kept.update)
    assert account.copies() == int(accepted)
    assert account.calls() == 1
    assert kept["publishing"]
    found = account.adapter.find(outgoing(), kept)
    assert isinstance(found, Sent) if accepted else found == Absent(safe_to_repeat=True)
    account.adapter.publish(outgoing(), kept, kept.update)
    assert account.copies() == 1


@pytest.mark.parametrize("kind", FaultKind)
def test_opening_the_session(account: YouTubeAccount, kind: FaultKind) -> None:
    account.fault(kind, "start_upload", seconds=_seconds(kind))
    kept: dict[str, Any] = {}
    if kind is K.SLOW:
        account.adapter.publish(outgoing(), {}, kept.update)
        return
    with pytest.raises(PlatformError) as failed:
        account.adapter.publish(outgoing(), {}, kept.update)
    assert not isinstance(failed.value, OutcomeUnknown)
    assert kept == {}
    assert account.calls() == 0
    assert account.adapter.find(outgoing(), kept) == Absent(safe_to_repeat=True)
    account.adapter.publish(outgoing(), kept, kept.update)
    assert account.copies() == 1


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("piece", [1, 2])
def test_a_long_video_goes_on_where_it_broke_off(
    account: YouTubeAccount, kind: FaultKind, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(youtube_upload, "PIECE", GRAIN)
    data = bytes(range(256)) * 1500
    post = outgoing(video(data))
    assert GRAIN < len(data) < 2 * GRAIN
    account.fault(kind, "upload_bytes", nth=piece, seconds=_seconds(kind))
    kept: dict[str, Any] = {}
    try:
        account.adapter.publish(post, {}, kept.update)
    except PlatformError as failed:
        in_doubt = isinstance(failed, OutcomeUnknown)
        assert in_doubt is bool(piece == 2 and kind not in (K.RATE_LIMIT, K.EXPIRED, K.REVOKED))
        assert bool(kept.get("publishing")) is (piece == 2)
        account.adapter.publish(post, kept, kept.update)
    assert account.copies() == 1
    (uploaded,) = account.sandbox.control.posts("youtube", "WealdmoorDC")
    assert uploaded["media"][0]["size"] == len(data)


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("read", READS)
def test_reading(account: YouTubeAccount, read: str, kind: FaultKind) -> None:
    kept: dict[str, Any] = {}
    account.adapter.publish(outgoing(), {}, kept.update)
    endpoint, call = READS[read]
    account.fault(kind, endpoint, seconds=_seconds(kind))
    expected = SignInExpired if kind in (K.EXPIRED, K.REVOKED) else TryLater
    if kind is not K.SLOW:
        with pytest.raises(expected):
            call(account, kept)
    call(account, kept)


def test_a_short_wait_is_as_long_as_youtube_asks(account: YouTubeAccount) -> None:
    account.fault("rate_limit", "start_upload", seconds=300)
    with pytest.raises(TryLater) as refused:
        account.adapter.publish(outgoing(), {}, lambda kept: None)
    assert refused.value.after == timedelta(seconds=300)


def test_without_quota_it_waits_for_midnight_in_california(account: YouTubeAccount) -> None:
    account.fault("rate_limit", "channels", seconds=80_000)
    with pytest.raises(TryLater, match="quota") as refused:
        account.adapter.identify()
    assert refused.value.after is not None
    assert abs(refused.value.after - until_midnight(datetime.now(UTC))) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        ("2026-07-01T06:30:00+00:00", 0.5),
        ("2026-12-01T06:30:00+00:00", 1.5),
        ("2026-11-01T07:30:00+00:00", 24.5),
        ("2026-03-08T08:30:00+00:00", 22.5),
    ],
)
def test_midnight_in_california_minds_the_clock_changes(now: str, hours: float) -> None:
    assert until_midnight(datetime.fromisoformat(now)) == timedelta(hours=hours)


def test_a_port_that_nobody_listens_on_is_certainly_not_published(
    sandbox: RunningSandbox,
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/youtube"
        account = youtube_account(sandbox, base_url=address)
        kept = {"session": f"{address}/upload/youtube/v3/videos?upload_id=1", "size": 5}
        calls: list[Callable[[], object]] = [
            lambda: account.adapter.publish(outgoing(), {}, lambda kept: None),
            lambda: account.adapter.publish(outgoing(), kept, lambda kept: None),
            lambda: account.adapter.find(outgoing(), kept),
            lambda: account.adapter.mentions({}),
        ]
        for call in calls:
            with pytest.raises(TryLater) as refused:
                call()
            assert refused.value.whole_platform


def test_a_long_answer_is_not_read_to_its_end(sandbox: RunningSandbox) -> None:
    account = youtube_account(sandbox, most_bytes=200_000)
    account.adapter.identify()
    account.fault("huge", "upload_bytes")
    tracemalloc.start()
    with pytest.raises(OutcomeUnknown):
        account.adapter.publish(outgoing(), {}, lambda kept: None)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_500_000


@pytest.mark.parametrize(("kind", "accepted", "expected"), PUBLISHING)
def test_no_message_and_no_log_line_holds_a_secret(
    account: YouTubeAccount,
    kind: FaultKind,
    accepted: bool,
    expected: type[PlatformError] | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if expected is None:
        return
    account.fault(kind, "upload_bytes", accept=accepted, seconds=_seconds(kind))
    kept: dict[str, Any] = {}
    with caplog.at_level(logging.DEBUG), pytest.raises(expected) as failed:
        account.adapter.publish(outgoing(), {}, kept.update)
    said = str(failed.value) + repr(failed.value)
    upload_id = kept["session"].rpartition("=")[2]
    for secret in (TOKEN, upload_id, "127.0.0.1"):
        assert secret not in said
    assert TOKEN not in caplog.text
    assert upload_id not in caplog.text
    assert failed.value.__context__ is None or failed.value.__suppress_context__


def _seconds(kind: FaultKind) -> float | None:
    return {K.HANG: 10.0, K.SLOW: 0.1}.get(kind)
