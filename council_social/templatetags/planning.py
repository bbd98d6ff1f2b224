"""When past posts did best, where somebody chooses a time and where they plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template

from accounts.models import SocialAccount
from council_social.heat import heat_map
from publishing.planning.best_times import BestTimes, best_times
from publishing.planning.reactions import source

register = template.Library()


@register.inclusion_tag("components/best_times.html")
def best_times_of(accounts: Sequence[SocialAccount]) -> dict[str, Any]:
    """One line for each account, with a link to its picture; draws nothing without accounts."""
    return {"several": best_times(accounts), "what": source().what}


@register.inclusion_tag("components/heat_map.html")
def best_times_picture(best: BestTimes) -> dict[str, Any]:
    """The week as a picture with its message, and the same as a table."""
    names = source()
    return {
        "best": best,
        "drawn": heat_map(best.hours, best.best),
        "what": names.what,
        "names": f"Hour of the week|Posts|{names.several.capitalize()} a post",
    }
