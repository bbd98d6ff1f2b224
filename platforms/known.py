"""Every platform on which a council may have an account: more than the product connects to.

An account on one that is not in `platforms.registry` stands on the register and is used by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from platforms.registry import PLATFORMS


@dataclass(frozen=True, slots=True)
class Known:
    """A platform by its name. `handle` is the pattern of a whole handle, `such_as` an example."""

    key: str
    name: str
    profile_url: Callable[[str], str]
    handle: str = r"[^\s/@]+"
    such_as: str = "WealdmoorLibraries"

    @property
    def sign(self) -> str:
        """One or two letters for where there is no room for the name: “X”, “YT”, “Fa”."""
        capitals = "".join(letter for letter in self.name if letter.isupper())
        return capitals if len(capitals) > 1 else self.name[:2]

    def takes(self, handle: str) -> bool:
        return re.fullmatch(self.handle, handle) is not None


def _at_its_server(handle: str) -> str:
    name, _, server = handle.partition("@")
    return f"https://{server}/@{name}"


_BY_HAND = (
    Known("instagram", "Instagram", lambda handle: f"https://www.instagram.com/{handle}/"),
    Known("linkedin", "LinkedIn", lambda handle: f"https://www.linkedin.com/company/{handle}/"),
    Known("flickr", "Flickr", lambda handle: f"https://www.flickr.com/people/{handle}/",
          handle=r"[^\s/]+"),
    Known("pinterest", "Pinterest", lambda handle: f"https://www.pinterest.com/{handle}/"),
    Known("mastodon", "Mastodon", _at_its_server, handle=r"[^\s/@]+@[^\s/@]+\.[^\s/@]+",
          such_as="libraries@social.example"),
    Known("bluesky", "Bluesky", lambda handle: f"https://bsky.app/profile/{handle}",
          handle=r"[^\s/@.]+(\.[^\s/@.]+)+", such_as="libraries.wealdmoor.example"),
    Known("threads", "Threads", lambda handle: f"https://www.threads.com/@{handle}"),
)  # fmt: skip


def known_platforms() -> dict[str, Known]:
    """Key → platform: those that are connected first, then the others."""
    connected = (Known(each.key, each.name, each.profile_url) for each in PLATFORMS.values())
    by_hand = (each for each in _BY_HAND if each.key not in PLATFORMS)
    return {each.key: each for each in (*connected, *by_hand)}


def choices() -> list[tuple[str, str]]:
    """Key and name of each, for a list to choose from."""
    return [(key, known.name) for key, known in known_platforms().items()]


def name_of(key: str) -> str:
    """The name that people know the platform by."""
    known = known_platforms().get(key)
    return known.name if known else key.title()


def is_publishable(key: str) -> bool:
    """Whether the product can publish there."""
    return key in PLATFORMS
