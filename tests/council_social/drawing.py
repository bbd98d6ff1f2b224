"""Draw a piece of template, for tests of what it looks like."""

from __future__ import annotations

from typing import Any

from django.template import engines
from django.template.loader import render_to_string

LIBRARIES = "{% load components words charts previews %}"


def draw(source: str, **context: Any) -> str:
    """`source` as a template, with all our libraries loaded."""
    return str(engines["django"].from_string(LIBRARIES + source).render(context)).strip()


def part(name: str, **arguments: Any) -> str:
    """One component with its arguments."""
    return str(render_to_string(f"components/{name}.html", arguments)).strip()


def words_of(html: str) -> str:
    """`html` with every run of white space as one space."""
    return " ".join(html.split())
