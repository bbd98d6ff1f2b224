"""What a person is told of an account's connection: for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.connection.endings import WARNED_AHEAD
from accounts.connection.platform_apps import is_set_up, return_address
from accounts.health import ConnectionHealth, connection_health, credential_of
from accounts.models import AccountState, Credential, SocialAccount
from accounts.standing import CONNECTION_COLOURS
from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import sentence
from platforms.known import is_publishable
from platforms.registry import scopes_at

NEWEST = 10
TOLD = (
    Event.CONNECTION_BEGUN,
    Event.CONNECTION_REFUSED,
    Event.CREDENTIAL_STORED,
    Event.CREDENTIAL_EXPIRED,
    Event.CREDENTIAL_ACCEPTED,
    Event.CREDENTIAL_REVOKED,
    Event.CREDENTIAL_DESTROYED,
    Event.CONNECTION_WARNED,
)
"""All but the renewals, of which there are many a day, and changes of our own keys."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """One thing that the product asks for, and whether it may do it."""

    words: str
    name: str
    is_allowed: bool
    is_needed: bool


@dataclass(frozen=True, slots=True)
class State:
    health: str
    colour: str
    credential: Credential | None
    by_hand: bool
    """Nothing connects to the platform."""
    is_set_up: bool
    return_address: str
    may_connect: bool
    ends_soon: bool
    asked: tuple[Allowed, ...]
    """What is asked for at the platform, with what was allowed by the connection there is."""
    by_keys: bool
    """Connected with keys that somebody copied from the platform, not by signing in."""


def state_of(account: SocialAccount, at: datetime | None = None) -> State:
    now = at or timezone.now()
    kept, health = credential_of(account), connection_health(account, now)
    is_open = account.state not in (AccountState.DRAFT, AccountState.CLOSED)
    by_hand = not is_publishable(account.platform)
    works = health is ConnectionHealth.CONNECTED
    return State(
        health=health.value,
        colour=CONNECTION_COLOURS[health],
        credential=kept,
        by_hand=by_hand,
        is_set_up=is_set_up(account.platform),
        return_address=return_address(account.platform),
        may_connect=is_open and not by_hand and is_set_up(account.platform),
        ends_soon=bool(
            works and kept and kept.expires_at and kept.expires_at <= now + WARNED_AHEAD
        ),
        asked=_asked(account, kept),
        by_keys=kept is not None and not kept.granted_as,
    )


def connection_events(account: SocialAccount) -> list[dict[str, object]]:
    """What happened to the connection, the newest first."""
    entries = Entry.objects.about("accounts.socialaccount", str(account.pk))
    newest = entries.filter(event__in=TOLD).order_by("-sequence")[:NEWEST]
    return [{"title": sentence(entry, "this account"), "at": entry.at} for entry in newest]


def _asked(account: SocialAccount, kept: Credential | None) -> tuple[Allowed, ...]:
    granted = set(kept.scopes) if kept else set()
    return tuple(
        Allowed(scope.words, scope.name, scope.name in granted, scope.needed)
        for scope in scopes_at(account.platform)
    )
