"""Pages of the Graph API: opaque cursors, `next` addresses, `since` and `until`."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from platforms.sandbox.calls import Call
from platforms.sandbox.clock import seconds
from platforms.sandbox.graph_errors import invalid
from platforms.sandbox.rows import Comment, Post

MOST = 100
TIES = 50
"""How many rows of one moment a cursor can stand between."""


class Row(Protocol):
    @property
    def remote_id(self) -> str: ...

    @property
    def created_at(self) -> float: ...


Rows = TypeVar("Rows", bound=Row)


def cursor_of(row: Row) -> str:
    text = f"{row.created_at!r}|{row.remote_id}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def read_cursor(call: Call, text: str) -> tuple[float, str]:
    try:
        at, _, remote_id = base64.urlsafe_b64decode(text.encode()).decode().partition("|")
        return float(at), remote_id
    except (binascii.Error, ValueError):
        raise invalid(call, "Invalid cursors values") from None


def moment(call: Call, text: str | None, default: float) -> float:
    """`since` and `until`: seconds since 1970, or a date and time."""
    if not text:
        return default
    try:
        return float(text) if text.isdecimal() else seconds(text)
    except ValueError:
        raise invalid(call, f"Invalid date {text}") from None


def how_many(call: Call, text: str | None, default: int = 25) -> int:
    if not text:
        return default
    if not text.isdecimal() or int(text) > MOST:
        raise invalid(call, f"The limit may not be more than {MOST}")
    return int(text)


def after_cursor(rows: Sequence[Rows], remote_id: str) -> Sequence[Rows]:
    """What comes after the row with that id; everything where it has gone."""
    for number, row in enumerate(rows):
        if row.remote_id == remote_id:
            return rows[number + 1 :]
    return rows


def answer_page(
    call: Call,
    path: str,
    rows: Sequence[Rows],
    limit: int,
    write: Callable[[Rows], Any],
    asked: Mapping[str, str],
) -> dict[str, Any]:
    """The first `limit` rows with cursors, and the address of the rest where there is one."""
    shown = rows[:limit]
    if not shown:
        return {"data": []}
    cursors = {"before": cursor_of(shown[0]), "after": cursor_of(shown[-1])}
    paging: dict[str, Any] = {"cursors": cursors}
    if len(rows) > limit:
        query = {**asked, "limit": str(limit), "after": cursors["after"]}
        secret = call.token.value if call.token else ""
        query = {"access_token": secret, **query}
        paging["next"] = f"https://graph.facebook.com/v26.0/{path}?{urlencode(query)}"
    return {"data": [write(row) for row in shown], "paging": paging}


def comments_page(
    call: Call,
    parent: str,
    asked: Mapping[str, str],
    write: Callable[[Comment | Post], Any],
) -> dict[str, Any]:
    """What was said under a post or comment, the page's own replies too."""
    since = moment(call, asked.get("since"), 0.0)
    rows = [said for said in _said_under(call, parent, asked) if said.created_at >= since]
    rows.sort(key=lambda said: said.created_at)
    if asked.get("order") == "reverse_chronological":
        rows.reverse()
    if asked.get("after"):
        rows = list(after_cursor(rows, read_cursor(call, asked["after"])[1]))
    limit = how_many(call, asked.get("limit"))
    kept = {name: asked[name] for name in ("since", "order", "filter", "fields") if name in asked}
    return answer_page(call, f"{parent}/comments", rows, limit, write, kept)


def _said_under(call: Call, parent: str, asked: Mapping[str, str]) -> list[Comment | Post]:
    said: list[Comment | Post] = [*call.store.thread("facebook", parent, limit=5000)]
    said += call.store.replies("facebook", parent)
    if asked.get("filter") == "stream":
        for one in list(said):
            said += _said_under(call, one.remote_id, asked)
    return said
