"""The service navigation: which sections a person sees, and the counts that stand on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts.access import holds_each
from accounts.models import User
from accounts.permissions import Permission
from council_social.at_terminal import TRAINING
from publishing.queue import count_waiting_for


@dataclass(frozen=True, slots=True)
class Section:
    """One entry: its page, and who sees it (everybody when `needs` is empty)."""

    label: str
    page: str
    needs: frozenset[Permission] = frozenset()
    count: Callable[[User], int] | None = None
    counted: str = ""
    also: tuple[str, ...] = ()
    """Other beginnings of addresses that belong to it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as drawn: `current` is this very page, `active` any page of its section."""

    label: str
    url: str
    current: bool
    active: bool
    count: int = 0
    counted: str = ""


_POSTS = frozenset(
    {Permission.WRITE_POST, Permission.SEE_ALL_POSTS, Permission.SEE_PUBLISHED_POSTS}
)
SECTIONS = (
    Section("Home", "home"),
    Section(
        "Posts",
        "posts",
        _POSTS,
        count=count_waiting_for,
        counted="waiting for approval",
    ),
    Section("Calendar", "calendar", _POSTS, also=("/plan/",)),
    Section("Inbox", "inbox", frozenset({Permission.SEE_MENTIONS})),
    Section("Accounts", "accounts", frozenset({Permission.SEE_REGISTER})),
    Section("Training", "training", also=("/policies/", "/strategy/", "/certificates/")),
    Section("Reports", "audit", frozenset({Permission.SEE_AUDIT})),
    Section(
        "Admin",
        "admin",
        frozenset({Permission.ADMINISTER, Permission.STOP_DELIVERY, Permission.RUN_ELECTIONS}),
    ),
)


def items_for(request: HttpRequest) -> list[Item]:
    """The sections that the signed-in person sees, in order; nothing before signing in."""
    user = request.user
    if not isinstance(user, User):
        return []
    sections = (
        [each for each in SECTIONS if each.page in TRAINING] if user.at_terminal else SECTIONS
    )
    held = holds_each(user, [section.needs for section in sections])
    return [
        item
        for section, may_see in zip(sections, held, strict=True)
        if (may_see or not section.needs) and (item := _item(section, request.path, user))
    ]


def _item(section: Section, path: str, user: User) -> Item | None:
    try:
        url = reverse(section.page)
    except NoReverseMatch:
        return None
    top = f"/{url.split('/')[1]}/" if url != "/" else "/"
    return Item(
        label=section.label,
        url=url,
        current=path == url,
        active=path == url or (top != "/" and path.startswith((top, *section.also))),
        count=section.count(user) if section.count else 0,
        counted=section.counted,
    )
