"""Previews: a text is folded where its platform folds it, and no letter of it is lost."""

from __future__ import annotations

import pytest

from publishing.composition import compose
from publishing.previews import previews_of
from tests.factories import AccountFactory
from tests.publishing.making import content

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("word " * 30, "word " * 30),
        ("word " * 200, ("word " * 95).rstrip()),
        ("x" * 600, "x" * 477),
        ("\n".join("abcdefg"), "\n".join("abcde")),
        ("\n".join("abcde"), "\n".join("abcde")),
    ],
)
def test_facebook_folds_between_words_and_after_five_lines(page, text: str, shown: str):
    (preview,) = previews_of(compose(content(page, text=text)))
    assert preview.text == shown
    assert preview.text + preview.more == text


def test_x_folds_nothing_and_youtube_after_three_lines(account):
    channel = AccountFactory(platform="youtube")
    text = "\n".join("abcdefg")
    shown = {p.platform: p.text for p in previews_of(compose(content(account, channel, text=text)))}
    assert shown == {"x": text, "youtube": "a\nb\nc"}


def test_a_name_of_which_the_platform_makes_no_link_is_pointed_out(account, page):
    channel = AccountFactory(platform="youtube")
    named = compose(content(account, page, channel, text="Thank you, @wmparks."))
    advice = {preview.platform: preview.advice for preview in previews_of(named)}
    assert advice["x"] == ""
    assert "Facebook makes no link" in advice["facebook"]
    assert "YouTube Studio" in advice["youtube"]
    unnamed = compose(content(page, text="Write to a@b.example, or see https://a.example/@b"))
    assert previews_of(unnamed)[0].advice == ""
