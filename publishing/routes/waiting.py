"""For whom posts wait, where more than roles decides it: for lists and counts.

Which route a post takes no query can say (its topics are found in its words), so the first of a
list are looked at one by one, with a constant number of queries. Decisions are never made by this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from weakref import WeakKeyDictionary

from django.core.cache import cache
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.permissions import CorporateRole
from accounts.rights import Rights
from publishing.models import UNDECIDED, Absence, ElectionPeriod, Post, Route, VersionText
from publishing.models.posts import PostQuerySet
from publishing.routes.needed import Needed
from publishing.routes.stages import awaited_by_all

LOOKED_AT = 200
REMEMBERED_S = 60


_known: WeakKeyDictionary[Rights, bool] = WeakKeyDictionary()
_asked_as: WeakKeyDictionary[Rights, tuple[str, frozenset[int]]] = WeakKeyDictionary()
"""Both for as long as somebody's page is being read, as their rights are."""


def more_than_roles_decide(user: User) -> bool:
    """Whether the council has routes of its own or elections: else roles and risk are enough.

    Asked once for a page that `user` reads.
    """
    if user.rights is None:
        return _there_are_routes()
    if user.rights not in _known:
        _known[user.rights] = _there_are_routes()
    return _known[user.rights]


def _there_are_routes() -> bool:
    periods = ElectionPeriod.objects.filter(cancelled_at__isnull=True).order_by()
    routes = Route.objects.filter(is_active=True).order_by()
    return routes.values("pk").union(periods.values("pk")).exists()


def mine_and_others(user: User, posts: PostQuerySet) -> tuple[list[int], list[int]]:
    """Of the first of `posts` by time: the ids of those that wait for `user`, by their roles and
    by being named; and the ids of the others.
    """
    first = posts.order_by("due_at", "id").values_list("pk", "state")[:LOOKED_AT]
    looked_at = dict(first)
    waits = _waits_for(user, looked_at)
    return [pk for pk in looked_at if waits[pk]], [pk for pk in looked_at if not waits[pk]]


def _waits_for(user: User, states: Mapping[int, str]) -> dict[int, bool]:
    """By the post's id. What is undecided is remembered for a minute, until a post, a route or the
    roles of `user` change: every page has a count of it.
    """
    rights = user.rights or Rights(user, timezone.now())
    if rights not in _asked_as:
        stands_for = frozenset({user.pk, *_covered_by(user)})
        _asked_as[rights] = _key(rights, stands_for), stands_for
    key, stands_for = _asked_as[rights]
    known: dict[int, bool] = cache.get(key, {})
    new = [pk for pk in states if pk not in known]
    if not new:
        return known
    undecided = Post.objects.filter(state__in=UNDECIDED).exclude(pk__in=known)
    among = Post.objects.filter(pk__in=[*new, *undecided.values_list("pk", flat=True)[:LOOKED_AT]])
    judged = _judge(rights, stands_for, list(among.select_related("version")))
    found = {**known, **dict.fromkeys(new, False), **{post.pk: is_mine for post, is_mine in judged}}
    kept = {post.pk: is_mine for post, is_mine in judged if post.state in UNDECIDED}
    cache.set(key, {**known, **kept}, REMEMBERED_S)
    return found


def _judge(
    rights: Rights, stands_for: frozenset[int], posts: Sequence[Post]
) -> list[tuple[Post, bool]]:
    """A constant number of queries."""
    needed, accounts = awaited_by_all(posts), _accounts_of(posts)
    return [
        (
            post,
            post.pk in needed
            and _could_give(rights, needed[post.pk], accounts[post.version_id], stands_for),
        )
        for post in posts
    ]


def _key(rights: Rights, stands_for: frozenset[int]) -> str:
    """Another one as soon as anything changed that the answers rest on, but for the risk of
    accounts and the names of an election.
    """
    undecided = Post.objects.filter(state__in=UNDECIDED).aggregate(
        Sum("version"), Max("changed_at"), awaiting=Count("pk", filter=Q(state=UNDECIDED[0]))
    )
    routes = Route.objects.aggregate(Max("changed_at"), Count("pk"))
    periods = ElectionPeriod.objects.filter(cancelled_at__isnull=True).aggregate(
        Count("pk"), Max("poll_on"), Max("notice_on")
    )
    roles = sorted(rights.corporate_roles), sorted(rights.granted_on_accounts), sorted(stands_for)
    stated = repr((rights.user.pk, undecided, routes, periods, roles))
    return f"publishing.waits_for.{sha256(stated.encode()).hexdigest()}"


def _could_give(
    rights: Rights, needed: Needed, accounts: Sequence[SocialAccount], stands_for: frozenset[int]
) -> bool:
    able = rights.holds_everywhere(needed.right) or (
        bool(accounts) and all(rights.holds_on(needed.right, each) for each in accounts)
    )
    if not able or needed.who is None:
        return able
    role = needed.who.role
    if role in CorporateRole.values:
        return role in rights.corporate_roles
    has_role = bool(role) and all(role in rights.roles_on(each) for each in accounts)
    return has_role or bool(needed.who.people & stands_for)


def _covered_by(user: User) -> list[int]:
    today = Absence.objects.on(timezone.localdate()).filter(cover=user)
    return list(today.values_list("person_id", flat=True))


def _accounts_of(posts: Sequence[Post]) -> dict[int | None, list[SocialAccount]]:
    """By version."""
    texts = VersionText.objects.filter(version__in=[post.version_id for post in posts])
    found: dict[int | None, list[SocialAccount]] = defaultdict(list)
    for text in texts.select_related("account"):
        found[text.version_id].append(text.account)
    return found
