"""What the compose form offers of templates and snippets, and what becomes of its buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from accounts.models import User
from pages.numbers import whole_number
from publishing.drafts import Content
from publishing.models import Post, PostTemplate, Snippet
from publishing.starting_points.pattern import Pattern

INSERT, SAVE_AS = "snippet", "template"
"""What the two buttons say that they do."""
FEW = 8
"""Templates that the form names; the page of templates has all."""
MOST = 200
"""Snippets that the form offers."""
LONGEST_DAY = 40


@dataclass(frozen=True, slots=True)
class StartingPoints:
    """`hints` are those of the post that is begun; `templates` is empty for one that is there."""

    templates: list[PostTemplate]
    has_more: bool
    """Whether there are more templates than are named here."""
    snippets: list[Snippet]
    hints: list[str]


def starting_points_for(writer: User, content: Content, *, is_new: bool) -> StartingPoints:
    """Two queries; one for a post that is there."""
    templates = PostTemplate.objects.visible_to(writer).in_use().filter(is_for_emergencies=False)
    first = list(templates.order_by("name", "pk")[: FEW + 1]) if is_new else []
    return StartingPoints(
        templates=first[:FEW],
        has_more=len(first) > FEW,
        snippets=list(Snippet.objects.visible_to(writer).in_use().order_by("name", "pk")[:MOST]),
        hints=Pattern(content).hints() if is_new else [],
    )


def begun_with(asked: Mapping[str, str], writer: User) -> Content:
    """A new post: of the template `?template=12`, if the writer sees it; for `?publish_on=`."""
    pk = whole_number(asked.get("template", ""))
    chosen = None
    if pk is not None:
        chosen = PostTemplate.objects.visible_to(writer).in_use().filter(pk=pk).first()
    content = Pattern.from_json(chosen.content).begun_by(writer) if chosen else Content()
    return replace(content, publish_on=asked.get("publish_on", "")[:LONGEST_DAY])


def with_snippet(content: Content, number: str, writer: User) -> Content:
    """`content` with the words of a snippet on a new line at the end of its text.

    The script puts them where the cursor is instead, and asks nobody.
    """
    pk = whole_number(number)
    if pk is None:
        return content
    snippet = Snippet.objects.visible_to(writer).in_use().filter(pk=pk).first()
    if snippet is None:
        return content
    return replace(content, text="\n".join(filter(None, [content.text, snippet.text])))


def way_to_template(button: str, post: Post) -> str:
    """Where “Save as a template” leads, once the draft is saved; else nothing."""
    return f"{reverse('template_new')}?post={post.pk}" if button == SAVE_AS else ""
