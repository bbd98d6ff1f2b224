"""Public pages, so that a person can see in the browser what came out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path

from aiohttp import web

from platforms.sandbox.graph_sign_in import is_person
from platforms.sandbox.rows import Account
from platforms.sandbox.timeline_html import (
    PLATFORM_NAMES,
    count_html,
    document,
    post_html,
    time_html,
)
from platforms.sandbox.world import World

CSS = (Path(__file__).parent / "timelines.css").read_text()
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
ON_A_PAGE = 20
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(world: World) -> list[web.RouteDef]:
    """The index, a timeline for each account, a page for each post, media, vendors' own paths."""
    pages: dict[str, Callable[[World, web.Request], web.Response]] = {
        "/": index,
        "/timeline/{platform}/{handle}": timeline,
        "/timeline/{platform}/{handle}/{post}": single,
        "/media/{platform}/{medium}": medium,
        "/timelines.css": css,
        "/favicon.ico": no_icon,
        "/x/{handle}": x_timeline,
        "/x/{handle}/status/{post}": x_post,
        "/youtube/watch": youtube_video,
    }
    return [web.get(path, _handler(world, page)) for path, page in pages.items()]


def _handler(world: World, page: Callable[[World, web.Request], web.Response]) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        response = page(world, request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return handle


def index(world: World, request: web.Request) -> web.Response:
    """Every account with its newest post."""
    rows = []
    for account in world.store.accounts():
        if is_person(account):
            continue
        newest = world.store.posts(account, limit=1)
        last = f"last post {time_html(newest[0].created_at)}" if newest else "nothing posted yet"
        rows.append(
            f'<li class="account"><a href="{address(account)}">{escape(account.name)}</a> '
            f'<span class="quiet">@{escape(account.handle)} on '
            f"{PLATFORM_NAMES.get(account.platform, account.platform)} · "
            f"{_posts(world, account)} · {last}</span></li>"
        )
    listed = f'<ul class="accounts">{"".join(rows)}</ul>' if rows else "<p>No accounts yet.</p>"
    return _html("Sandbox platforms", f"<h1>Sandbox platforms</h1>{listed}")


def timeline(world: World, request: web.Request) -> web.Response:
    """An account's posts, newest first, a page at a time."""
    account = _account(world, request)
    page = _page_number(request)
    posts = world.store.posts(account, limit=ON_A_PAGE + 1, offset=(page - 1) * ON_A_PAGE)
    shown = "".join(post_html(world, account, post) for post in posts[:ON_A_PAGE])
    older = (
        f'<p><a rel="next" href="{address(account)}?page={page + 1}">Older posts</a></p>'
        if len(posts) > ON_A_PAGE
        else ""
    )
    body = f"{_head(world, account)}{shown or '<p>Nothing posted yet.</p>'}{older}"
    return _html(f"{account.name} (@{account.handle})", body)


def single(world: World, request: web.Request) -> web.Response:
    """One post and all that was said under it."""
    account = _account(world, request)
    post = world.store.post(account.platform, request.match_info["post"])
    if post is None or post.account_id != account.id or post.deleted_at:
        raise web.HTTPNotFound(text="There is no such post, or it was taken down.")
    body = _head(world, account) + post_html(world, account, post, thread=True)
    return _html(f"{account.name}: {(post.title or post.text)[:60]}", body)


def x_timeline(world: World, request: web.Request) -> web.Response:
    """X's own address of a profile."""
    raise web.HTTPFound(f"/timeline/x/{request.match_info['handle']}")


def x_post(world: World, request: web.Request) -> web.Response:
    """X's own address of a post."""
    raise web.HTTPFound(f"/timeline/x/{request.match_info['handle']}/{request.match_info['post']}")


def youtube_video(world: World, request: web.Request) -> web.Response:
    """YouTube's own address of a video."""
    video = world.store.post("youtube", request.query.get("v", ""))
    if video is None:
        raise web.HTTPNotFound(text="There is no such video.")
    channel = world.store.account(video.account_id)
    raise web.HTTPFound(f"/timeline/youtube/{channel.handle}/{video.remote_id}")


def medium(world: World, request: web.Request) -> web.Response:
    found = world.store.medium(request.match_info["platform"], request.match_info["medium"])
    if found is None or not found.content_type.startswith(("image/", "video/")):
        raise web.HTTPNotFound
    return web.Response(body=world.store.medium_data(found), content_type=found.content_type)


def css(world: World, request: web.Request) -> web.Response:
    return web.Response(text=CSS, content_type="text/css")


def no_icon(world: World, request: web.Request) -> web.Response:
    """Browsers ask for one unbidden."""
    return web.Response(status=204)


def address(account: Account) -> str:
    """Where the account's timeline is, from the root of the server."""
    return f"/timeline/{account.platform}/{escape(account.handle)}"


def _account(world: World, request: web.Request) -> Account:
    parts = request.match_info
    account = world.store.account_called(parts["platform"], parts["handle"])
    if account is None:
        raise web.HTTPNotFound(text="There is no such account.")
    return account


def _page_number(request: web.Request) -> int:
    page = request.query.get("page", "1")
    return max(1, min(10_000, int(page))) if page.isdecimal() else 1


def _head(world: World, account: Account) -> str:
    platform = PLATFORM_NAMES.get(account.platform, account.platform)
    about = f"<p>{escape(account.about)}</p>" if account.about else ""
    return (
        f'<p class="quiet"><a href="/">All accounts</a></p><header class="profile">'
        f"<h1>{escape(account.name)}</h1>"
        f'<p class="quiet">@{escape(account.handle)} · {platform} · '
        f"{_posts(world, account)} · {count_html(account.followers, 'follower', 'followers')}</p>"
        f"{about}</header>"
    )


def _posts(world: World, account: Account) -> str:
    return count_html(world.store.count_posts(account), "post", "posts")


def _html(title: str, body: str) -> web.Response:
    return web.Response(text=document(title, body), content_type="text/html")
