"""Money in pages."""

from __future__ import annotations

from django import template

from publishing.promotion.money import pounds as in_pounds

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    """£80.50 for 8050; nothing where there is no amount."""
    return "" if pence is None else in_pounds(pence)
