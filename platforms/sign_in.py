"""Signing in at a platform: how a person lets the product use an account there (OAuth 2.0).

A person is sent to an address of the platform's, allows what we ask for, and comes back with a
code; the code becomes tokens, and the tokens say whose accounts they open. RFC 6749, RFC 7636
(PKCE) and RFC 7009 (revocation); what each vendor does differently is in its own file.

What :mod:`platforms.contract` promises of an adapter holds here too: time-outs and limits, our own
errors, and no secret in a log line, a message, a `repr` or an address.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from platforms.contract import Connection, Identity
from platforms.errors import PlatformError

LONGEST_CODE = 4_000


class NotAllowed(PlatformError):
    """Nothing was connected: the person said no, or the platform did not take what came back."""


class NotSetUp(PlatformError):
    """The platform does not accept the council's own registration: a setting must be put right."""


@dataclass(frozen=True, slots=True)
class App:
    """The council's registration with one platform, and where that platform is.

    `page_url` is where a person is sent, `token_url` and `api_url` are what we call ourselves: each
    the vendor's base address or a stand-in's.
    """

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    page_url: str
    token_url: str
    api_url: str
    timeout_s: float
    max_answer_bytes: int = 2_000_000

    def connection(self, platform: str, credential: Mapping[str, str]) -> Connection:
        """To an account of which only the credential is known yet."""
        return Connection(
            platform=platform,
            handle="",
            remote_id="",
            base_url=self.api_url,
            timeout_s=self.timeout_s,
            max_answer_bytes=self.max_answer_bytes,
            credential=credential,
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing that we ask to be allowed: the vendor's name for it, and what it means.

    `needed` says that an account is of no use to us without it.
    """

    name: str
    words: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a platform issued.

    `refresh_token` is empty where it gave none. `access_expires_at` is when the access token ends,
    `expires_at` when a person has to sign in again; each is None where the platform names no end.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    access_expires_at: datetime | None = None
    expires_at: datetime | None = None
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that was opened by signing in, and what to keep for it.

    `allowed_by` is the platform's id of whoever allowed it: revoking takes back everything that
    the same person allowed. `obstacle` says why nothing can be posted with it, or is empty.
    `part_of` is the platform's id of the page that an account belongs to, where it does.
    """

    platform: str
    identity: Identity
    credential: Mapping[str, str] = field(repr=False)
    allowed_by: str = ""
    obstacle: str = ""
    part_of: str = ""


class SignIn(Protocol):
    """The way in to one platform, for one :class:`App`."""

    scopes: tuple[Scope, ...]
    """What is asked for."""
    uses_pkce: bool
    refreshes: bool
    """Whether an access token can be renewed without a person."""

    def address(self, state: str, verifier: str) -> str:
        """Where to send the person. The verifier itself does not go out before `exchange`."""

    def exchange(self, code: str, verifier: str) -> Tokens:
        """Turn the code into tokens; it can be done once.

        Raises NotAllowed, NotSetUp, TryLater (the code is unspent), or OutcomeUnknown (the code may
        be spent: the person begins again).
        """

    def candidates(self, tokens: Tokens) -> tuple[Candidate, ...]:
        """The accounts that the tokens open, perhaps none. Raises SignInExpired or TryLater."""

    def refresh(self, credential: Mapping[str, str]) -> Tokens:
        """New tokens for a credential; what to keep of them is :func:`renewed`.

        Raises SignInExpired (a person must sign in again), NotSetUp, TryLater (nothing was spent),
        or OutcomeUnknown: a refresh token that works once may be spent.
        """

    def revoke(self, credential: Mapping[str, str], allowed_by: str) -> None:
        """Take the permission back at the platform; no error where it has gone already.

        Raises NotSetUp or TryLater; it may be repeated.
        """


def new_state() -> str:
    """What comes back with the person, and ties the answer to the question."""
    return secrets.token_urlsafe(32)


def new_verifier() -> str:
    """A secret for PKCE (RFC 7636, 4.1), kept here until the code is exchanged."""
    return secrets.token_urlsafe(64)


def code_in(query: Mapping[str, str]) -> str:
    """The code in the address by which a person came back; raises :class:`NotAllowed`.

    Whether its state is one of ours is for whoever keeps the states. Nothing of the address is
    repeated to a person: anybody can write one.
    """
    if query.get("error") == "access_denied":
        raise NotAllowed("You did not allow it at the platform, so nothing was connected.")
    if query.get("error"):
        raise NotAllowed("The platform did not go through with it. Begin again.")
    code = query.get("code", "")
    if not (0 < len(code) <= LONGEST_CODE and is_token(code)):
        raise NotAllowed("The platform sent no code that can be used. Begin again.")
    return code


def is_token(text: object) -> bool:
    """Whether `text` can go into a header: a line end in it would end that header."""
    return isinstance(text, str) and text.isascii() and text.isprintable() and " " not in text


def with_scopes(tokens: Tokens, asked: tuple[Scope, ...]) -> Tokens:
    """`tokens`; an answer without scopes means those that were asked for (RFC 6749, 5.1)."""
    every = tuple(scope.name for scope in asked)
    return tokens if tokens.scopes else replace(tokens, scopes=every)


def not_granted(scopes: tuple[Scope, ...], tokens: Tokens) -> tuple[Scope, ...]:
    """What was asked for and not allowed."""
    return tuple(scope for scope in scopes if scope.name not in tokens.scopes)


def renewed(credential: Mapping[str, str], tokens: Tokens) -> dict[str, str]:
    """`credential` with its new tokens; a refresh token is never replaced by nothing."""
    kept = {**credential, "access_token": tokens.access_token}
    if tokens.refresh_token:
        kept["refresh_token"] = tokens.refresh_token
    return kept
