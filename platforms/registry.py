"""Which platforms the product can publish to and watch: the one list of them."""

from __future__ import annotations

from platforms.contract import Platform
from platforms.facebook import FACEBOOK
from platforms.x import X
from platforms.youtube import YOUTUBE

PLATFORMS: dict[str, Platform] = {platform.key: platform for platform in (X, FACEBOOK, YOUTUBE)}


def platform(key: str) -> Platform:
    """The platform called `key`; raises `KeyError` for one that is not connected."""
    return PLATFORMS[key]
