"""The tabs of the list of posts: what each holds, for whom, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from pages.counts import Limited, limited
from publishing.models import Delivery, DeliveryState, Post, PostState
from publishing.models.posts import PostQuerySet
from publishing.queue import second_checks_for, waiting_for

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
    states: tuple[PostState, ...]
    needs: frozenset[Permission]
    holds: Holds | None = None
    """Where that is not simply what one sees in these states."""
    order: tuple[str, str] = NEWEST_FIRST
    label_for_approvers: str = ""
    counted: bool = True
    is_mine: bool = False
    is_worth_repeating: bool = False
    """Whether its posts have had their day: a row offers to begin another like it."""
    empty: str = ""

    def held_for(self, user: User, visible: PostQuerySet) -> PostQuerySet:
        """What is in the tab, of the posts that the person may see."""
        return self.holds(user, visible) if self.holds else _in(self.states, visible)

    @property
    def candidates(self) -> PostQuerySet:
        """Posts in the tab's states, whoever may see them."""
        return _in(self.states, Post.objects.all())

    @property
    def sorts(self) -> frozenset[str]:
        """The columns in whose order a page can be read from an index."""
        both = frozenset({"due_at", "changed_at"})
        return both if len(self.states) == 1 else frozenset({self.order[0].lstrip("-")})

    def label_for(self, user: User) -> str:
        if self.label_for_approvers and holds(user, Permission.APPROVE_POST):
            return self.label_for_approvers
        return self.label


def _in(states: tuple[PostState, ...], posts: PostQuerySet) -> PostQuerySet:
    # One state is asked for as such: a list of one hides the order of the index from PostgreSQL.
    return posts.filter(state=states[0]) if len(states) == 1 else posts.filter(state__in=states)


def _mine_in(state: PostState) -> Holds:
    return lambda user, visible: visible.filter(author=user, state=state)


def _waiting(user: User, visible: PostQuerySet) -> PostQuerySet:
    """For whoever may approve: what waits for them. For the others: what they sent and see."""
    if holds(user, Permission.APPROVE_POST):
        return waiting_for(user, among=visible)
    return visible.filter(state=PostState.AWAITING_APPROVAL)


def _second(user: User, visible: PostQuerySet) -> PostQuerySet:
    """For whoever may give second checks: what waits for them. For the others: what they see."""
    if holds(user, Permission.GIVE_SECOND_CHECK):
        return second_checks_for(user, among=visible)
    return visible.filter(state=PostState.SECOND_CHECK)


def _unknown(user: User, visible: PostQuerySet) -> PostQuerySet:
    unknown = Delivery.objects.filter(state=DeliveryState.UNKNOWN).order_by()
    return visible.filter(pk__in=unknown.values("post"))


_S = PostState
_GOING_OUT = (_S.APPROVED, _S.SCHEDULED)
_GONE_OUT = (_S.PUBLISHED, _S.PART_PUBLISHED)
_PUT_AWAY = (_S.WITHDRAWN, _S.ARCHIVED)

TABS: tuple[Tab, ...] = (
    Tab("waiting", "Awaiting approval", (_S.AWAITING_APPROVAL,), _READERS, _waiting,
        SOONEST_FIRST, "Waiting for me", empty="Nothing is waiting for approval"),
    Tab("all-waiting", "Everything awaiting approval", (_S.AWAITING_APPROVAL,),
        frozenset({_P.APPROVE_POST}), order=SOONEST_FIRST,
        empty="Nothing is waiting for approval"),
    Tab("second", "Second check", (_S.SECOND_CHECK,), _READERS, _second, SOONEST_FIRST,
        empty="Nothing is waiting for a second check"),
    Tab("drafts", "My drafts", (_S.DRAFT,), _WRITERS, _mine_in(_S.DRAFT), is_mine=True,
        empty="You have no drafts"),
    Tab("returned", "Returned to me", (_S.CHANGES_REQUESTED,), _WRITERS,
        _mine_in(_S.CHANGES_REQUESTED), is_mine=True, empty="Nothing was returned to you"),
    Tab("scheduled", "Scheduled", _GOING_OUT, _READERS, order=SOONEST_FIRST,
        empty="Nothing is scheduled"),
    Tab("missed", "Missed slot", (_S.MISSED_SLOT,), _READERS, empty="Nothing missed its slot"),
    Tab("unknown", "Outcome unknown", (*_GOING_OUT, _S.PART_PUBLISHED), _READERS, _unknown,
        SOONEST_FIRST, empty="The outcome of every post is known"),
    Tab("failed", "Failed or part-published", (_S.FAILED, _S.PART_PUBLISHED), _READERS,
        empty="Nothing failed"),
    Tab("published", "Published", _GONE_OUT, _EVERYBODY, counted=False, is_worth_repeating=True,
        empty="Nothing is published yet"),
    Tab("taken-down", "Taken down", (_S.TAKEN_DOWN,), _READERS, counted=False,
        empty="Nothing was taken down"),
    Tab("closed", "Withdrawn and archived", _PUT_AWAY, _READERS, counted=False,
        empty="Nothing was withdrawn or archived"),
)  # fmt: skip


@cache
def everything_in(tab: Tab) -> Limited:
    """The count of the tab for whoever sees every post, ready to be asked: it never differs."""
    return limited(tab.candidates)


def tabs_for(user: User) -> list[Tab]:
    """The tabs that the person's roles let them see, in order."""
    return [tab for tab in TABS if holds(user, *tab.needs)]


def first_tab(user: User, tabs: list[Tab]) -> Tab:
    """Where somebody starts: approvers with what waits for them, writers with their drafts."""
    start = "waiting" if holds(user, Permission.APPROVE_POST) else "drafts"
    return next((tab for tab in tabs if tab.key == start), tabs[0])
