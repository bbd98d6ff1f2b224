"""What a post is for: the campaign and the aim, as the compose form offers them.

Drafts from before there were campaigns to choose have a name that was typed. It stays on offer to
them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import StrategicAim
from pages.numbers import whole_number
from publishing.drafts import Content
from publishing.models import Campaign

TYPED = "typed:"
LONGEST_TYPED = 100


def offer_campaigns(field: Any, content: Content, sent: str) -> None:
    """The open ones, the one that the draft has, and a name that was typed. One query."""
    wanted = Q(closed_at__isnull=True) | Q(pk=content.campaign_id)
    campaigns = list(Campaign.objects.filter(wanted).values_list("pk", "name"))
    choices = [(str(pk), name) for pk, name in campaigns]
    typed = {content.campaign, _typed(sent)} - {""}
    field.choices = [("", "None"), *choices, *((TYPED + name, name) for name in sorted(typed))]


def offer_aims(field: Any, content: Content) -> None:
    """Those in use, and the one that the draft has. One query."""
    wanted = Q(is_in_use=True) | Q(pk=content.aim_id)
    aims = StrategicAim.objects.filter(wanted).values_list("pk", "name")
    field.choices = [("", "None"), *((str(pk), name) for pk, name in aims)]


def chosen(content: Content) -> dict[str, str]:
    """What the two fields hold for a content."""
    typed = TYPED + content.campaign if content.campaign else ""
    return {"campaign": _key(content.campaign_id) or typed, "aim": _key(content.aim_id)}


def planned(campaign: str, aim: str) -> dict[str, Any]:
    """The part of a content that valid values of the two fields stand for."""
    return {
        "campaign": _typed(campaign),
        "campaign_id": whole_number(campaign),
        "aim_id": whole_number(aim),
    }


def words_of(content: Content, campaign: forms.Field, aim: forms.Field) -> dict[str, str]:
    """The names of what a content is for, as the two fields offer them."""
    values = chosen(content)
    campaigns, aims = dict(campaign.choices), dict(aim.choices)  # type: ignore[attr-defined]
    name = campaigns.get(values["campaign"], "") if values["campaign"] else ""
    return {
        "Campaign": content.campaign or name,
        "Strategic aim": aims.get(values["aim"], "") if values["aim"] else "",
    }


def _typed(value: str) -> str:
    name = value.removeprefix(TYPED) if value.startswith(TYPED) and "\0" not in value else ""
    return " ".join(name.split())[:LONGEST_TYPED]


def _key(pk: int | None) -> str:
    return str(pk) if pk else ""
