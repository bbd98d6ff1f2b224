"""Who may change a campaign."""

from __future__ import annotations

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import holds_everywhere
from publishing.errors import NotAllowed
from publishing.models import Campaign


def may_change(user: User, campaign: Campaign) -> bool:
    """Its owner, while they plan content somewhere; and whoever plans for the whole council."""
    if holds_everywhere(user, Permission.PLAN_CONTENT):
        return True
    return campaign.owner_id == user.pk and may(user, Permission.PLAN_CONTENT)


def refuse_to_change(user: User, campaign: Campaign) -> None:
    if not may_change(user, campaign):
        owner = campaign.owner.name if campaign.owner else "Communications"
        raise NotAllowed(f"{owner} looks after this campaign: ask them to change it.")
