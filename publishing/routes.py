"""The route of a post: which stages of approval it needs before it may leave.

Every post needs one approval. A post to an account whose risk is high needs a second check as well,
by another person, whose right to give it is a corporate one.
"""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings

from accounts.health import current_assessment
from accounts.models import SocialAccount
from accounts.permissions import Permission
from publishing.models import Decision, Post, PostState, Stage, Version

RIGHT_FOR = {
    Stage.APPROVAL: Permission.APPROVE_POST,
    Stage.SECOND_CHECK: Permission.GIVE_SECOND_CHECK,
}
"""What whoever decides at a stage must hold on every account of the post."""
GOING_OUT = frozenset({PostState.APPROVED, PostState.SCHEDULED})


def needs_second_check(account: SocialAccount) -> bool:
    """Whether the newest signed assessment says so; reads the account's assessments."""
    current = current_assessment(account)
    return current is not None and current.score >= settings.RISK_SECOND_CHECK_FROM


def stages_on(account: SocialAccount) -> tuple[Stage, ...]:
    """What a post to this account needs today, in order."""
    if needs_second_check(account):
        return (Stage.APPROVAL, Stage.SECOND_CHECK)
    return (Stage.APPROVAL,)


def raised_by(accounts: Collection[SocialAccount]) -> list[SocialAccount]:
    """Those because of which a post needs a second check. Two queries."""
    keys = [account.pk for account in accounts]
    rows = SocialAccount.objects.filter(pk__in=keys).prefetch_related("risk_assessments")
    return [account for account in rows if needs_second_check(account)]


def stages_for(version: Version) -> tuple[Stage, ...]:
    """What the version needs today, in order: the most that one of its accounts asks for."""
    if raised_by(version.governed_accounts()):
        return (Stage.APPROVAL, Stage.SECOND_CHECK)
    return (Stage.APPROVAL,)


def stage_awaited(post: Post) -> Stage | None:
    """The decision that the newest version of `post` waits for.

    A post that is on its way waits for a second check where its route was raised since it was
    approved: until then the gate holds it.
    """
    if post.state == PostState.AWAITING_APPROVAL:
        return Stage.APPROVAL
    if post.state == PostState.SECOND_CHECK:
        return Stage.SECOND_CHECK
    if post.state in GOING_OUT and post.version is not None and _was_raised(post.version):
        return Stage.SECOND_CHECK
    return None


def _was_raised(version: Version) -> bool:
    given = version.approvals.filter(decision=Decision.APPROVED, stage=Stage.SECOND_CHECK)
    return Stage.SECOND_CHECK in stages_for(version) and not given.exists()
