"""Words in templates: times as people read them, and tags for states."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString

from council_social import times
from council_social.tags import colour_of

register = template.Library()


def _time(moment: datetime, words: str) -> SafeString:
    # Neither of the two holds anything to escape, and a list has dozens.
    return SafeString(f'<time datetime="{moment.isoformat()}">{words}</time>')


@register.filter
def when(moment: datetime | None) -> str:
    """ "23 November 2026 at 9am", as a `time` element."""
    return _time(moment, times.when(moment)) if moment else ""


@register.filter
def short_when(moment: datetime | None) -> str:
    """ "Mon 23 Nov, 9am", for tables."""
    return _time(moment, times.short_when(moment)) if moment else ""


@register.filter
def time_of_day(moment: datetime | None) -> str:
    """ "3:02pm"."""
    return _time(moment, times.time_of_day(moment)) if moment else ""


@register.filter
def ago(moment: datetime | None) -> str:
    """ "3 minutes ago"."""
    return _time(moment, times.ago(moment)) if moment else ""


@register.filter
def moment(text: str) -> datetime | None:
    """What an ISO time in a file says, for the filters above."""
    return parse_datetime(text)


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """ "23 November 2026"."""
    return times.long_date(value) if value else ""


@register.filter(expects_localtime=True)
def short_day(value: date | None) -> str:
    """ "23 Nov 2026", for tables."""
    return f"{value.day} {value:%b %Y}" if value else ""


@register.filter
def beginning(text: str, length: int) -> str:
    """`text` where it fits into `length` characters; else as much as does, and an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


@register.filter
def state_colour(state: str) -> str:
    """The colour of a state's tag, for what stands beside it."""
    return colour_of(state)


@register.simple_tag
@lru_cache(maxsize=256)
def state_tag(state: str, words: str = "") -> str:
    """The tag of a state: `{% state_tag post.state post.get_state_display %}`.

    There are few states, and a list has one in every row: each is drawn once.
    """
    text = words or state.replace("_", " ").capitalize()
    return render_to_string("components/tag.html", {"text": text, "colour": colour_of(state)})


@register.simple_tag
@lru_cache(maxsize=256)
def colour_tag(words: str, colour: str) -> str:
    """A tag of few words that many rows repeat: each is drawn once."""
    return render_to_string("components/tag.html", {"text": words, "colour": colour})
