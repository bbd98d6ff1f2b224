"""The council's registrations with the platforms: with them people sign in there.

Each stands in the settings. A platform without one can still be used with keys that a command
reads.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from platforms import registry
from platforms.known import name_of
from platforms.sign_in import App, NotSetUp, SignIn


def is_set_up(platform: str) -> bool:
    """Whether people can sign in there."""
    app = settings.PLATFORM_APPS.get(platform)
    return platform in registry.SIGN_INS and bool(app and app["client_id"])


def way_in(platform: str) -> SignIn:
    """The way in to `platform`; raises NotSetUp."""
    if not is_set_up(platform):
        raise NotSetUp(
            f"Signing in at {name_of(platform)} is not set up: the council’s registration with it"
            " is not in the settings."
        )
    kept = settings.PLATFORM_APPS[platform]
    return registry.sign_in(
        platform,
        App(
            client_id=kept["client_id"],
            client_secret=kept["client_secret"],
            redirect_uri=return_address(platform),
            page_url=kept["page_url"],
            token_url=kept["token_url"],
            api_url=settings.PLATFORM_URLS[platform],
            timeout_s=settings.PLATFORM_TIMEOUT_S,
        ),
    )


def with_same_way_in(platform: str) -> list[str]:
    """The platforms at which people sign in in one place: what they allow there is one thing."""
    way = registry.SIGN_INS.get(platform)
    return [key for key, other in registry.SIGN_INS.items() if other is way]


def return_address(platform: str) -> str:
    """Where a person comes back to: what the council enters in its registration."""
    address: str = settings.BASE_URL + reverse("connection_callback", args=[platform])
    return address
