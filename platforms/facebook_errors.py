"""What goes wrong with Facebook, said in the few errors that the product knows.

Codes are those of the Graph API ("Handle Errors", "Rate limits").
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from platforms.errors import OutcomeUnknown, PlatformError, Rejected, SignInExpired, TryLater
from platforms.facebook_graph import GraphFailure

TOO_MANY = {4, 17, 32, 341, 613, 80001, 80002}
SIGNED_OUT = {102, 190}
DUPLICATE = {368, 506}
BROKEN = {1, 2}
NO_OBJECT = (100, 33)
"""Code and subcode: "does not exist, cannot be loaded due to missing permissions"."""
DEFAULT_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(days=1)
SIGN_IN_WORDS = {
    458: "Somebody has removed our app from this Facebook page. Connect the page again.",
    460: "The person who connected this page has a new password. Connect the page again.",
    463: "This page's sign-in to Facebook has expired. Connect the page again.",
    467: "This page's sign-in to Facebook has ended. Connect the page again.",
}
REFUSALS = {
    10: "Facebook does not allow this account to do that: a permission is missing.",
    100: "Facebook did not accept this post. Check its text, link and pictures.",
    200: "Facebook does not allow this account to publish on the page: a permission is missing.",
    283: "Facebook does not allow this account to publish on the page: a permission is missing.",
    324: "Facebook did not accept a picture of this post. Replace it with a JPEG or PNG.",
    1500: "Facebook did not accept the link of this post. Check its address.",
    1609005: "Facebook did not accept the link of this post. Check its address.",
}


class Duplicate(Exception):
    """Facebook says that the page has said the same already, or that it will not take it now."""


class Missing(Exception):
    """Facebook does not have it, or does not let this account know that it has."""


class NotReadable(TryLater):
    """Facebook did not let us read something: it is gone, or a permission is missing."""


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
    """Around a step before publishing."""
    try:
        yield
    except GraphFailure as why:
        error = _certain(why)
        if error is None or why.code in DUPLICATE:
            words = "Facebook has a fault of its own at the moment, or gave no usable answer."
            error = TryLater(words, whole_platform=True)
        raise error from None
    except (KeyError, TypeError, ValueError, AttributeError):
        words = "Facebook gave an answer that we do not understand."
        raise TryLater(words, whole_platform=True) from None


@contextmanager
def may_be_published() -> Iterator[None]:
    """Around the call that publishes; raises :class:`Duplicate` besides the product's errors."""
    try:
        yield
    except GraphFailure as why:
        if why.code in DUPLICATE:
            raise Duplicate from None
        error = _certain(why)
        if error is None:
            words = "Facebook gave no answer that says what became of the post."
            error = OutcomeUnknown(words)
        raise error from None


@contextmanager
def asking_for_one() -> Iterator[None]:
    """Around reading one post; raises :class:`Missing` besides the product's errors."""
    with reading():
        try:
            yield
        except GraphFailure as why:
            raise _missing(why) or why from None


@contextmanager
def removing() -> Iterator[None]:
    """Around the call that deletes; raises :class:`Missing` besides the product's errors."""
    try:
        yield
    except GraphFailure as why:
        words = "Facebook gave no answer that says whether the post is gone."
        raise _missing(why) or _certain(why) or OutcomeUnknown(words) from None


def _missing(why: GraphFailure) -> Missing | None:
    return Missing() if (why.code, why.subcode) == NO_OBJECT else None


def _certain(why: GraphFailure) -> PlatformError | None:
    """What the failure certainly means; None where it leaves a doubt.

    A fault of Facebook's (code 1 or 2, or any 5xx) has been seen with the post live.
    """
    if not why.reached:
        return TryLater("Facebook could not be reached.", whole_platform=True)
    if why.status == 429 or (why.status and why.code in TOO_MANY):
        wait = min(why.after or DEFAULT_WAIT, LONGEST_WAIT)
        return TryLater("Facebook asks us to wait: too many calls.", after=wait)
    if why.status is None or not 400 <= why.status < 500:
        return None
    if why.code is None or why.code in BROKEN:
        return None
    return _refusal(why.code, why.subcode or 0)


def _refusal(code: int, subcode: int) -> PlatformError:
    if code in SIGNED_OUT:
        words = "Facebook no longer accepts this page's sign-in. Connect the page again."
        return SignInExpired(SIGN_IN_WORDS.get(subcode, words))
    return Rejected(REFUSALS.get(code, f"Facebook refused this (its code is {code})."))
