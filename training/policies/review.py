"""Reviews of policies: whose they are, and which are due."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.access import holds
from accounts.models import CorporateGrant, User
from accounts.permissions import CORPORATE_BUNDLES, Permission
from training.models import PolicyDocument

SOON = timedelta(days=30)


def reviews_due(user: User) -> QuerySet[PolicyDocument]:
    """Due within the month or over: one's own, and for whoever keeps policies all of them."""
    last = timezone.localdate() + SOON
    due = PolicyDocument.objects.filter(archived_at=None, review_on__lte=last)
    return due if holds(user, Permission.EDIT_POLICIES) else due.filter(Q(owner=user))


def keepers_of(document: PolicyDocument) -> list[User]:
    """The owner; where none works here, everybody whose role keeps policies."""
    if document.owner and document.owner.is_employed():
        return [document.owner]
    roles = [role for role, held in CORPORATE_BUNDLES.items() if Permission.EDIT_POLICIES in held]
    grants = CorporateGrant.objects.in_force().filter(role__in=roles)
    return list(User.objects.employed().filter(pk__in=grants.values("user")).order_by("name"))
