"""The emoji to choose from: each with its name, few faces, and every other one by its name."""

from __future__ import annotations

import pytest
from emoji import EMOJI_DATA

from publishing.writing_aids.emoji import ALSO_CALLED, GROUPS, MOST_FOUND, is_emoji, offered


def signs(words: str) -> list[str]:
    (group,) = offered(words)
    return [each.sign for each in group.emoji]


def test_every_group_has_emoji_with_names_and_none_stands_twice():
    groups = offered()
    assert [group.title for group in groups] == list(GROUPS)
    everything = [each for group in groups for each in group.emoji]
    assert all(each.name and is_emoji(each.sign) for each in everything)
    assert len({each.sign for each in everything}) == len(everything)
    assert len(everything) < 200


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("umbrella rain", ["☔"]),
        ("flag of Wales", ["🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"]),
        ("thumbs up", ["👍"]),
        ("thumbs up medium-dark skin tone", ["👍🏾"]),
        ("bus stop", ["🚏"]),
        ("us stop", []),
        ("zebra crossing of the moon", []),
    ],
)
def test_any_is_found_by_its_name_and_skin_tones_only_by_theirs(words: str, found: list[str]):
    assert signs(words) == found


def test_what_people_here_say_is_found():
    library = {about["en"].strip(":") for about in EMOJI_DATA.values()}
    assert set(ALSO_CALLED) <= library
    for said, sign in {"lorry": "🚚", "petrol": "⛽", "roadworks": "🚧", "rubbish": "🗑️"}.items():
        assert sign in signs(said)


def test_a_search_for_almost_everything_ends():
    assert len(signs("a")) == MOST_FOUND


def test_nothing_else_is_an_emoji():
    assert is_emoji("☔")
    for sign in ("", "a", "☔☔", "<b>", "\U0001f3fe"):
        assert not is_emoji(sign)
