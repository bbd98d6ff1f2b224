"""Who could approve a version: shown to those who cannot."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import AccountGrant, CorporateGrant, User
from accounts.permissions import ACCOUNT_BUNDLES, CORPORATE_BUNDLES
from publishing.models import Stage, Version
from publishing.routes import RIGHT_FOR


def approvers_of(version: Version, stage: Stage = Stage.APPROVAL) -> QuerySet[User]:
    """People whose roles let them decide at this stage, who neither wrote nor edited the version
    and have not decided about it.

    Their evidence is asked when they approve.
    """
    right = RIGHT_FOR[stage]
    corporate = [r for r, bundle in CORPORATE_BUNDLES.items() if right in bundle]
    on_account = [r for r, bundle in ACCOUNT_BUNDLES.items() if right in bundle]
    everywhere = CorporateGrant.objects.in_force().filter(role__in=corporate).values("user")
    able = Q(pk__in=everywhere)
    on_all = Q()
    for account in version.governed_accounts():
        granted = AccountGrant.objects.in_force().filter(role__in=on_account, account=account)
        on_all &= Q(pk__in=granted.values("user"))
    people: QuerySet[User] = User.objects.employed().filter(able | on_all if on_all else able)
    people = people.exclude(pk__in=version.approvals.order_by().values("decided_by"))
    return people.exclude(pk__in=[version.post.author_id, version.edited_by_id]).order_by("name")
