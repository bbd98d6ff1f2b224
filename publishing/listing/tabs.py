"""The tabs of the list of posts: what each holds, for whom, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.access import permissions_held
from accounts.models import User
from accounts.permissions import Permission
from publishing.models import Delivery, DeliveryState, Post, PostState
from publishing.models.posts import PostQuerySet
from publishing.queue import waiting_for

SOONEST_FIRST = ("due_at", "id")
NEWEST_FIRST = ("-changed_at", "-id")

_P = Permission
_WRITERS = frozenset({_P.WRITE_POST})
_READERS = frozenset({_P.WRITE_POST, _P.SEE_ALL_POSTS})
_EVERYBODY = frozenset({*_READERS, _P.SEE_PUBLISHED_POSTS})

Holds = Callable[[User, PostQuerySet], PostQuerySet]
"""From the person, and what they may see, to what is in the tab."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `counted`: whether its count is shown; those that only ever grow are not counted."""

    key: str
    label: str
    holds: Holds
    needs: frozenset[Permission]
    order: tuple[str, str] = NEWEST_FIRST
    label_for_approvers: str = ""
    counted: bool = True
    is_mine: bool = False
    empty: str = ""

    def label_for(self, user: User) -> str:
        approves = Permission.APPROVE_POST in permissions_held(user)
        return (approves and self.label_for_approvers) or self.label


def _in_states(*states: PostState) -> Holds:
    return lambda user, visible: (
        visible.filter(state__in=states) if len(states) > 1 else (visible.filter(state=states[0]))
    )


def _mine_in(state: PostState) -> Holds:
    return lambda user, visible: Post.objects.filter(author=user, state=state)


def _waiting(user: User, visible: PostQuerySet) -> PostQuerySet:
    """For whoever may approve: what waits for them. For the others: what they sent and see."""
    if Permission.APPROVE_POST in permissions_held(user):
        return waiting_for(user)
    return visible.filter(state=PostState.AWAITING_APPROVAL)


def _unknown(user: User, visible: PostQuerySet) -> PostQuerySet:
    unknown = Delivery.objects.filter(state=DeliveryState.UNKNOWN, post=OuterRef("pk"))
    on_its_way = (PostState.APPROVED, PostState.SCHEDULED, PostState.PART_PUBLISHED)
    return visible.filter(Exists(unknown), state__in=on_its_way)


TABS: tuple[Tab, ...] = (
    Tab("waiting", "Awaiting approval", _waiting, _READERS, SOONEST_FIRST, "Waiting for me",
        empty="Nothing is waiting for approval"),
    Tab("all-waiting", "Everything awaiting approval", _in_states(PostState.AWAITING_APPROVAL),
        frozenset({_P.APPROVE_POST}), SOONEST_FIRST, empty="Nothing is waiting for approval"),
    Tab("drafts", "My drafts", _mine_in(PostState.DRAFT), _WRITERS, is_mine=True,
        empty="You have no drafts"),
    Tab("returned", "Returned to me", _mine_in(PostState.CHANGES_REQUESTED), _WRITERS,
        is_mine=True, empty="Nothing was returned to you"),
    Tab("scheduled", "Scheduled", _in_states(PostState.APPROVED, PostState.SCHEDULED), _READERS,
        SOONEST_FIRST, empty="Nothing is scheduled"),
    Tab("missed", "Missed slot", _in_states(PostState.MISSED_SLOT), _READERS,
        empty="Nothing missed its slot"),
    Tab("unknown", "Outcome unknown", _unknown, _READERS, SOONEST_FIRST,
        empty="The outcome of every post is known"),
    Tab("failed", "Failed", _in_states(PostState.FAILED), _READERS, empty="Nothing failed"),
    Tab("published", "Published", _in_states(PostState.PUBLISHED, PostState.PART_PUBLISHED),
        _EVERYBODY, counted=False, empty="Nothing is published yet"),
    Tab("closed", "Withdrawn and archived", _in_states(PostState.WITHDRAWN, PostState.ARCHIVED),
        _READERS, counted=False, empty="Nothing was withdrawn or archived"),
)  # fmt: skip


def tabs_for(user: User) -> list[Tab]:
    """The tabs that the person's roles let them see, in order."""
    held = permissions_held(user)
    return [tab for tab in TABS if tab.needs & held]


def first_tab(user: User, tabs: list[Tab]) -> Tab:
    """Where somebody starts: approvers with what waits for them, writers with their drafts."""
    start = "waiting" if Permission.APPROVE_POST in permissions_held(user) else "drafts"
    return next((tab for tab in tabs if tab.key == start), tabs[0])
