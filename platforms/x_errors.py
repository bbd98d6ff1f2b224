"""What goes wrong with X, said in the few errors that the product knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
import tweepy

from platforms.errors import OutcomeUnknown, PlatformError, Rejected, SignInExpired, TryLater
from platforms.http import NotReached

QUARTER = timedelta(minutes=15)
LONGEST_WAIT = timedelta(days=1)
REFUSALS = {400, 403, 404, 410, 413, 415, 422}
GONE = {404, 410}
NO_CREDIT = 402
WORDS = (
    ("too long", "X says that this post is too long. Shorten it."),
    ("media", "X did not accept a picture of this post. Replace it with a JPEG or PNG."),
    ("reply", "X did not accept the reply: the post it answers is gone or not open to replies."),
    ("suspended", "X has suspended this account."),
    ("not permitted", "X does not allow this account to do that."),
)
"""What X's words mean for the person who wrote the post; the first that fits is said."""


class Duplicate(Exception):
    """X says that the account has said the same already."""


class Gone(Exception):
    """X does not have what was asked for any more."""


class ReadRefused(TryLater):
    """X would not answer a question, which says nothing about a post."""


NO_USE = (
    requests.RequestException,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)
"""What comes up where there is no answer, or one that is not what X's documents promise."""


@contextmanager
def reading() -> Iterator[None]:
    """Around a call that only reads: whatever X refuses then says nothing about a post."""
    try:
        with preparing():
            yield
    except Rejected:
        raise ReadRefused("X did not let us read this account's posts.") from None


@contextmanager
def preparing() -> Iterator[None]:
    """Around a step before publishing: nothing can have come out yet."""
    try:
        yield
    except tweepy.HTTPException as why:
        raise _certain(why.response) or TryLater(
            "X has a fault of its own at the moment.", whole_platform=True
        ) from None
    except NotReached:
        raise TryLater("X could not be reached.", whole_platform=True) from None
    except NO_USE:
        raise TryLater("X gave no answer that could be used.", whole_platform=True) from None


@contextmanager
def publishing() -> Iterator[None]:
    """Around the call that publishes; raises :class:`Duplicate` besides the product's errors."""
    try:
        yield
    except tweepy.HTTPException as why:
        if why.response.status_code == 403 and "duplicate" in _detail(why.response):
            raise Duplicate from None
        raise _certain(why.response) or OutcomeUnknown(
            "X had a fault while it took the post."
        ) from None
    except NotReached:
        raise TryLater("X could not be reached.", whole_platform=True) from None
    except NO_USE:
        raise OutcomeUnknown("X gave no answer that says what became of the post.") from None


@contextmanager
def removing() -> Iterator[None]:
    """Around the call that deletes; raises :class:`Gone` besides the product's errors."""
    try:
        yield
    except tweepy.HTTPException as why:
        if why.response.status_code in GONE and _detail(why.response):
            raise Gone from None
        raise _certain(why.response) or OutcomeUnknown(
            "X had a fault while it removed the post."
        ) from None
    except NotReached:
        raise TryLater("X could not be reached.", whole_platform=True) from None
    except NO_USE:
        raise OutcomeUnknown("X gave no answer that says whether the post is gone.") from None


def _certain(response: requests.Response) -> PlatformError | None:
    """What the answer certainly means; None where it leaves a doubt."""
    status = response.status_code
    if status == 401:
        return SignInExpired("X no longer accepts this account's sign-in.")
    if status == 429:
        return TryLater("X asks us to wait: too many calls.", after=_wait(response))
    detail = _detail(response)
    if detail and status == NO_CREDIT:
        words = "X's plan for this council has no credit left."
        return TryLater(words, after=QUARTER, whole_platform=True)
    if detail and status in REFUSALS:
        words = next((words for sign, words in WORDS if sign in detail), "")
        return Rejected(words or f"X refused this (its code is {status}).")
    return None


def _wait(response: requests.Response) -> timedelta:
    """Until X's window begins again; a minute where X does not say."""
    reset = response.headers.get("x-rate-limit-reset", "")
    if not reset.isdecimal():
        return timedelta(minutes=1)
    seconds = float(reset) - datetime.now(UTC).timestamp()
    return timedelta(seconds=min(max(seconds, 1.0), LONGEST_WAIT.total_seconds()))


def _detail(response: requests.Response) -> str:
    """X's own explanation in small letters; empty where the answer is not X's JSON."""
    try:
        body: Any = response.json()
    except ValueError:
        return ""
    if not isinstance(body, dict):
        return ""
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    said = (body.get("title"), body.get("detail"), first.get("message"), first.get("parameters"))
    return " ".join(str(part) for part in said if part).lower()
