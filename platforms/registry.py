"""Which platforms the product can publish to and watch: the one list of them."""

from __future__ import annotations

from platforms.contract import Platform
from platforms.facebook import FACEBOOK
from platforms.facebook_sign_in import FacebookSignIn
from platforms.sign_in import App, Scope, SignIn
from platforms.x import X
from platforms.x_sign_in import XSignIn
from platforms.youtube import YOUTUBE
from platforms.youtube_sign_in import YouTubeSignIn

PLATFORMS: dict[str, Platform] = {platform.key: platform for platform in (X, FACEBOOK, YOUTUBE)}


def platform(key: str) -> Platform:
    """The platform called `key`; raises `KeyError` for one that is not connected."""
    return PLATFORMS[key]


SIGN_INS: dict[str, type[XSignIn | FacebookSignIn | YouTubeSignIn]] = {
    "x": XSignIn,
    "facebook": FacebookSignIn,
    "instagram": FacebookSignIn,
    "youtube": YouTubeSignIn,
}
"""How people sign in; an Instagram account comes with the Facebook page that it belongs to."""


def scopes_at(key: str) -> tuple[Scope, ...]:
    """What is asked of people who sign in there; nothing where nobody can."""
    return SIGN_INS[key].scopes if key in SIGN_INS else ()


def sign_in(key: str, app: App) -> SignIn:
    """The way in to the platform called `key`; raises `KeyError` where nobody can sign in."""
    return SIGN_INS[key](app)
