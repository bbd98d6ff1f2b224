"""The service navigation: which sections a person sees, and the counts that stand on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.rights import Rights
from publishing.queue import count_waiting_for


@dataclass(frozen=True, slots=True)
class Section:
    """One entry: its page, and who sees it (everybody when `needs` is empty)."""

    label: str
    page: str
    needs: frozenset[Permission] = frozenset()
    count: Callable[[User, frozenset[Permission]], int] | None = None
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as drawn: `current` is this very page, `active` any page of its section."""

    label: str
    url: str
    current: bool
    active: bool
    count: int = 0
    counted: str = ""


def waiting_for_approval(user: User, held: frozenset[Permission]) -> int:
    """Posts that wait for a decision of the person."""
    if Permission.APPROVE_POST not in held:
        return 0
    return count_waiting_for(user)


SECTIONS = (
    Section("Home", "home"),
    Section(
        "Posts",
        "posts",
        frozenset(
            {Permission.WRITE_POST, Permission.SEE_ALL_POSTS, Permission.SEE_PUBLISHED_POSTS}
        ),
        count=waiting_for_approval,
        counted="waiting for approval",
    ),
    Section("Inbox", "inbox", frozenset({Permission.SEE_MENTIONS})),
    Section("Accounts", "accounts", frozenset({Permission.SEE_REGISTER})),
    Section("Training", "training"),
    Section("Reports", "audit", frozenset({Permission.SEE_AUDIT})),
    Section("Admin", "admin", frozenset({Permission.ADMINISTER, Permission.STOP_DELIVERY})),
)


def held_anywhere(user: User) -> frozenset[Permission]:
    """What the person's roles hold on anything at all: for showing links.

    Whether a page answers is decided by `may` on that page, never by this.
    """
    rights = user.rights or Rights(user, timezone.now())
    return rights.everything_held() if rights.is_employed else frozenset()


def items_for(request: HttpRequest) -> list[Item]:
    """The sections that the signed-in person sees, in order; nothing before signing in."""
    user = request.user
    if not isinstance(user, User):
        return []
    held = held_anywhere(user)
    return [
        item
        for section in SECTIONS
        if (not section.needs or section.needs & held)
        and (item := _item(section, request.path, user, held))
    ]


def _item(section: Section, path: str, user: User, held: frozenset[Permission]) -> Item | None:
    try:
        url = reverse(section.page)
    except NoReverseMatch:
        return None
    top = f"/{url.split('/')[1]}/" if url != "/" else "/"
    return Item(
        label=section.label,
        url=url,
        current=path == url,
        active=path == url or (top != "/" and path.startswith(top)),
        count=section.count(user, held) if section.count else 0,
        counted=section.counted,
    )
