"""What is said to a Facebook page: posts that tag it, and comments under its own newest posts.

Facebook has no single list of it. A pass walks through both, a page of an answer at a time, and
the cursor says where it stands:

* `stage`: tagged, comments or rest (threads longer than what came with their post);
* `since`: for each of the two streams, from when on its next pass reads (seconds since 1970);
* `newest`: the newest moment that this pass has seen in each stream;
* `after`: Facebook's own cursor within the stage; `batch`: which batch of own posts is next;
* `rest`: threads still to read, as [post, Facebook's cursor].

What is read twice does no harm: a mention's remote id tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from platforms.contract import FoundMention, MentionKind, MentionPage
from platforms.facebook_errors import NotReadable, reading
from platforms.facebook_graph import Graph

FIRST = timedelta(days=30)
"""How far back the first pass goes."""
OVERLAP_S = 600
"""Facebook shows some things later than it dates them."""
BATCHES = 2
POSTS_IN_A_BATCH = 25
AT_ONCE = 100
COMMENT = "id,message,created_time,from,permalink_url,parent{id}"
TAGGED = "id,message,created_time,from,permalink_url"
State = dict[str, Any]


def next_page(graph: Graph, page: str, cursor: Mapping[str, Any]) -> MentionPage:
    """The next page of mentions of `page`, oldest first, and the cursor behind it."""
    state = _state(cursor)
    try:
        with reading():
            found = _STAGES[state["stage"]](graph, page, state)
    except NotReadable:
        if not (cursor.get("after") or cursor.get("rest")):
            raise
        # The place has gone, such as a deleted thread: begin again, so that it is not in the way.
        return MentionPage((), {"since": state["since"]}, more=False)
    is_over = state["stage"] == "tagged" and not state["after"]
    if is_over:
        state = _next_pass(state)
    mentions = tuple(sorted(found, key=lambda mention: mention.said_at))
    return MentionPage(mentions, state, more=not is_over)


def _state(cursor: Mapping[str, Any]) -> State:
    """Where the pass stands; a first one begins at its beginning."""
    first = int((datetime.now(UTC) - FIRST).timestamp())
    fresh: State = {
        "stage": "tagged",
        "since": {"tagged": first, "comments": first},
        "newest": {},
        "after": "",
        "batch": 0,
        "rest": [],
    }
    kept = {**fresh, **cursor}
    return {**kept, "newest": dict(kept["newest"]), "rest": [list(one) for one in kept["rest"]]}


def _next_pass(state: State) -> State:
    since = {
        stream: max(before, state["newest"].get(stream, 0) - OVERLAP_S)
        for stream, before in state["since"].items()
    }
    return {"since": since}


def _tagged(graph: Graph, page: str, state: State) -> list[FoundMention]:
    """Posts of others that name the page, newest first as Facebook lists them."""
    since = state["since"]["tagged"]
    asked: dict[str, str | int] = {"since": since, "limit": AT_ONCE, "fields": TAGGED}
    if state["after"]:
        asked["after"] = state["after"]
    answer = graph.read_edge(page, "tagged", **asked)
    found = [_mention(MentionKind.TAGGED, post, "") for post in answer["data"]]
    _note(state, "tagged", found)
    reached_known = any(one.said_at.timestamp() < since for one in found)
    state["after"] = "" if reached_known else _after(answer)
    if not state["after"]:
        state["stage"] = "comments"
    return found


def _comments(graph: Graph, page: str, state: State) -> list[FoundMention]:
    """What is new under one batch of the page's own posts, all in one call."""
    since = state["since"]["comments"]
    inside = f"comments.since({since}).order(chronological).filter(stream).limit({AT_ONCE})"
    asked: dict[str, str | int] = {
        "fields": f"id,{inside}{{{COMMENT}}}",
        "limit": POSTS_IN_A_BATCH,
    }
    if state["after"]:
        asked["after"] = state["after"]
    answer = graph.read_edge(page, "published_posts", **asked)
    found: list[FoundMention] = []
    for post in answer["data"]:
        thread = post.get("comments") or {"data": []}
        found += _said(thread["data"], str(post["id"]), page)
        if _after(thread):
            state["rest"].append([str(post["id"]), _after(thread)])
    _note(state, "comments", found)
    state["batch"] += 1
    state["after"] = _after(answer) if state["batch"] < BATCHES else ""
    if not state["after"]:
        state["stage"] = "rest" if state["rest"] else "tagged"
    return found


def _rest(graph: Graph, page: str, state: State) -> list[FoundMention]:
    """The next part of one long thread."""
    post, after = state["rest"].pop(0)
    answer = graph.read_edge(
        post,
        "comments",
        fields=COMMENT,
        filter="stream",
        order="chronological",
        since=state["since"]["comments"],
        limit=AT_ONCE,
        after=after,
    )
    found = _said(answer["data"], post, page)
    _note(state, "comments", found)
    if _after(answer):
        state["rest"].insert(0, [post, _after(answer)])
    if not state["rest"]:
        state["stage"] = "tagged"
    return found


def _said(comments: list[Mapping[str, Any]], post: str, page: str) -> list[FoundMention]:
    """Comments without the page's own."""
    return [
        _mention(MentionKind.COMMENT, comment, post)
        for comment in comments
        if str((comment.get("from") or {}).get("id", "")) != page
    ]


def _mention(kind: MentionKind, said: Mapping[str, Any], post: str) -> FoundMention:
    """Facebook leaves `from` out for people who have not allowed us to see them."""
    author = said.get("from") or {}
    remote_id = str(said["id"])
    return FoundMention(
        kind=kind,
        remote_id=remote_id,
        url=str(said.get("permalink_url") or f"https://www.facebook.com/{remote_id}"),
        author_name=str(author.get("name") or "Somebody on Facebook"),
        # Facebook gives people an id of its own for each page, and no handle.
        author_handle="",
        text=str(said.get("message") or ""),
        said_at=datetime.fromisoformat(str(said["created_time"])),
        in_reply_to=str((said.get("parent") or {}).get("id") or post),
    )


def _note(state: State, stream: str, found: list[FoundMention]) -> None:
    """Remember the newest moment that was seen in a stream."""
    moments = [int(one.said_at.timestamp()) for one in found]
    state["newest"][stream] = max([state["newest"].get(stream, 0), *moments])


def _after(answer: Mapping[str, Any]) -> str:
    """Facebook's cursor to the next page; empty where there is none."""
    paging = answer.get("paging") or {}
    return str(paging["cursors"]["after"]) if paging.get("next") else ""


_STAGES = {"tagged": _tagged, "comments": _comments, "rest": _rest}
