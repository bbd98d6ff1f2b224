"""Stops: placed by one person, with a reason; released by two; nothing overdue leaves by itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import ServiceArea, SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from platforms.registry import PLATFORMS
from publishing.delivery.held_by_stop import look_again_soon, miss_what_was_held
from publishing.errors import Conflict, OwnWork, Refused
from publishing.models import Post, Stop, StopScope


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a stop holds, and what it lets through all the same."""

    kind: StopScope = StopScope.EVERYTHING
    platform: str = ""
    account: SocialAccount | None = None
    service_area: ServiceArea | None = None
    allowed_accounts: Collection[SocialAccount] = ()
    allowed_posts: Collection[Post] = ()

    def named(self) -> dict[str, object]:
        """The column that goes with the kind. Raises Refused where it is not named."""
        if self.kind == StopScope.PLATFORM:
            if self.platform not in PLATFORMS:
                raise Refused("Choose the platform", field="platform")
            return {"platform": self.platform}
        if self.kind == StopScope.ACCOUNT:
            if self.account is None:
                raise Refused("Choose the account", field="account")
            return {"account": self.account}
        if self.kind == StopScope.SERVICE_AREA:
            if self.service_area is None:
                raise Refused("Choose the service area", field="service_area")
            return {"service_area": self.service_area}
        return {}


EVERYTHING = Scope()


@transaction.atomic
def place_stop(*, reason: str, by: User, scope: Scope = EVERYTHING) -> Stop:
    """Stop delivery at once: nothing of the scope is claimed or passes the gate from now on.

    What a platform already has cannot be called back. Raises NotAllowed, Refused (no reason, or
    not said of what) and Conflict (stopped already).
    """
    demand(by, Permission.STOP_DELIVERY)
    why = _reason(reason, "Say why delivery is stopped")
    named = scope.named()
    try:
        with transaction.atomic():
            stop = Stop.objects.create(reason=why, placed_by=by, scope=scope.kind, **named)
    except IntegrityError:
        raise Conflict("This is stopped already.") from None
    stop.allowed_accounts.set(scope.allowed_accounts)
    stop.allowed_posts.set(scope.allowed_posts)
    record(Event.STOP_PLACED, by=by, on=stop, after=_let_through(stop), reason=why)
    return stop


@transaction.atomic
def let_through(
    *,
    stop_id: int,
    by: User,
    reason: str,
    accounts: Collection[SocialAccount] = (),
    posts: Collection[Post] = (),
) -> None:
    """Except accounts, or posts, from a stop in force. They still pass the gate like any other.

    Raises NotAllowed, Refused and Conflict (released already).
    """
    demand(by, Permission.STOP_DELIVERY)
    why = _reason(reason, "Say why it is let through")
    if not accounts and not posts:
        raise Refused("Choose what is let through", field="accounts")
    stop = _in_force(stop_id)
    before = _let_through(stop)
    stop.allowed_accounts.add(*accounts)
    stop.allowed_posts.add(*posts)
    look_again_soon(accounts, posts)
    allowed = ", ".join(str(each) for each in (*accounts, *posts))
    after = {**_let_through(stop), "allowed": allowed}
    record(Event.STOP_EXCEPTION_ADDED, by=by, on=stop, before=before, after=after, reason=why)


@transaction.atomic
def ask_release(*, stop_id: int, reason: str, by: User) -> None:
    """The first of the two people who release a stop: delivery stays held until another agrees.

    Asking again is harmless. Raises NotAllowed, Refused (no reason) and Conflict (somebody else
    has asked, or it is released already).
    """
    demand(by, Permission.STOP_DELIVERY)
    why = _reason(reason, "Say why delivery can go on")
    stop = _in_force(stop_id)
    if stop.release_asked_by_id == by.pk:
        return
    if stop.release_asked_by is not None:
        raise Conflict(f"{stop.release_asked_by.name} has asked already: agree, or do not.")
    stop.release_asked_by, stop.release_asked_at = by, timezone.now()
    stop.release_reason = why
    stop.save(update_fields=["release_asked_by", "release_asked_at", "release_reason"])
    record(Event.STOP_RELEASE_ASKED, by=by, on=stop, reason=why)


def agree_release(*, stop_id: int, by: User) -> int:
    """The second person: delivery goes on. What is overdue misses its slot and needs a new time.

    The answer is how many deliveries missed theirs. Raises NotAllowed, OwnWork (who asked cannot
    agree) and Conflict (nobody has asked, or it is released already).
    """
    stop = _release(stop_id, by)
    return miss_what_was_held(stop)


@transaction.atomic
def decline_release(*, stop_id: int, reason: str, by: User) -> None:
    """Do not agree, or take back what one asked: the stop stays, and it can be asked for again.

    Raises NotAllowed, Refused (no reason) and Conflict.
    """
    demand(by, Permission.STOP_DELIVERY)
    why = _reason(reason, "Say why delivery stays stopped")
    stop = _in_force(stop_id)
    if stop.release_asked_by is None:
        raise Conflict("Nobody asks for this stop to be released.")
    before = {"asked_by": stop.release_asked_by.name}
    stop.release_asked_by = stop.release_asked_at = None
    stop.release_reason = ""
    stop.save(update_fields=["release_asked_by", "release_asked_at", "release_reason"])
    record(Event.STOP_RELEASE_NOT_AGREED, by=by, on=stop, before=before, reason=why)


@transaction.atomic
def _release(stop_id: int, by: User) -> Stop:
    demand(by, Permission.STOP_DELIVERY)
    stop = _in_force(stop_id)
    if stop.release_asked_by is None:
        raise Conflict("Nobody asks for this stop to be released any more.")
    if stop.release_asked_by_id == by.pk:
        raise OwnWork("You asked for this stop to be released. Somebody else has to agree.")
    stop.released_at, stop.released_by = timezone.now(), by
    stop.save(update_fields=["released_at", "released_by"])
    after = {"asked_by": stop.release_asked_by.name}
    record(Event.STOP_RELEASED, by=by, on=stop, after=after, reason=stop.release_reason)
    return stop


def _in_force(stop_id: int) -> Stop:
    """The locked stop. Raises Conflict, and Stop.DoesNotExist."""
    Stop.objects.select_for_update().values_list("pk").get(pk=stop_id)
    stop = Stop.objects.select_related("release_asked_by", "account", "service_area").get(
        pk=stop_id
    )
    if not stop.is_in_force:
        raise Conflict("This stop was released already.")
    return stop


def _let_through(stop: Stop) -> dict[str, object]:
    accounts, posts = stop.allowed_accounts.all(), stop.allowed_posts.all()
    return {"let_through": [str(each) for each in (*accounts, *posts)]}


def _reason(reason: str, missing: str) -> str:
    why = reason.strip()
    if not why:
        raise Refused(missing, field="reason")
    return why[:500]
