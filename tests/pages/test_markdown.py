"""Markdown: what authors may write, and what never comes through."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from pages.markdown import render, with_whole_addresses


def html(text: str) -> str:
    return str(render(text).html)


def test_headings_lists_tables_and_links_become_html() -> None:
    page = html(
        "## Bins\n\n- paper\n- glass\n\n"
        "| Day | Bin |\n|---|---|\n| Monday | Blue |\n\n[Read on](/policies/x/)"
    )

    assert '<h2 id="bins">Bins</h2>' in page
    assert "<li>paper</li>" in page
    assert "<td>Blue</td>" in page
    assert 'href="/policies/x/"' in page


def test_the_contents_are_the_headings_of_the_second_level() -> None:
    page = render("# Purpose\n\n## Who it is *for*\n\n### Staff\n\n## Who it is *for*")

    assert [(each.anchor, each.title) for each in page.contents] == [
        ("purpose", "Purpose"),
        ("who-it-is-for", "Who it is for"),
        ("who-it-is-for-1", "Who it is for"),
    ]
    assert '<h3 id="staff">' in page.html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[press](javascript:alert(1))",
        "[press](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        '[x](https://example.org "t\\" onmouseover=\\"alert(1)")',
        '<https://example.org/"onclick=alert(1)>',
        "<iframe src=https://example.org></iframe>",
        "<style>*{display:none}</style>",
    ],
)
def test_nothing_that_acts_comes_through(hostile: str) -> None:
    found = Tags()
    found.feed(html(hostile))

    names = {tag for tag, _ in found.seen}
    attributes = [pair for _, each in found.seen for pair in each]
    assert names <= {"p", "a"}
    assert not [name for name, _ in attributes if name.startswith("on") or name == "style"]
    assert not [
        value for name, value in attributes if name == "href" and not value.startswith("http")
    ]


class Tags(HTMLParser):
    """Every tag that a browser would see, with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[tuple[str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, [(name, value or "") for name, value in attrs]))


def test_only_pictures_that_are_known_are_shown() -> None:
    def known(source: str) -> str:
        return "/lessons/pictures/7/" if source == "picture:7" else ""

    page = str(render("![A full bin](picture:7) ![Gone](picture:8)", pictures=known).html)

    assert '<img src="/lessons/pictures/7/" alt="A full bin">' in page
    assert "Gone" in page
    assert page.count("<img") == 1


def test_links_to_this_product_are_whole_on_paper_and_others_stay_as_they_are() -> None:
    page = render("## One\n\n[a](/policies/x/) [b](https://example.org/y) [c](#one) [d](//host/z)")

    html = with_whole_addresses(page, "https://social.example").html

    for address in (
        "https://social.example/policies/x/",
        "https://example.org/y",
        "#one",
        "//host/z",
    ):
        assert f'href="{address}"' in html
