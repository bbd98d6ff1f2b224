"""`{% component %}` wraps a part of a page; `{% row %}` and `{% cell %}` fill tables.

A component without content is a plain `{% include "components/x.html" with … only %}`.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html
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


@register.simple_block_tag
def row(content: str) -> str:
    """A row of a `table` component; its roles survive the cards that a phone shows."""
    return format_html('<tr role="row">{}</tr>', SafeString(content))


@register.simple_block_tag
def cell(content: str, label: str = "", *, header: bool = False, number: bool = False) -> str:
    """A cell of a `table`; `label` is its column's name, shown when the row is a card."""
    inner = SafeString(content)
    if label and not header:
        inner = format_html(
            '<span class="cs-table__label" aria-hidden="true">{}</span><div>{}</div>', label, inner
        )
    style = ' class="cs-table__number"' if number else ""
    kind = 'th scope="row" role="rowheader"' if header else 'td role="cell"'
    return format_html(
        "<{}{}>{}</{}>",
        SafeString(kind),
        SafeString(style),
        inner,
        "th" if header else "td",
    )
