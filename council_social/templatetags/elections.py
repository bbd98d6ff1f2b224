"""The notice of election periods, for whoever writes."""

from __future__ import annotations

from django import template

from publishing.elections.waiting import periods_to_tell
from publishing.models import ElectionPeriod

register = template.Library()


@register.inclusion_tag("components/election_notice.html")
def election_notice() -> dict[str, list[ElectionPeriod]]:
    """Periods that run, or begin within a month; draws nothing where there are none."""
    return {"periods": list(periods_to_tell())}
