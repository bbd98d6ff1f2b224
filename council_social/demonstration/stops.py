"""A stop that was placed, asked to be released, and released by a second person."""

from __future__ import annotations

from functools import partial

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from publishing.delivery.stopping import Scope, agree_release, ask_release, place_stop
from publishing.models import Stop, StopScope

AGO = 25
"""How many days ago. It was over in the night, when nothing was to go out."""
BECAUSE = "X shows our posts twice to some people: held until they have mended it."
RELEASED_BECAUSE = "X says that it is mended, and a test post of ours was shown once."


def tell_of_stops(story: Story, cast: Cast) -> None:
    story.at(story.day(AGO, "20:40"), partial(_stop, cast))
    story.at(story.day(AGO, "22:10"), partial(_ask, cast))
    story.at(story.day(AGO, "22:25"), partial(_agree, cast))


def _stop(cast: Cast) -> None:
    scope = Scope(kind=StopScope.PLATFORM, platform="x")
    place_stop(reason=BECAUSE, by=cast.people["mei.lin"], scope=scope)


def _ask(cast: Cast) -> None:
    ask_release(stop_id=_it().pk, reason=RELEASED_BECAUSE, by=cast.people["mei.lin"])


def _agree(cast: Cast) -> None:
    agree_release(stop_id=_it().pk, by=cast.people["ana.lewis"])


def _it() -> Stop:
    return Stop.objects.get(reason=BECAUSE)
