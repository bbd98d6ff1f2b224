"""`{% component %}` wraps a part of a page; `{% row %}` and `{% cell %}` fill tables.

A component without content is a plain `{% include "components/x.html" with … only %}`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import Parser, Token
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag(takes_context=True)
def component(context: Context, content: str, name: str, **arguments: Any) -> str:
    """Render `components/<name>.html` with `arguments`, what stands between as `content`.

    Nothing else of the page's context reaches the component, except the request and the token
    against forged forms.
    """
    engine = context.template.engine  # type: ignore[union-attr]
    inner = context.new({**arguments, "content": SafeString(content)})
    if "csrf_token" in context:
        inner["csrf_token"] = context["csrf_token"]
    return engine.get_template(f"components/{name}.html").render(inner)


@register.tag
def row(parser: Parser, token: Token) -> Node:
    """A row of a `table` component; its roles survive the cards that a phone shows."""
    return _framed(parser, "row", '<tr role="row">', "</tr>")


@register.tag
def cell(parser: Parser, token: Token) -> Node:
    """A cell of a `table`: `{% cell "Goes out" %}`, with `header=True` or `number=True`.

    The label, in quotes, is its column's name, shown when the row is a card.
    """
    _, *given = token.split_contents()
    label = given.pop(0)[1:-1] if given and given[0][0] in "\"'" else ""
    if not CELL_OPTIONS.issuperset(given):
        raise TemplateSyntaxError("A cell has a label in quotes, header=True and number=True.")
    header, style = "header=True" in given, ' class="cs-table__number"' * ("number=True" in given)
    if header:
        return _framed(parser, "cell", f'<th scope="row" role="rowheader"{style}>', "</th>")
    if not label:
        return _framed(parser, "cell", f'<td role="cell"{style}>', "</td>")
    named = f'<span class="cs-table__label" aria-hidden="true">{escape(label)}</span><div>'
    return _framed(parser, "cell", f'<td role="cell"{style}>{named}', "</div></td>")


@register.simple_tag
def summary_rows(rows: Iterable[tuple[object, object, str, str, str]]) -> SafeString:
    """Rows of a `summary_list`: (key, value, href, action, describes) each, href "" for no link."""
    return SafeString("".join(_summary_row(*row) for row in rows))


def _summary_row(key: object, value: object, href: str, action: str, describes: str) -> str:
    link = format_html(SUMMARY_LINK, href, action, describes) if href else ""
    plain = "" if href else " govuk-summary-list__row--no-actions"
    return format_html(SUMMARY_ROW, plain, key, value, link)


SUMMARY_ROW = """
  <div class="govuk-summary-list__row{}">
  <dt class="govuk-summary-list__key">{}</dt>
  <dd class="govuk-summary-list__value">{}</dd>
  {}
</div>"""
SUMMARY_LINK = (
    '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
    '<span class="govuk-visually-hidden"> {}</span></a></dd>'
)
CELL_OPTIONS = frozenset({"header=True", "number=True"})


@dataclass(eq=False)
class Framed(Node):
    """What stands between two pieces of HTML, both known when the template is read.

    A table has hundreds of cells: nothing about them is worked out again for each.
    """

    before: str
    nodelist: NodeList
    after: str

    def render(self, context: Context) -> SafeString:
        return SafeString(f"{self.before}{self.nodelist.render(context)}{self.after}")


def _framed(parser: Parser, name: str, before: str, after: str) -> Framed:
    nodelist = parser.parse([f"end{name}"])
    parser.delete_first_token()
    return Framed(before, nodelist, after)
