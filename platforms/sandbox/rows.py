"""What the sandbox remembers, a frozen value for each table. Times are seconds since 1970, UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """A profile, page or channel that the council runs on a platform."""

    id: int
    platform: str
    remote_id: str
    handle: str
    name: str
    about: str
    followers: int
    created_at: float
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Token:
    """What an account signs in with. `state` is good, expired or revoked.

    A good one has expired all the same from `ends_at` on, where it has an end.
    """

    value: str = field(repr=False)
    account_id: int
    state: str
    ends_at: float | None = None


@dataclass(frozen=True, slots=True)
class App:
    """Somebody's registration with a platform, by which people may let it use their accounts."""

    platform: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Permission:
    """What the person behind an account allowed an app."""

    id: int
    platform: str
    client_id: str
    account_id: int
    scopes: tuple[str, ...]
    revoked_at: float | None


@dataclass(frozen=True, slots=True)
class Issued:
    """Something that was issued under a permission: a code, or a token of some kind."""

    value: str = field(repr=False)
    kind: str
    permission_id: int
    account_id: int
    ends_at: float | None
    used_at: float | None
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Post:
    """Something that an account published; `digest` is :func:`platforms.sandbox.texts.digest`'s."""

    id: int
    platform: str
    account_id: int
    remote_id: str
    kind: str
    title: str
    text: str
    link: str
    in_reply_to: str
    digest: str
    created_at: float
    deleted_at: float | None
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or video that was uploaded, without its bytes; `post_id` once it is in a post."""

    id: int
    platform: str
    account_id: int
    remote_id: str
    content_type: str
    size: int
    alt_text: str
    post_id: int | None
    created_at: float
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """A resident: somebody who is not the council."""

    id: int
    platform: str
    remote_id: str
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Something that a resident said to or about an account.

    `kind` is mention, tagged or comment; `in_reply_to` is the remote id of a post or comment.
    """

    id: int
    platform: str
    account_id: int
    remote_id: str
    kind: str
    text: str
    in_reply_to: str
    created_at: float
    person: Person
