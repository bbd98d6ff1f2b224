"""Emergencies: what went out by one person's word, who may say it, and who checks it afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import CorporateGrant, SocialAccount, User
from accounts.permissions import CORPORATE_BUNDLES, Permission
from accounts.reach import accounts_within_reach, holds_everywhere
from platforms.registry import PLATFORMS
from publishing.models import Emergency, Post, PostTemplate

CHECK_WITHIN = timedelta(hours=24)
"""An emergency that nobody has checked by then is overdue."""


def accounts_for(officer: User) -> QuerySet[SocialAccount]:
    """Where `officer` may publish in an emergency: live accounts that take words alone."""
    with_words = [key for key, platform in PLATFORMS.items() if _takes_words_alone(key)]
    reached = accounts_within_reach(officer, Permission.PUBLISH_IN_EMERGENCY)
    return reached.live().publishable().filter(platform__in=with_words).order_by("name", "pk")


def _takes_words_alone(platform: str) -> bool:
    limits = PLATFORMS[platform].limits
    return not limits.needs_video


def templates() -> QuerySet[PostTemplate]:
    return PostTemplate.objects.filter(is_for_emergencies=True, archived_at__isnull=True)


def holders() -> QuerySet[User]:
    """Who works here and has a role with the right to publish in an emergency."""
    roles = [
        role
        for role, bundle in CORPORATE_BUNDLES.items()
        if Permission.PUBLISH_IN_EMERGENCY in bundle
    ]
    granted = CorporateGrant.objects.in_force().filter(role__in=roles)
    people: QuerySet[User] = User.objects.employed().filter(pk__in=granted.values("user"))
    return people.order_by("name", "pk")


def visible_to(user: User) -> QuerySet[Emergency]:
    """Those of posts that `user` may read."""
    posts = Post.objects.visible_to(user).order_by()
    return Emergency.objects.filter(version__post__in=posts)


def unchecked() -> QuerySet[Emergency]:
    return Emergency.objects.filter(checked_at__isnull=True)


def to_check_by(user: User) -> QuerySet[Emergency]:
    """Those that wait for a check which `user` may give by their roles: none of their own."""
    mine = Q(pk__in=[])
    if holds_everywhere(user, Permission.GIVE_SECOND_CHECK):
        mine |= Q(is_about_election=False) | Q(is_about_election__isnull=True)
    if holds_everywhere(user, Permission.GIVE_ELECTION_CHECK):
        mine |= Q(is_about_election=True)
    others = unchecked().filter(mine).exclude(released_by=user).exclude(version__edited_by=user)
    return others.exclude(version__post__author=user)


def right_to_check(emergency: Emergency) -> Permission:
    """Whose check afterwards it takes: in an election period perhaps the Monitoring Officer's."""
    if emergency.is_about_election:
        return Permission.GIVE_ELECTION_CHECK
    return Permission.GIVE_SECOND_CHECK


def overdue(now: datetime | None = None) -> QuerySet[Emergency]:
    return unchecked().filter(released_at__lte=(now or timezone.now()) - CHECK_WITHIN)


def is_overdue(emergency: Emergency, now: datetime | None = None) -> bool:
    late_from = emergency.released_at + CHECK_WITHIN
    return emergency.checked_at is None and late_from <= (now or timezone.now())
