"""For whom posts wait, where more than roles decides it: for lists and counts.

Which route a post takes no query can say (its topics are found in its words), so the first of a
list are looked at one by one, with a constant number of queries. Decisions are never made by this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.permissions import CorporateRole
from accounts.rights import Rights
from publishing.models import Absence, ElectionPeriod, Post, Route, VersionText
from publishing.models.posts import PostQuerySet
from publishing.routes.needed import Needed
from publishing.routes.stages import awaited_by_all

LOOKED_AT = 200


_known: WeakKeyDictionary[Rights, bool] = WeakKeyDictionary()
"""For as long as somebody's page is being read, as their rights are."""


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
    looked_at = list(posts.select_related("version").order_by("due_at", "id")[:LOOKED_AT])
    needed, accounts = awaited_by_all(looked_at), _accounts_of(looked_at)
    rights = user.rights or Rights(user, timezone.now())
    stands_for = {user.pk, *_covered_by(user)}
    mine = [
        post.pk
        for post in looked_at
        if post.pk in needed
        and _could_give(rights, needed[post.pk], accounts[post.version_id], stands_for)
    ]
    return mine, [post.pk for post in looked_at if post.pk not in set(mine)]


def _could_give(
    rights: Rights, needed: Needed, accounts: Sequence[SocialAccount], stands_for: set[int]
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
