"""A website for tests: it stands on this machine, and pretends to be where the link leads."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from urllib3.util import connection

PUBLIC = "93.184.215.14"


@dataclass
class Website:
    """`pages` answers by path: a status, and where it leads on to."""

    pages: dict[str, tuple[int, str]]
    asked: list[str] = field(default_factory=list)
    """Method and path of every request that came."""
    connected_to: list[str] = field(default_factory=list)
    """Every address that anybody connected to."""


@contextmanager
def website(patch: pytest.MonkeyPatch, **pages: tuple[int, str]) -> Iterator[Website]:
    """Connections to any address end at the website; which address was meant is written down."""
    site = Website({f"/{name}": answer for name, answer in pages.items()})
    server = HTTPServer(("127.0.0.1", 0), _handler(site))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    connect = socket.create_connection

    def connected(address: tuple[str, int], *args: Any, **options: Any) -> socket.socket:
        site.connected_to.append(address[0])
        return connect(("127.0.0.1", server.server_port), 5)

    patch.setattr(connection, "create_connection", connected)
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _handler(site: Website) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            site.asked.append(f"{self.command} {self.headers['Host']}{self.path}")
            status, leads_to = site.pages.get(self.path.partition("?")[0], (404, ""))
            if status == 405 and self.command == "GET":
                status = 200
            self.send_response(status)
            if leads_to:
                self.send_header("Location", leads_to)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET = _answer  # noqa: N815 - the names that the library calls

        def log_message(self, *words: Any) -> None:
            pass

    return Handler
