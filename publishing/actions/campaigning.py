"""Campaigns: adding, changing and closing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.access import demand
from accounts.models import ServiceArea, StrategicAim, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.campaigns.rights import refuse_to_change
from publishing.errors import Refused
from publishing.models import Campaign

LONGEST_TAG = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a campaign; days in London."""

    name: str
    purpose: str
    owner: User
    aim: StrategicAim | None = None
    service_area: ServiceArea | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def add_campaign(*, plan: Plan, by: User) -> Campaign:
    """A campaign that posts can be for from now on.

    Raises NotAllowed for who plans nothing, and Refused for a name that there is, or its days.
    """
    demand(by, Permission.PLAN_CONTENT)
    campaign = Campaign(tag=_free_tag(plan.name))
    _take_over(campaign, plan)
    campaign.save()
    record(Event.CAMPAIGN_ADDED, by=by, on=campaign, after=_facts(campaign))
    return campaign


@transaction.atomic
def change_campaign(*, campaign_id: int, plan: Plan, by: User) -> Campaign:
    """Its tag stays: links that are out carry it, and so do approved posts, with its old name.

    Nothing changed is nothing done. Raises NotAllowed and Refused.
    """
    campaign = _locked(campaign_id)
    refuse_to_change(by, campaign)
    before = _facts(campaign)
    _take_over(campaign, plan)
    if _facts(campaign) == before:
        return campaign
    campaign.save()
    record(Event.CAMPAIGN_CHANGED, by=by, on=campaign, before=before, after=_facts(campaign))
    return campaign


@transaction.atomic
def close_campaign(*, campaign_id: int, by: User) -> Campaign:
    """No new post is for it any more; those that are stay so. Closing again is harmless."""
    campaign = _locked(campaign_id)
    refuse_to_change(by, campaign)
    if campaign.closed_at is None:
        campaign.closed_at = timezone.now()
        campaign.save(update_fields=["closed_at"])
        record(Event.CAMPAIGN_CLOSED, by=by, on=campaign)
    return campaign


def _locked(campaign_id: int) -> Campaign:
    Campaign.objects.select_for_update(of=("self",), no_key=True).values_list("pk").get(
        pk=campaign_id
    )
    return Campaign.objects.select_related("owner", "aim", "service_area").get(pk=campaign_id)


def _take_over(campaign: Campaign, plan: Plan) -> None:
    name = " ".join(plan.name.split())
    if Campaign.objects.filter(name__iexact=name).exclude(pk=campaign.pk).exists():
        raise Refused("There is a campaign of this name already.", "name")
    if plan.starts_on and plan.ends_on and plan.ends_on < plan.starts_on:
        raise Refused("Choose a last day that is not before the first.", "ends_on")
    campaign.name, campaign.purpose = name, plan.purpose.strip()
    campaign.owner, campaign.aim, campaign.service_area = plan.owner, plan.aim, plan.service_area
    campaign.starts_on, campaign.ends_on = plan.starts_on, plan.ends_on


def _free_tag(name: str) -> str:
    """Of the name, and another where that is taken."""
    tag = slugify(name)[:LONGEST_TAG].strip("-") or "campaign"
    taken = set(Campaign.objects.filter(tag__startswith=tag).values_list("tag", flat=True))
    tries = (tag, *(f"{tag}-{number}" for number in range(2, len(taken) + 2)))
    return next(each for each in tries if each not in taken)


def _facts(campaign: Campaign) -> dict[str, object]:
    return {
        "name": campaign.name,
        "purpose": campaign.purpose,
        "owner": campaign.owner.name if campaign.owner else None,
        "aim": str(campaign.aim) if campaign.aim else None,
        "service_area": str(campaign.service_area) if campaign.service_area else None,
        "from": campaign.starts_on.isoformat() if campaign.starts_on else None,
        "to": campaign.ends_on.isoformat() if campaign.ends_on else None,
    }
