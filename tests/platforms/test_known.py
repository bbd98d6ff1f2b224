"""Every platform on which a council may have an account, connected or not."""

from __future__ import annotations

import pytest

from platforms.known import choices, is_publishable, known_platforms, name_of
from platforms.registry import PLATFORMS

NAMES = {"X", "Facebook", "YouTube", "Instagram", "LinkedIn", "Flickr", "Pinterest", "Mastodon",
         "Bluesky", "Threads"}  # fmt: skip


def test_all_platforms_of_a_council_are_known() -> None:
    assert {name for _, name in choices()} == NAMES
    assert {key for key in known_platforms() if is_publishable(key)} == set(PLATFORMS)


@pytest.mark.parametrize("key", list(known_platforms()))
def test_an_example_of_a_handle_fits_and_gives_a_web_address(key: str) -> None:
    known = known_platforms()[key]

    assert known.takes(known.such_as)
    assert known.profile_url(known.such_as).startswith("https://")


@pytest.mark.parametrize("key", list(known_platforms()))
@pytest.mark.parametrize("handle", ["", "two words", "https://x.example/me", "a/b", "line\nbreak"])
def test_what_is_no_handle_fits_nowhere(key: str, handle: str) -> None:
    assert not known_platforms()[key].takes(handle)


def test_mastodon_and_bluesky_need_a_server() -> None:
    assert not known_platforms()["mastodon"].takes("libraries")
    assert not known_platforms()["bluesky"].takes("libraries")
    assert known_platforms()["mastodon"].profile_url("lib@social.example") == (
        "https://social.example/@lib"
    )


def test_a_platform_that_nobody_knows_keeps_its_key_as_its_name() -> None:
    assert name_of("myspace") == "Myspace"
