"""Facebook's Graph API v26.0 as facebook-sdk and the product use it: a page's feed and comments."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from platforms.sandbox import graph_sign_in, speaking
from platforms.sandbox.calls import Answer, Api, Call, Endpoint, Limit, Problem
from platforms.sandbox.graph_errors import GraphErrors, invalid, not_allowed, usage
from platforms.sandbox.graph_nodes import (
    COMMENT_DEFAULT,
    PAGE_DEFAULT,
    PHOTO_DEFAULT,
    POST_DEFAULT,
    asked_of,
    page_node,
    photo_node,
    pick,
    post_node,
    said_node,
    tagged_node,
)
from platforms.sandbox.graph_paging import (
    TIES,
    after_cursor,
    answer_page,
    comments_page,
    how_many,
    moment,
    read_cursor,
)
from platforms.sandbox.rows import Account, Comment, Medium, Post
from platforms.sandbox.world import World

ERRORS = GraphErrors()
TEXT = 63_206
PICTURE_BYTES = 10_000_000
PICTURES = 10
HOUR = Limit(4800, 3600.0)
VERSION = r"/{version:v\d+\.\d+}"


def token(call: Call) -> str:
    """From the form, the query or the Authorization header, as Facebook takes it."""
    kind, _, value = call.headers.get("Authorization", "").partition(" ")
    return call.field("access_token") or (value if kind in ("Bearer", "OAuth") else "")


def new_id(world: World, what: str, account: Account | None, at: float) -> str:
    """Long numbers; what is on a page is named after the page, as Facebook does."""
    number = world.number()
    if what == "account":
        return str(104_000_000_000_000 + number)
    if what == "person":
        return str(24_000_000_000_000_000 + number)
    if what in ("post", "tagged") and account is not None:
        return f"{account.remote_id}_{122_000_000_000_000 + number}"
    return str(122_000_000_000_000 + number)


# Posting


def _text(call: Call) -> str:
    return call.field("message") or call.field("caption")


def create_post(call: Call) -> Answer:
    page, text, link = _own_page(call), _text(call).strip(), call.field("link")
    media = _attached(call, page)
    if not text and not link and not media:
        raise invalid(call, "Missing message or attachment")
    _check_text(call, text)
    _refuse_duplicate(call, page, text, link, len(media))
    post = _publish(call, page, text, media, link)
    asked = asked_of(call, "id")
    return Answer(200, pick(call, post_node(call, page, post), asked))


def create_photo(call: Call) -> Answer:
    """With `published=false` a picture for a later post; otherwise a post at once."""
    page, text = _own_page(call), _text(call).strip()
    source = call.form.get("source")
    if source is None or isinstance(source, str | bytes | bytearray):
        raise invalid(call, "The parameter source or url is required")
    data = source.file.read()
    if not source.content_type.startswith("image/") or not data or len(data) > PICTURE_BYTES:
        raise invalid(call, "Invalid parameter: your photos couldn't be uploaded")
    _check_text(call, text)
    published = call.field("published", "true").lower() not in ("false", "0")
    if published:
        _refuse_duplicate(call, page, text, "", 1)
    medium = call.store.add_medium(
        page,
        new_id(call.world, "medium", page, call.world.now()),
        content_type=source.content_type,
        data=data,
        created_at=call.world.now(),
        alt_text=call.field("alt_text_custom"),
        extra={"name": text},
    )
    answer = {"id": medium.remote_id}
    if published:
        answer["post_id"] = _publish(call, page, text, [medium]).remote_id
    return Answer(200, answer)


def _own_page(call: Call) -> Account:
    if call.parts["id"] not in ("me", call.who.remote_id):
        raise not_allowed(call)
    return call.who


def _check_text(call: Call, text: str) -> None:
    if len(text) > TEXT:
        raise invalid(call, "Param message must be at most 63206 characters long")


def _refuse_duplicate(call: Call, page: Account, text: str, link: str, pictures: int) -> None:
    """Facebook refuses what is identical to the last thing that the page posted."""
    last = next(_own_posts(call, page, 0.0, 1e12), None)
    if last is None or not text or (last.text, last.link) != (text, link):
        return
    if len(call.store.media_of(last)) == pictures:
        raise Problem(ERRORS.duplicate(call))


def _publish(call: Call, page: Account, text: str, media: list[Medium], link: str = "") -> Post:
    now = call.world.now()
    remote_id = new_id(call.world, "post", page, now)
    post = call.store.add_post(page, remote_id, text=text, created_at=now, link=link)
    call.store.attach(media, post)
    speaking.react(call.world, page, post)
    return post


def _attached(call: Call, page: Account) -> list[Medium]:
    """`attached_media` as one JSON list, or as attached_media[0], attached_media[1], …"""
    given: list[Any] = []
    try:
        if call.field("attached_media"):
            given = json.loads(call.field("attached_media"))
        while call.field(f"attached_media[{len(given)}]"):
            given.append(json.loads(call.field(f"attached_media[{len(given)}]")))
        ids = [str(one["media_fbid"]) for one in given]
    except (KeyError, TypeError, ValueError):
        raise invalid(call, "Param attached_media must be an array of media") from None
    found = [call.store.medium("facebook", one) for one in ids]
    media = [one for one in found if one and one.account_id == page.id and one.post_id is None]
    if len(media) != len(ids) or len(set(ids)) != len(ids) or len(ids) > PICTURES:
        raise invalid(call, "Invalid parameter: attached_media")
    return media


def create_comment(call: Call) -> Answer:
    """The page answers under one of its posts, or a comment."""
    page, parent, text = call.who, call.parts["id"], _text(call).strip()
    if _post(call, parent) is None and call.store.comment("facebook", parent) is None:
        raise Problem(ERRORS.not_found(call))
    if not text:
        raise invalid(call, "Missing message or attachment")
    now = call.world.now()
    remote_id = f"{parent.partition('_')[2] or parent}_{new_id(call.world, 'comment', page, now)}"
    call.store.add_post(
        page, remote_id, text=text, created_at=now, kind="reply", in_reply_to=parent
    )
    return Answer(200, {"id": remote_id})


def delete(call: Call) -> Answer:
    post = _post(call, call.parts["id"])
    if post is None:
        raise Problem(ERRORS.not_found(call))
    if post.account_id != call.who.id:
        raise not_allowed(call)
    call.store.delete_post(post, call.world.now())
    return Answer(200, {"success": True})


# Reading


def node(call: Call) -> Answer:
    """`me`, a page, a post, a comment or a photo."""
    asked_id, store = call.parts["id"], call.store
    page = call.who if asked_id == "me" else store.account_by_remote_id("facebook", asked_id)
    if page:
        return Answer(200, pick(call, page_node(call, page), asked_of(call, PAGE_DEFAULT)))
    post = _post(call, asked_id)
    if post and post.kind == "post":
        page = store.account(post.account_id)
        return Answer(200, pick(call, post_node(call, page, post), asked_of(call, POST_DEFAULT)))
    said = post or store.comment("facebook", asked_id)
    if said:
        page = store.account(said.account_id)
        fields = asked_of(call, COMMENT_DEFAULT)
        return Answer(200, said_node(call, page, said, fields))
    medium = store.medium("facebook", asked_id)
    if medium:
        page = store.account(medium.account_id)
        asked = asked_of(call, PHOTO_DEFAULT)
        return Answer(200, pick(call, photo_node(call, medium, page), asked))
    raise Problem(ERRORS.not_found(call))


def published_posts(call: Call) -> Answer:
    return _posts(call, own=True, others=False)


def feed(call: Call) -> Answer:
    """The page's own posts and those that name it."""
    return _posts(call, own=True, others=True)


