"""Platforms for videos need exactly one; the others take the number and size that they take.

What a platform does not take stays out of its post: that is a note (`publishing.checks.left_out`),
and stands in the way only where nothing would be left.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from platforms.contract import MediaKind
from publishing.checks.finding import Check, Found
from publishing.composition import Composition, Part, Picture


def check_videos(composition: Composition, now: datetime) -> Iterator[Found]:
    videos = [used for used in composition.media if used.file.kind == MediaKind.VIDEO]
    others = len(composition.media) - len(videos)
    for part in composition.parts:
        if part.platform.limits.needs_video:
            yield from _check_video_platform(part, videos)
        elif videos:
            yield from _check_other_platform(part, videos, others)
        yield from _check_size(part, videos)


def _check_video_platform(part: Part, videos: list[Picture]) -> Iterator[Found]:
    name = part.platform.name
    if len(videos) != 1:
        wish = "Add a video" if not videos else "Keep only one of the videos"
        yield Found(
            f"{wish} for {part.account}: a post on {name} is exactly one video",
            source=f"{name}: one video for each post",
            field="pictures",
        )


def _check_other_platform(part: Part, videos: list[Picture], others: int) -> Iterator[Found]:
    name, most = part.platform.name, part.platform.limits.videos
    if not most and not others:
        yield Found(
            f"Add a picture, or write a post of its own for {part.account}: "
            f"we cannot publish videos on {name}",
            source=f"{name}: pictures only",
            field="pictures",
        )
    elif most and len(videos) > most:
        yield Found(
            f"Remove the video, or write a post of its own for {part.account}: "
            f"{name} takes {most} in a post",
            source=f"{name}: at most {most} videos in a post",
            field="pictures",
        )
    elif most and others:
        yield Found(
            f"Choose between the video and the pictures for {part.account}: "
            f"{name} does not take both in a post",
            source=f"{name}: pictures or a video",
            field="pictures",
        )


def _check_size(part: Part, videos: list[Picture]) -> Iterator[Found]:
    most = part.platform.limits.video_bytes
    for video in videos:
        if most and video.file.size > most:
            yield Found(
                f"Make “{video.file.original_name}” smaller for {part.account}: "
                f"{part.platform.name} takes videos of {most / 1_000_000:g} MB",
                source=f"{part.platform.name}: videos of at most {most:,} bytes",
                field="pictures",
            )


CHECK = Check(key="videos", title="The videos suit every account", find=check_videos, is_fixed=True)
