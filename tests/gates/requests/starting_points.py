"""What is asked of templates, snippets and imports of posts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import User
from publishing.actions.importing import offer_posts
from publishing.actions.starting_points import add_snippet, add_template, state_of
from publishing.drafts import Content
from publishing.models import PostTemplate, Snippet
from publishing.starting_points.pattern import Pattern
from tests.gates.small_council import Council
from tests.publishing.importing.sheets import a_post, sheet, upload_of

Body = dict[str, Any]


def _made(council: Council, about: str) -> tuple[dict[str, Any], User]:
    """Communications' for the whole council; or the author's, with colleagues in their area."""
    if about != "area":
        return {"service_area": None}, council.people["officer"]
    there = [council.people[role].pk for role in ("author", "drafter", "owner")]
    User.objects.filter(pk__in=there).update(service_area=council.area)
    return {"service_area": council.area}, User.objects.get(pk=council.people["author"].pk)


def _template(council: Council, about: str) -> list[Any]:
    whose, by = _made(council, about)
    facts = {
        **whose,
        "name": f"A library closes {PostTemplate.objects.count()}",
        "content": Pattern(Content(text="Closed on [day].")).to_json(),
    }
    return [add_template(facts=facts, by=by).pk]


def _snippet(council: Council, about: str) -> list[Any]:
    whose, by = _made(council, about)
    facts = {**whose, "name": f"Hours {Snippet.objects.count()}", "text": "9 to 5"}
    return [add_snippet(facts=facts, by=by).pk]


def _typed_template(council: Council, about: str) -> Body:
    newest = PostTemplate.objects.order_by("pk").last()
    seen = state_of(newest) if newest else ""
    return {"name": "A pool closes", "text": "Closed on [day].", "seen": seen}


def _typed_snippet(council: Council, about: str) -> Body:
    newest = Snippet.objects.order_by("pk").last()
    return {"name": "Pool hours", "text": "7 to 9", "seen": state_of(newest) if newest else ""}


def _import(council: Council, about: str) -> list[Any]:
    """The author's: one good row, one bad."""
    rows = sheet(_row(council), a_post(2, accounts="X: nobody"))
    return [offer_posts(by=council.people["author"], name="spring.csv", data=rows).pk]


def _row(council: Council) -> dict[str, str]:
    account = council.account
    return a_post(1, accounts=f"{account.platform_name}: {account.handle}")


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(("template_change", "template_away"), _template),
    **dict.fromkeys(("snippet_change", "snippet_away"), _snippet),
    **dict.fromkeys(("post_import", "post_import_problems", "post_import_take"), _import),
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    **dict.fromkeys(("template_new", "template_change"), _typed_template),
    **dict.fromkeys(("snippet_new", "snippet_change"), _typed_snippet),
    "post_import_new": lambda council, about: {"file": upload_of(_row(council))},
}
