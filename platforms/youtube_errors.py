"""What goes wrong with YouTube, said in the few errors that the product knows.

Reasons are those of the YouTube Data API ("Errors").
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests
from googleapiclient.errors import Error, HttpError

from platforms.errors import OutcomeUnknown, PlatformError, Rejected, SignInExpired, TryLater
from platforms.http import NotReached
from platforms.youtube_client import Elsewhere

PACIFIC = ZoneInfo("America/Los_Angeles")
"""Google's daily quota begins anew at midnight there."""
DAY = timedelta(days=1)
GONE = {404, 410}
TOO_FAST = {"rateLimitExceeded", "userRateLimitExceeded"}
_WORD = re.compile("[A-Za-z]{1,60}")
NO_QUOTA = {"quotaExceeded", "dailyLimitExceeded"}
REFUSALS = {
    "invalidTitle": (
        "YouTube did not accept the title. It needs one of up to 100 characters, without < and >."
    ),
    "invalidDescription": (
        "YouTube did not accept the description. It may be up to 5,000 bytes, without < and >."
    ),
    "invalidVideoMetadata": "YouTube did not accept what the video is called. Change the title.",
    "mediaBodyRequired": "YouTube did not accept the video: the file is empty.",
    "forbidden": "YouTube does not allow this account to do that.",
    "insufficientPermissions": "YouTube does not allow this account to do that.",
    "youtubeSignupRequired": "This Google account has no YouTube channel.",
}
NO_USE = (
    requests.RequestException,
    Error,
    Elsewhere,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
)
"""What comes out of the library, or of reading its answer, where the answer is of no use."""


class Gone(Exception):
    """YouTube does not have the video any more."""


class NotReadable(TryLater):
    """YouTube did not let us read something: it is gone, or a permission is missing."""


@contextmanager
def reading() -> Iterator[None]:
    """Around a call that changes nothing; a refusal may be over by the next time."""
    try:
        with nothing_published():
            yield
    except Rejected as why:
        raise NotReadable(why.message) from None


@contextmanager
def nothing_published() -> Iterator[None]:
    """Around a step before the video's last byte."""
    with sending(lambda: False):
        yield


@contextmanager
def sending(is_in_doubt: Callable[[], bool]) -> Iterator[None]:
    """Around a call that may be the one that publishes.

    `is_in_doubt` is asked after a failure: may the platform have the whole video?
    """
    try:
        yield
    except NotReached:
        raise TryLater("YouTube could not be reached.", whole_platform=True) from None
    except HttpError as why:
        raise meaning(why, is_in_doubt()) from None
    except NO_USE:
        if is_in_doubt():
            words = "YouTube gave no answer that says what became of the video."
            raise OutcomeUnknown(words) from None
        words = "YouTube gave no answer that could be used."
        raise TryLater(words, whole_platform=True) from None


@contextmanager
def removing() -> Iterator[None]:
    """Around the call that deletes; raises :class:`Gone` besides the product's errors."""
    try:
        yield
    except NotReached:
        raise TryLater("YouTube could not be reached.", whole_platform=True) from None
    except HttpError as why:
        if int(why.resp.status) in GONE and reason_of(why.content):
            raise Gone from None
        error = meaning(why, in_doubt=True)
        if isinstance(error, OutcomeUnknown):
            error = OutcomeUnknown("YouTube had a fault while it removed the video.")
        raise error from None
    except NO_USE:
        words = "YouTube gave no answer that says whether the video is gone."
        raise OutcomeUnknown(words) from None


def meaning(why: HttpError, in_doubt: bool) -> PlatformError:
    """The product's error for one of YouTube's; `in_doubt`: it may have the whole video."""
    status, reason = int(why.resp.status), reason_of(why.content)
    if status == 401:
        words = "YouTube no longer accepts this channel's sign-in. Connect the channel again."
        return SignInExpired(words)
    limited = _limited(status, reason, why.resp)
    if limited:
        return limited
    if reason in REFUSALS and 400 <= status < 500:
        return Rejected(REFUSALS[reason])
    if in_doubt:
        return OutcomeUnknown("YouTube had a fault while it took the video.")
    if reason and 400 <= status < 500:
        return Rejected(f"YouTube refused this (it says {reason}).")
    return TryLater("YouTube has a fault of its own at the moment.", whole_platform=True)


def _limited(status: int, reason: str, head: Mapping[str, str]) -> TryLater | None:
    if reason in NO_QUOTA:
        words = "Today's quota for YouTube is used up. It begins anew at midnight in California."
        return TryLater(words, after=until_midnight(datetime.now(UTC)), whole_platform=True)
    if reason == "uploadLimitExceeded":
        return TryLater("YouTube takes no more videos from this channel today.", after=DAY)
    if status == 429 or reason in TOO_FAST:
        seconds = head.get("retry-after", "")
        wait = min(float(seconds), DAY.total_seconds()) if seconds.isdecimal() else 60.0
        words = "YouTube asks us to wait: too many calls."
        return TryLater(words, after=timedelta(seconds=wait))
    return None


def until_midnight(now: datetime) -> timedelta:
    """How long until the next midnight in California."""
    tomorrow = now.astimezone(PACIFIC).date() + DAY
    return datetime.combine(tomorrow, time(), PACIFIC).astimezone(UTC) - now


def reason_of(content: bytes) -> str:
    """Google's word for what went wrong; empty where the answer is not Google's JSON."""
    with suppress(ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        answer: Any = json.loads(content)
        reason = str(answer["error"]["errors"][0]["reason"])
        # It is shown to people: what is no word is not Google's.
        return reason if _WORD.fullmatch(reason) else ""
    return ""
