"""What the demonstration is made of: words, pictures, films, people who press buttons."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from council_social.demonstration import unfinished
from council_social.demonstration.accounts import BY_KEY
from council_social.demonstration.mentions import BUSY_DAYS, COUNT, remarks
from council_social.demonstration.pictures import SCENES
from council_social.demonstration.posts import PUBLISHED
from council_social.demonstration.steps import NotInTime, Steps
from council_social.demonstration.visitor import _Forms
from council_social.demonstration.words import Picture, Words
from council_social.demonstration.writing import file_of
from platforms.registry import PLATFORMS
from publishing.media.intake import clean
from publishing.wording import as_sent

NOW = datetime(2026, 6, 17, 11, 0, tzinfo=UTC)


def everything() -> list[Words]:
    """Every post of the story."""
    found = list(PUBLISHED)
    for value in vars(unfinished).values():
        several = value if isinstance(value, tuple) else (value,)
        found += [each for each in several if isinstance(each, Words)]
    return found


@pytest.mark.parametrize("words", everything(), ids=lambda words: words.title)
def test_every_text_fits_its_platforms(words):
    for key in words.accounts:
        platform = PLATFORMS[BY_KEY[key].platform]
        text = as_sent(platform, dict(words.own).get(key, words.text), words.link)
        assert platform.limits.count(text) <= platform.limits.text
        if platform.limits.needs_video:
            assert words.picture
            assert words.picture.is_film


@pytest.mark.parametrize("scene", SCENES)
def test_posters_are_pictures_that_we_take(scene):
    with clean(file_of(Picture(scene, "New bin days", "Look for the card", "Bins"))) as picture:
        assert (picture.width, picture.height) == (1200, 675)
        assert picture.content_type == "image/png"


def test_films_are_videos_that_we_take():
    with clean(file_of(Picture("books", "Story time", "", "Books", True))) as film:
        assert (film.content_type, film.width) == ("video/mp4", 640)


def test_remarks_are_many_varied_and_never_of_the_future():
    said = remarks(NOW)
    assert len(said) == COUNT
    assert all(remark.at < NOW for remark in said)
    assert len({remark.text for remark in said}) > COUNT * 0.7
    by_day = Counter((NOW.date() - remark.at.date()).days for remark in said)
    assert by_day.most_common(1)[0][0] in BUSY_DAYS
    at_night = sum(1 <= remark.at.hour < 5 for remark in said)
    assert at_night < len(said) * 0.02


def test_forms_are_read_as_a_browser_reads_them():
    reader = _Forms()
    reader.feed(
        '<form method="get"><input name="q"></form>'
        '<form method="post" action="/go/"><input type="hidden" name="revision" value="3">'
        '<input type="checkbox" name="accounts" value="1" checked>'
        '<input type="checkbox" name="accounts" value="2"><input type="file" name="pictures">'
        '<textarea name="text">\nOne &amp; two\n</textarea></form>'
    )
    (form,) = reader.forms
    assert form.fields == [("revision", "3"), ("accounts", "1"), ("text", "One & two\n")]
    assert form.filled({"accounts": ["1", "2"]})[-2:] == [("accounts", "1"), ("accounts", "2")]


def test_what_does_not_happen_is_said_in_a_sentence():
    with pytest.raises(NotInTime, match="The answer did not happen within 0 seconds"):
        Steps(print).wait_for("The answer", lambda: None, within_s=0)
