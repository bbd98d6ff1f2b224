"""The sandbox as a program: `python -m platforms.sandbox --port 9100 --database FILE --seed N`."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from platforms.sandbox import control, serving, timelines
from platforms.sandbox.apis import APIS
from platforms.sandbox.calls import Api
from platforms.sandbox.faults import Faults
from platforms.sandbox.store import Store
from platforms.sandbox.world import World

MOST_BYTES = 600_000_000
REMEMBER_S = 1.0


def make_world(database: str, seed: int) -> World:
    """The world kept in the SQLite file `database` (or ":memory:")."""
    world = World(seed=seed, store=Store(database), apis=APIS, faults=Faults(seed))
    world.recall()
    return world


def make_application(world: World) -> web.Application:
    application = web.Application(client_max_size=MOST_BYTES)
    for api in world.apis.values():
        for endpoint in api.endpoints:
            handle = serving.handler(world, api, endpoint)
            application.router.add_route(endpoint.method, f"{api.prefix}{endpoint.path}", handle)
    application.add_routes(control.routes(world))
    application.add_routes(timelines.routes(world))
    for api in world.apis.values():
        application.router.add_route("*", f"{api.prefix}/{{rest:.*}}", _unknown(world, api))
    return application


def _unknown(world: World, api: Api) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """What the vendor answers to an address it does not have."""

    async def handle(request: web.Request) -> web.StreamResponse:
        call = await serving.read(request, world)
        return serving.respond(request, api.errors.not_found(call))

    return handle


class Server:
    """The listening socket, which can be closed for a while: then calls are really refused."""

    def __init__(self, world: World, host: str, port: int) -> None:
        self.world = world
        self.host = host
        self.port = port
        self.runner = web.AppRunner(
            make_application(world), access_log=None, keepalive_timeout=75, shutdown_timeout=0.2
        )
        self.runner.app[control.REFUSE] = self.refuse
        self.site: web.TCPSite | None = None

    async def start(self) -> None:
        if self.runner.server is None:
            await self.runner.setup()
        self.site = web.TCPSite(self.runner, self.host, self.port, backlog=1024)
        await self.site.start()
        if self.port == 0:
            self.port = self.runner.addresses[0][1]

    def refuse(self, seconds: float) -> None:
        """Listen to nobody for that long, from a moment after the answer to this request."""
        loop = asyncio.get_running_loop()
        loop.call_later(0.02, lambda: loop.create_task(self._refuse(seconds)))

    async def _refuse(self, seconds: float) -> None:
        if self.site and self.runner.server:
            await self.site.stop()
            for connection in self.runner.server.connections:
                connection.force_close()
        await asyncio.sleep(seconds)
        await self.start()


async def serve(world: World, host: str, port: int, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; says its address on the first line of the output."""
    server = Server(world, host, port)
    await server.start()
    print(f"Sandbox platforms on http://{host}:{server.port}", flush=True)
    while not stop.is_set():
        world.remember()
        try:
            await asyncio.wait_for(stop.wait(), REMEMBER_S)
        except TimeoutError:
            continue
    world.remember()
    await server.runner.cleanup()
    world.store.close()


def _stop_with_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """Set `stop` once whoever started us has gone, however it ended."""

    def wait() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=wait, daemon=True).start()


async def _run(options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if options.with_parent:
        _stop_with_parent(loop, stop)
    await serve(make_world(options.database, options.seed), options.host, options.port, stop)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m platforms.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9100, help="0 picks a free one")
    parser.add_argument("--database", default=":memory:", help="a SQLite file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--with-parent", action="store_true", help="end when the standard input does"
    )
    asyncio.run(_run(parser.parse_args(arguments)))
