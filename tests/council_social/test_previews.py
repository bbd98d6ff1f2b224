"""A preview marks what a platform would turn into a link, and lets nothing through as HTML."""

from __future__ import annotations

import pytest

from council_social.templatetags.previews import domain, initial, mark_links, preview_of


def marked(text: str) -> str:
    return f'<span class="cs-preview__link">{text}</span>'


@pytest.mark.parametrize("text", ["https://wealdmoor.example/bins", "#bins", "bbc.co.uk"])
@pytest.mark.parametrize("platform", ["x", "facebook", "youtube", ""])
def test_addresses_and_tags_are_marked(text: str, platform: str) -> None:
    assert mark_links(f"See {text} now", platform) == f"See {marked(text)} now"


def test_names_are_marked_only_where_the_platform_links_them() -> None:
    text = "Ask @wealdmoor, not @a_name_that_is_far_too_long or x@y.example. #Bins"
    tag = marked("#Bins")
    rest = ", not @a_name_that_is_far_too_long or x@y.example."
    assert mark_links(text, "x") == f"Ask {marked('@wealdmoor')}{rest} {tag}"
    for platform in ("facebook", "youtube", ""):
        assert mark_links(text, platform) == f"Ask @wealdmoor{rest} {tag}"


def test_a_full_stop_is_not_part_of_a_tag() -> None:
    assert mark_links("Love #bins.") == f"Love {marked('#bins')}."


def test_an_e_mail_address_is_not_a_name() -> None:
    assert mark_links("a@wealdmoor.example", "x") == "a@wealdmoor.example"


def test_a_tag_within_an_address_belongs_to_the_address() -> None:
    assert mark_links("https://a.example/x#top") == marked("https://a.example/x#top")


def test_nothing_typed_becomes_html() -> None:
    hostile = '<script>alert(1)</script> https://a.example/"onload="x #<b>'

    assert "<script>" not in mark_links(hostile, "x")
    assert '"onload' not in mark_links(hostile)
    assert "<b>" not in mark_links(hostile)


def test_no_text_is_no_text() -> None:
    assert mark_links("") == ""
    assert mark_links(None) == ""


def test_an_unknown_platform_gets_the_plain_preview() -> None:
    assert preview_of("mastodon") == "components/preview_plain.html"
    assert preview_of("x") == "components/preview_x.html"


@pytest.mark.parametrize(
    ("link", "site"),
    [
        ("https://www.wealdmoor.example/bins?a=b", "wealdmoor.example"),
        ("half an address", "half an address"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_a_card_names_the_site_of_its_link(link: str, site: str) -> None:
    assert domain(link) == site


def test_an_account_without_a_name_still_has_a_face() -> None:
    assert initial("") == "?"
    assert initial(" libraries") == "L"
