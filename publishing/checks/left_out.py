"""What an account does not get, because its platform takes no such thing (`publishing.fitting`).

It stands in the way only where nothing would be left: see `publishing.checks.videos`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from platforms.contract import MediaKind
from publishing.checks.finding import Check, Found, Severity
from publishing.composition import Composition, Part
from publishing.fitting import takes


def check_left_out(composition: Composition, now: datetime) -> Iterator[Found]:
    videos = sum(used.file.kind == MediaKind.VIDEO for used in composition.media)
    others = len(composition.media) - videos
    if videos and others:
        for part in composition.parts:
            yield from _check_part(part, videos)


def _check_part(part: Part, videos: int) -> Iterator[Found]:
    name, limits = part.platform.name, part.platform.limits
    if limits.needs_video and videos == 1 and not takes(part.platform, MediaKind.PICTURE):
        yield Found(
            f"{part.account} gets the video only: {name} takes no pictures",
            source=f"{name}: one video for each post",
            field="pictures",
        )
    elif not limits.needs_video and not limits.videos:
        yield Found(
            f"{part.account} gets the post without the video: we cannot publish videos on {name}",
            source=f"{name}: pictures only",
            field="pictures",
        )


CHECK = Check(
    key="left_out",
    title="Every account gets all pictures and videos",
    find=check_left_out,
    severity=Severity.NOTE,
    is_fixed=True,
)