def tagged(call: Call) -> Answer:
    return _posts(call, own=False, others=True)


def comments(call: Call) -> Answer:
    parent = call.parts["id"]
    said = _post(call, parent) or call.store.comment("facebook", parent)
    if said is None:
        raise Problem(ERRORS.not_found(call))
    page, asked = call.store.account(said.account_id), asked_of(call, COMMENT_DEFAULT)

    def write(one: Comment | Post) -> dict[str, Any]:
        return said_node(call, page, one, asked)

    return Answer(200, comments_page(call, parent, _query(call), write))


def _posts(call: Call, *, own: bool, others: bool) -> Answer:
    """Newest first, from the cursor on."""
    page, asked, query = _own_page(call), asked_of(call, POST_DEFAULT), _query(call)
    limit = how_many(call, query.get("limit"))
    since = moment(call, query.get("since"), 0.0)
    until = moment(call, query.get("until"), 1e12)
    until, last = read_cursor(call, query["after"]) if "after" in query else (until, "")
    enough = limit + TIES
    rows: list[Post | Comment] = []
    if own:
        rows += islice(_own_posts(call, page, since, until), enough)
    if others:
        rows += call.store.comments(page, ("tagged",), since=since, until=until, limit=enough)
    rows.sort(key=lambda row: row.created_at, reverse=True)

    def write(row: Post | Comment) -> dict[str, Any]:
        if isinstance(row, Post):
            return pick(call, post_node(call, page, row), asked)
        return pick(call, tagged_node(call, row), asked)

    path = call.path.split("/", 3)[3]
    return Answer(200, answer_page(call, path, after_cursor(rows, last), limit, write, query))


def _own_posts(call: Call, page: Account, since: float, until: float) -> Iterator[Post]:
    """The page's posts without its replies to comments, newest first."""
    offset, at_once = 0, 5
    while True:
        rows = call.store.posts(page, since=since, until=until, limit=at_once, offset=offset)
        yield from (row for row in rows if row.kind == "post")
        if len(rows) < at_once:
            return
        # Mostly only the newest is asked for.
        offset, at_once = offset + at_once, 100


def _post(call: Call, remote_id: str) -> Post | None:
    """The post, unless it was deleted."""
    post = call.store.post("facebook", remote_id)
    return post if post and not post.deleted_at else None


def _query(call: Call) -> dict[str, str]:
    return {name: value for name, value in call.query.items() if name != "access_token"}


def _endpoint(
    method: str,
    path: str,
    handle: Callable[[Call], Answer],
    group: str = "read",
    text: Callable[[Call], str] = lambda call: "",
) -> Endpoint:
    return Endpoint(method, f"{VERSION}{path}", handle.__name__, handle, group, text, limit=HOUR)


API = Api(
    platform="facebook",
    prefix="/graph",
    endpoints=(
        *graph_sign_in.ENDPOINTS,
        _endpoint("POST", "/{id}/feed", create_post, "publish", _text),
        _endpoint("POST", "/{id}/photos", create_photo, "publish", _text),
        _endpoint("POST", "/{id}/comments", create_comment, "publish", _text),
        _endpoint("GET", "/{id}/published_posts", published_posts),
        _endpoint("GET", "/{id}/feed", feed),
        _endpoint("GET", "/{id}/tagged", tagged),
        _endpoint("GET", "/{id}/comments", comments),
        _endpoint("GET", "/{id}", node),
        _endpoint("DELETE", "/{id}", delete, "delete"),
    ),
    errors=ERRORS,
    token=token,
    new_id=new_id,
    said_as=("tagged", "comment"),
    limit_headers=usage,
)
