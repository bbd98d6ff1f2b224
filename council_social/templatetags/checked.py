"""What the checks found, set apart from what they did not."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from publishing.checks.registry import Result

register = template.Library()


@register.filter
def passed(results: Iterable[Result]) -> list[Result]:
    """The checks that found nothing."""
    return [result for result in results if not result.findings]


@register.filter
def how_many_passed(passed: list[Result]) -> str:
    return "1 check passed" if len(passed) == 1 else f"{len(passed)} checks passed"
