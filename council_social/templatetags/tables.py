"""What the table component needs besides its template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def columns_of(
    columns: Iterable[str | Mapping[str, Any]] | None, names: str | None
) -> list[Mapping[str, Any]]:
    """Column heads from a list of names or mappings, or from "One|Two|Three"."""
    given = columns or (names.split("|") if names else [])
    return [{"label": head} if isinstance(head, str) else head for head in given]
