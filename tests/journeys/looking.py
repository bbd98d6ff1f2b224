"""Looking at a page as the law does: axe at two widths, nothing to scroll sideways."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from tests.journeys.visitor import Visitor

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1280, 320)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run(document, {runOnly: rules}).then(found => found.violations.map(
    each => `${each.id}: ${each.nodes.map(node => node.html).join(" ").slice(0, 300)}`))"""


def violations(visitor: Visitor) -> list[str]:
    """What is wrong with the page that is open, for a desk and for a phone."""
    page, found = visitor.page, []
    # Through the debugger: the page's own policy would not let a script in.
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text()})
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"at {width}: {wrong}" for wrong in page.evaluate(RUN, RULES)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"at {width}: {wide} pixels wide")
    return found


def send(visitor: Visitor, address: str, fields: dict[str, str]) -> None:
    """Post a form that no page of ours has, from the page that is open; its answer is shown."""
    with visitor.page.expect_navigation():
        visitor.page.evaluate(
            """([address, fields]) => {
                const form = Object.assign(document.createElement("form"),
                    {method: "post", action: address});
                for (const [name, value] of Object.entries(fields)) {
                    form.append(Object.assign(document.createElement("input"),
                        {type: "hidden", name, value}));
                }
                document.body.append(form);
                form.submit();
            }""",
            [address, {**fields, "csrfmiddlewaretoken": _token(visitor)}],
        )


def _token(visitor: Visitor) -> str:
    cookies = visitor.page.context.cookies()
    return next(cookie["value"] for cookie in cookies if cookie["name"] == "csrftoken")
