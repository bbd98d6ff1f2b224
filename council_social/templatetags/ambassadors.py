"""Whom the reader of a page asks about social media."""

from __future__ import annotations

from django import template

from accounts.models import User
from training.ambassadors.nearest import ambassadors_for
from training.models import Ambassador

register = template.Library()


@register.simple_tag
def ambassadors_of(reader: User) -> list[Ambassador]:
    """Those of the nearest service area that has any."""
    return ambassadors_for(reader)
