"""The checks: what stands in the way, what is worth a look, and the words for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.models import AccountState
from platforms.registry import PLATFORMS
from publishing.checks.finding import Severity
from publishing.checks.registry import CHECKS, blocking_findings, findings
from publishing.composition import Composition, Picture, compose
from publishing.drafts import Content
from publishing.models import MediaFile
from publishing.previews import previews_of
from publishing.wording import as_sent
from tests.factories import AccountFactory
from tests.publishing.making import content, in_hours, nobody_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_is_shown(author):
    """In the pictures here, which have no bytes; people have tests of their own."""
    kept = file(pk=1).file
    kept.width = kept.height = 1
    kept.uploaded_by = author
    kept.save()
    nobody_in(kept)


@pytest.fixture
def channel(db):
    return AccountFactory(platform="youtube", name="Wealdmoor TV", handle="wealdmoortv")


def blocked(typed: Content, *media: Picture) -> list[str]:
    return [finding.message for finding in blocking_findings(_with(typed, media))]


def advised(typed: Content) -> list[str]:
    found = findings(compose(typed))
    return [each.message for each in found if each.severity is Severity.ADVISORY]


def noted(typed: Content) -> list[str]:
    found = findings(compose(typed))
    return [each.message for each in found if each.severity is Severity.NOTE]


def _with(typed: Content, media: tuple[Picture, ...]) -> Composition:
    return replace(compose(typed), media=media)


def file(kind: str = "picture", size: int = 1000, pk: int = 1, alt_text: str = "A library"):
    content_type = "image/png" if kind == "picture" else "video/mp4"
    media = MediaFile(
        pk=pk, kind=kind, content_type=content_type, size=size, original_name=f"{kind}{pk}"
    )
    return Picture(media, alt_text)


def test_a_good_post_passes_every_check(account, page):
    assert blocked(content(account, page, at=in_hours(2), link="https://a.example/b?c=d")) == []


def test_an_account_and_something_to_say_are_needed(account):
    assert blocked(Content()) == ["Choose at least one account", "Write the text of the post"]
    assert any("Write the text for" in words for words in blocked(content(account, text=" ")))
    assert blocked(content(account, text=""), file()) == []


@pytest.mark.parametrize("over", [0, 1, 2])
@pytest.mark.parametrize("platform", ["x", "facebook", "youtube"])
def test_each_platform_s_limit_is_exact(platform, over):
    account = AccountFactory(platform=platform)
    most = PLATFORMS[platform].limits.text
    typed = content(account, text="a" * (most + over))
    media = (file("video"),) if platform == "youtube" else ()
    told = blocked(typed, *media)
    if not over:
        assert told == []
    else:
        noun = "character" if over == 1 else "characters"
        assert f"by {over} {noun}" in told[0]
        assert f"may be {most:,}" in told[0]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("é" * 10, 10),
        ("👍" * 10, 20),
        ("👩‍👩‍👧" * 3, 6),
        ("日本" * 5, 20),
        ("https://a.gov.uk/" + "b" * 90, 23),
    ],
)
def test_x_counts_emoji_as_two_and_addresses_as_twenty_three(account, text, length):
    (part,) = compose(content(account, text=text)).parts
    assert part.length == length


def test_the_link_counts_where_the_platform_carries_it_in_the_text(account):
    link = "https://www.wealdmoor.gov.uk/" + "a" * 90
    (part,) = compose(content(account, text="a" * 256, link=link)).parts
    assert part.too_long_by == 256 + 2 + 23 - 280
    assert as_sent(part.platform, f"See {link}", link) == f"See {link}"
    assert as_sent(part.platform, "", link) == link


def test_own_texts_are_measured_and_named(account, page):
    own = ((account.pk, "b" * 300),)
    (finding,) = blocking_findings(compose(content(account, page, own_texts=own)))
    assert finding.field == f"text_{account.pk}"
    assert "Wealdmoor Libraries" in finding.message


def test_every_picture_and_video_needs_alt_text_that_fits(account):
    assert "Describe picture 2" in blocked(content(account), file(), file(pk=2, alt_text=" "))[0]
    too_long = file(alt_text="a" * 1001)
    assert (
        "Shorten the alt text of picture 1 by 1 characters"
        in blocked(content(account), too_long)[0]
    )


def test_too_many_or_too_large_pictures_are_told(account):
    five = [file(pk=number) for number in range(5)]
    assert "Remove 1 picture" in blocked(content(account), *five)[0]
    assert "X takes pictures of 5 MB" in blocked(content(account), file(size=5_000_001))[0]


def test_youtube_needs_exactly_one_video_and_a_title(channel):
    assert "Add a video" in " ".join(blocked(content(channel)))
    two = [file("video", pk=1), file("video", pk=2)]
    assert "Keep only one of the videos" in " ".join(blocked(content(channel), *two))
    assert "Enter a title" in " ".join(blocked(content(channel, title=""), file("video")))
    assert "Shorten the title by 1" in " ".join(
        blocked(content(channel, title="a" * 101), file("video"))
    )
    assert blocked(content(channel), file("video")) == []


def test_a_platform_gets_the_pictures_or_the_video_that_it_takes(account, channel):
    both = _with(content(account, channel), (file("video"), file(pk=2)))
    assert blocking_findings(both) == []
    said = " ".join(finding.message for finding in findings(both))
    assert "gets the video only: YouTube takes no pictures" in said
    assert "gets the post without the video: we cannot publish videos on X" in said
    shown = {one.platform: [each["kind"] for each in one.media] for one in previews_of(both)}
    assert shown == {"x": ["picture"], "youtube": ["video"]}
    assert "Add a picture" in blocked(content(account), file("video"))[0]


@pytest.mark.parametrize(
    "link",
    ["wealdmoor.example", "javascript:alert(1)", "ftp://a.example/", "https://", "https://a b/",
     "https://user:secret@a.example/", "https://a.example/" + "a" * 500],
)  # fmt: skip
def test_links_that_are_none_are_refused(account, link):
    assert len(blocked(content(account, link=link))) >= 1


def test_times_that_passed_or_do_not_exist_are_refused(account):
    assert "has passed" in blocked(content(account, at=in_hours(-1)))[0]
    gap = content(account, publish_on="31/3/2030", publish_time="1:30am")
    assert "does not exist" in blocked(gap)[0]


def test_an_hour_that_comes_twice_is_stated_in_words(account):
    twice = content(account, publish_on="27/10/2030", publish_time="1:30am")
    assert "27 October 2030 at 1:30am British Summer Time" in " ".join(noted(twice))
    assert blocked(twice) == []


def test_account_obstacles_are_noted(account):
    account.state = AccountState.SUSPENDED
    account.save()
    assert "The account is not live: it is suspended." in " ".join(noted(content(account)))
    assert blocked(content(account)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("#wealdmoorlibraries", True),
        ("#WealdmoorLibraries", False),
        ("#bins", False),
        ("a&#wealdmoorlibraries", False),
    ],
)
def test_hashtags_of_several_words_start_each_with_a_capital(account, text, told):
    assert ("capital letter" in " ".join(advised(content(account, text=text)))) is told


def test_every_check_is_in_the_registry_once():
    for what in (lambda check: check.key, lambda check: check.title, lambda check: check.find):
        assert len({what(check) for check in CHECKS}) == len(CHECKS)
