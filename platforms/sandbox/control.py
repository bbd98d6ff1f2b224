"""The control API under `/_sandbox/`: what tests, the demonstration and the storm steer with.

JSON in, JSON out; :class:`platforms.sandbox.remote.Control` is its client and documents each call.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from platforms.sandbox import grants, sign_in, speaking
from platforms.sandbox.faults import FaultKind
from platforms.sandbox.rows import Account, App, Comment, Post
from platforms.sandbox.world import World

REFUSE: web.AppKey[Callable[[float], None]] = web.AppKey("refuse")
"""Closes the listening socket for some seconds; put there by the server."""

Values = dict[str, Any]


def routes(world: World) -> list[web.RouteDef]:
    """Every control call is `POST /_sandbox/<name>` with a JSON object."""
    calls: dict[str, Callable[[World, Values], Any]] = {
        "accounts": add_account,
        "tokens": set_tokens,
        "followers": set_followers,
        "mentions": seed_mentions,
        "say": say,
        "say-all": say_all,
        "rule": set_rule,
        "rates": set_rates,
        "clear-faults": clear_faults,
        "settings": change_settings,
        "counters": counters,
        "copies": count_copies,
        "posts": list_posts,
        "apps": register_app,
        "token-answers": order_token_answers,
        "refreshes": count_refreshes,
        "reset": reset,
    }
    made = [web.post(f"/_sandbox/{name}", _endpoint(world, call)) for name, call in calls.items()]
    return [*made, web.post("/_sandbox/refuse", _refuse), web.get("/_sandbox/health", _health)]


def _endpoint(
    world: World, call: Callable[[World, Values], Any]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            values = json.loads(await request.read() or b"{}")
            with world.store.transaction():
                return web.json_response(call(world, values))
        except (KeyError, LookupError, TypeError, ValueError, world.store.db.IntegrityError) as why:
            return web.json_response({"error": f"{type(why).__name__}: {why}"}, status=400)

    return handle


async def _refuse(request: web.Request) -> web.Response:
    request.app[REFUSE](float((await request.json())["seconds"]))
    return web.json_response({})


async def _health(request: web.Request) -> web.Response:
    return web.json_response({"ok": True})


def _account(world: World, values: Values) -> Account:
    found = world.store.account_called(values["platform"], values["account"])
    if found is None:
        raise LookupError(f"no account {values['account']} on {values['platform']}")
    return found


def add_account(world: World, values: Values) -> Any:
    """Idempotent: an account that exists keeps its id and gets the token besides."""
    store, platform, handle = world.store, values["platform"], values["handle"]
    account = store.account_called(platform, handle)
    if account is None:
        api = world.apis[platform]
        account = store.add_account(
            platform,
            values.get("remote_id") or api.new_id(world, "account", None, world.now()),
            handle,
            values.get("name") or handle,
            created_at=values.get("created_at") or world.now(),
            about=values.get("about", ""),
            followers=int(values.get("followers", 0)),
            extra=values.get("extra") or {},
        )
    for token in values.get("tokens", ()):
        store.add_token(token, account)
    return dataclasses.asdict(account)


def set_tokens(world: World, values: Values) -> Any:
    if values["state"] not in ("good", "expired", "revoked"):
        raise ValueError("state is good, expired or revoked")
    return world.store.set_token_state(_account(world, values), values["state"])


def set_followers(world: World, values: Values) -> Any:
    return world.store.set_followers(_account(world, values), int(values["followers"]))


def seed_mentions(world: World, values: Values) -> Any:
    count, days = int(values["count"]), float(values.get("days", 30))
    return speaking.seed(world, _account(world, values), count=count, days=days)


def say(world: World, values: Values) -> Any:
    comment = speaking.say(
        world,
        _account(world, values),
        text=values["text"],
        kind=values.get("kind", ""),
        in_reply_to=values.get("in_reply_to", ""),
        at=values.get("at"),
    )
    return _comment(comment)


def say_all(world: World, values: Values) -> Any:
    for each in values["said"]:
        say(world, {**each, "platform": values["platform"], "account": values["account"]})
    return len(values["said"])


def set_rule(world: World, values: Values) -> Any:
    return dataclasses.asdict(world.faults.set_rule(values))


def set_rates(world: World, values: Values) -> Any:
    world.faults.set_rates(values.get("group", "any"), values["rates"])
    seconds = values.get("seconds") or {}
    world.faults.seconds.update({FaultKind(kind): float(s) for kind, s in seconds.items()})


def clear_faults(world: World, values: Values) -> Any:
    world.faults.clear()


def change_settings(world: World, values: Values) -> Any:
    """`rate_limits` on or off, `replies` for each post, `now` (None: the real time)."""
    if "rate_limits" in values:
        world.limits.enforced = bool(values["rate_limits"])
    if "replies" in values:
        world.replies = float(values["replies"])
    if "now" in values:
        world.clock.set(values["now"])


def counters(world: World, values: Values) -> Any:
    return {
        "calls": [[*key, n] for key, n in sorted(world.faults.calls.items())],
        "answers": [[*key, n] for key, n in sorted(world.answers.items())],
        "faults": world.faults.log,
        "rules": world.faults.rule_values(),
    }


def count_copies(world: World, values: Values) -> Any:
    """For each text: how many live posts say it, and how many calls asked to publish it."""
    account, store = _account(world, values), world.store
    return [
        {
            "copies": store.copies(account, text, title=values.get("title", "")),
            "calls": store.publishing_calls(account.platform, account.handle, text),
        }
        for text in values["texts"]
    ]


def list_posts(world: World, values: Values) -> Any:
    """Newest first, with media and what residents said under each."""
    account = _account(world, values)
    found = world.store.posts(
        account, limit=int(values.get("limit", 100)), deleted=bool(values.get("deleted"))
    )
    containing = values.get("containing", "")
    return [_post(world, post) for post in found if containing in f"{post.title}\n{post.text}"]


def register_app(world: World, values: Values) -> Any:
    names = ("platform", "client_id", "client_secret", "redirect_uri")
    grants.register(world, App(*(str(values[name]) for name in names)))


def order_token_answers(world: World, values: Values) -> Any:
    sign_in.order(world, values["platform"], values["how"], int(values.get("times", 1)))


def count_refreshes(world: World, values: Values) -> Any:
    return grants.refreshes(world, values["platform"])


def reset(world: World, values: Values) -> Any:
    world.reset()


def _post(world: World, post: Post) -> Values:
    media = [dataclasses.asdict(medium) for medium in world.store.media_of(post)]
    said = [_comment(comment) for comment in world.store.thread(post.platform, post.remote_id)]
    return {**dataclasses.asdict(post), "media": media, "comments": said}


def _comment(comment: Comment) -> Values:
    return dataclasses.asdict(comment)
