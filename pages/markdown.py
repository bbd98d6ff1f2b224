"""Markdown as authors of lessons and policies write it, made into HTML that is safe to show.

CommonMark with tables. HTML in the text is shown as it is written, never obeyed; what is made is
cleaned once more, so that no mistake here could let a script through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.anchors import anchors_plugin

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("strong", "em", "s", "a", "img", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    **{tag: {"id"} for tag in ("h2", "h3", "h4")},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
_DEEPEST = 4

Pictures = Callable[[str], str]
"""From what stands in `![words](here)` to the address of the picture; empty: there is none."""


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """The HTML, and its headings of the second level for a list of contents."""

    html: SafeString
    contents: tuple[Heading, ...]


def with_whole_addresses(page: Page, base: str) -> Page:
    """The same for paper: links to this product say where it is, since nobody can follow them."""
    html = re.sub(r'(<a [^>]*href=")/(?!/)', rf"\g<1>{base}/", page.html)
    return replace(page, html=mark_safe(html))  # noqa: S308 # nosec - the same, with longer addresses


def no_pictures(source: str) -> str:
    return ""


def render(text: str, *, pictures: Pictures = no_pictures) -> Page:
    """The page that `text` describes; a first-level heading counts as one of the second."""
    parser = _parser()
    env: dict[str, object] = {"pictures": pictures}
    tokens = parser.parse(text, env)
    html = parser.renderer.render(tokens, parser.options, env)
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Page(mark_safe(clean), tuple(_headings(tokens)))  # noqa: S308 - cleaned just above


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.core.ruler.push("levels", _second_level_and_below)
    parser.use(anchors_plugin, min_level=2, max_level=_DEEPEST)
    parser.add_render_rule("image", _image)
    return parser


def _second_level_and_below(state: object) -> None:
    """The page itself has the only heading of the first level."""
    for token in getattr(state, "tokens", ()):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1]), 2), _DEEPEST)}"


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    address = env["pictures"](str(token.attrs.get("src", "")))
    words = renderer.renderInlineAsText(token.children, options, env)
    if not address:
        return nh3.clean_text(words)
    token.attrSet("src", address)
    token.attrSet("alt", words)
    return renderer.renderToken(tokens, index, options, env)


def _headings(tokens: Sequence[Token]) -> list[Heading]:
    found = []
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            title = "".join(
                child.content
                for child in tokens[at + 1].children or []
                if child.type in ("text", "code_inline")
            )
            found.append(Heading(2, str(token.attrs.get("id", "")), title))
    return found
