"""One call from its first byte to its answer, with whatever is to go wrong on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiohttp import web
from multidict import MultiDict

from platforms.sandbox.calls import Answer, Api, Call, Endpoint, Problem
from platforms.sandbox.faults import Asked, Fault, FaultKind
from platforms.sandbox.rate_limits import Window
from platforms.sandbox.texts import digest
from platforms.sandbox.world import World

HUGE = b'{"data":{"text":"' + b"bin day " * 1_310_720 + b'"}}'
BAD_GATEWAY = b"<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1><p>nginx</p>"
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
NOT_THE_VENDORS = {
    FaultKind.HTML: Answer(502, BAD_GATEWAY, content_type="text/html"),
    FaultKind.EMPTY: Answer(200, b""),
    FaultKind.HUGE: Answer(200, HUGE),
}
"""Answers that are no vendor's: a broken proxy's, nothing, far too much."""
LOOK_S = 0.1
"""How often a hanging call looks whether the caller has gone."""


def handler(
    world: World, api: Api, endpoint: Endpoint
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The aiohttp handler of one endpoint."""

    async def handle(request: web.Request) -> web.StreamResponse:
        call = await read(request, world)
        _sign_in(call, api)
        account = call.account.handle if call.account else ""
        asked = Asked(api.platform, account, endpoint.name, endpoint.group, endpoint.text(call))
        fault = world.faults.decide(asked)
        answer: Answer | None
        with world.store.transaction():
            if endpoint.group == "publish":
                world.store.count_publishing_call(api.platform, account, digest(asked.text))
            answer = None if fault else carry_out(call, api, endpoint)
        if fault:
            answer = await _go_wrong(request, call, api, endpoint, fault)
        outcome = str(answer.status) if answer else "no answer"
        world.answers[api.platform, account, endpoint.name, outcome] += 1
        return respond(request, answer)

    return handle


def carry_out(call: Call, api: Api, endpoint: Endpoint) -> Answer:
    """What the platform does when nothing is wrong with it."""
    if endpoint.signed_in and (call.token is None or call.token.state != "good"):
        return api.errors.signed_out(call, call.token.state if call.token else "unknown")
    window = None
    if endpoint.limit and call.account:
        limits = call.world.limits
        window = limits.take(call.account.id, endpoint.name, endpoint.limit, call.world.now())
        if window.remaining < 0:
            return api.errors.rate_limited(call, window)
    try:
        if call.method == "GET":
            answer = endpoint.handle(call)
        else:
            with call.store.transaction():
                answer = endpoint.handle(call)
    except Problem as problem:
        answer = problem.answer
    if window is None:
        return answer
    headers = {**answer.headers, **api.limit_headers(window)}
    return Answer(answer.status, answer.body, headers, answer.content_type)


async def read(request: web.Request, world: World) -> Call:
    is_form = request.content_type in FORMS
    return Call(
        world=world,
        method=request.method,
        path=request.path,
        origin=f"{request.scheme}://{request.host}",
        parts=request.match_info,
        query=request.query,
        headers=request.headers,
        body=b"" if is_form else await request.read(),
        form=await request.post() if is_form else MultiDict(),
    )


def _sign_in(call: Call, api: Api) -> None:
    secret = api.token(call)
    token = call.store.token(secret) if secret else None
    if token and token.ends_at is not None and token.ends_at <= call.world.now():
        token = replace(token, state="expired" if token.state == "good" else token.state)
    if token:
        account = call.store.account(token.account_id)
        if account.platform == api.platform:
            call.token, call.account = token, account


async def _go_wrong(
    request: web.Request, call: Call, api: Api, endpoint: Endpoint, fault: Fault
) -> Answer | None:
    """The answer under a fault; None where the connection is cut instead."""
    done = carry_out(call, api, endpoint) if fault.accept else None
    if fault.kind is FaultKind.SLOW:
        await _wait(request, fault.seconds)
        return done or carry_out(call, api, endpoint)
    if fault.kind is FaultKind.HANG:
        await _wait(request, fault.seconds)
        return None
    if fault.kind in (FaultKind.REFUSE, FaultKind.DROP):
        return None
    return _wrong_answer(call, api, fault, done)


def _wrong_answer(call: Call, api: Api, fault: Fault, done: Answer | None) -> Answer:
    """`done` is what would have been answered, where the call was carried out."""
    if fault.kind in NOT_THE_VENDORS:
        return NOT_THE_VENDORS[fault.kind]
    if fault.kind is FaultKind.MALFORMED:
        whole = done.payload() if done else b'{"data":{"id":"1"}}'
        return Answer(200, whole[: max(1, len(whole) // 2)])
    if fault.kind is FaultKind.RATE_LIMIT:
        window = Window(100, -1, call.world.now() + fault.seconds)
        return api.errors.rate_limited(call, window)
    if fault.kind in (FaultKind.EXPIRED, FaultKind.REVOKED):
        return api.errors.signed_out(call, fault.kind.value)
    if fault.kind is FaultKind.DUPLICATE:
        return api.errors.duplicate(call)
    return api.errors.server_error(call)


async def _wait(request: web.Request, seconds: float) -> None:
    """Wait that long, or until the caller has gone."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while (left := until - loop.time()) > 0:
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(min(LOOK_S, left))


def respond(request: web.Request, answer: Answer | None) -> web.Response:
    if answer is None:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    headers = {"Content-Type": answer.content_type, **answer.headers}
    return web.Response(status=answer.status, body=answer.payload(), headers=headers)
