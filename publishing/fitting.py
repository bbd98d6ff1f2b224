"""Which of a post's pictures and videos each platform is handed.

A platform is handed what it takes, and the rest stays out: so one post with a picture and a video
goes to a channel for videos as the video, and elsewhere as the picture. The previews, the checks
and the engine ask here, so that what is approved is what is sent.
"""

from __future__ import annotations

from platforms.contract import MediaKind, Platform


def takes(platform: Platform, kind: str) -> bool:
    """Whether posts on `platform` may hold media of that kind at all."""
    limits = platform.limits
    return bool(limits.videos if kind == MediaKind.VIDEO else limits.pictures)
