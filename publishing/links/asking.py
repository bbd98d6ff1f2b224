"""Asking a link whether it answers: bounded in time, in steps and in what is read."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Timer
from urllib.parse import urljoin, urlsplit

import certifi
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from publishing.links.addresses import NotPublic, Resolver, public_address, resolve
from publishing.models import LinkOutcome

MOST_STEPS = 5
WITHIN_S = 10.0
CONNECT_S = 4.0
AGENT = "CouncilSocial/1.0 (link check)"
_PORTS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_NO_HEAD = frozenset({405, 501})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a link came to; `detail` says it in words."""

    outcome: LinkOutcome
    status: int | None = None
    detail: str = ""


class _Refused(Exception):
    """The link is of a kind that is not looked at."""


def ask(link: str, resolver: Resolver = resolve) -> Answer:
    """Ask `link`, and what it leads on to, for its head; nothing that it holds is read.

    Never raises: whatever goes wrong is an answer. Takes about `WITHIN_S` seconds at most.
    """
    ends_at = time.monotonic() + WITHIN_S
    try:
        return _follow(link, resolver, ends_at)
    except NotPublic:
        return Answer(LinkOutcome.REFUSED, None, "It leads into a private network.")
    except _Refused as refusal:
        return Answer(LinkOutcome.REFUSED, None, str(refusal))
    except socket.gaierror:
        return Answer(LinkOutcome.BROKEN, None, "There is no website of that name.")
    except (HTTPError, OSError, ValueError):
        return Answer(LinkOutcome.SILENT, None, "The website did not answer.")


def _follow(link: str, resolver: Resolver, ends_at: float) -> Answer:
    for _ in range(MOST_STEPS):
        status, leads_to = _step(link, resolver, ends_at)
        if status not in _MOVED or not leads_to:
            return _answer(status)
        link = urljoin(link, leads_to)
    return Answer(LinkOutcome.BROKEN, None, "It leads from one address to another without an end.")


def _answer(status: int) -> Answer:
    if status in _GONE:
        return Answer(LinkOutcome.BROKEN, status, "The website says that there is no such page.")
    if status >= 400:
        return Answer(LinkOutcome.SILENT, status, f"The website answered with an error ({status}).")
    return Answer(LinkOutcome.ANSWERS, status)


def _step(link: str, resolver: Resolver, ends_at: float) -> tuple[int, str]:
    """The status of one address, and where it leads on to. Raises what `ask` turns into words."""
    status, leads_to = _request("HEAD", link, resolver, ends_at)
    if status in _NO_HEAD:
        return _request("GET", link, resolver, ends_at)
    return status, leads_to


def _request(method: str, link: str, resolver: Resolver, ends_at: float) -> tuple[int, str]:
    parts = urlsplit(link)
    name, port = _place(link)
    address = public_address(name, port, resolver)
    left = ends_at - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection = _connection(parts.scheme, name, port, address, min(left, CONNECT_S))
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    with _cut_off_after(connection, left):
        connection.request(
            method,
            target,
            headers={"Host": parts.netloc, "User-Agent": AGENT},
            preload_content=False,
        )
        answer: HTTPResponse = connection.getresponse()
    return answer.status, answer.headers.get("Location", "")


def _place(link: str) -> tuple[str, int]:
    """The name and the port of a web address of the usual kind. Raises _Refused."""
    parts = urlsplit(link)
    usual = _PORTS.get(parts.scheme)
    if usual is None or not parts.hostname:
        raise _Refused("It is not the address of a website.")
    if parts.username or parts.password:
        raise _Refused("It has a user name or a password in it.")
    if (parts.port or usual) != usual:
        raise _Refused("It is on a port that websites do not use.")
    return parts.hostname.encode("idna").decode(), usual


def _connection(scheme: str, name: str, port: int, address: str, timeout: float) -> HTTPConnection:
    """To that very address; the certificate must be that of the name."""
    if scheme == "http":
        return HTTPConnection(address, port, timeout=timeout)
    return HTTPSConnection(
        address,
        port,
        timeout=timeout,
        server_hostname=name,
        assert_hostname=name,
        ca_certs=certifi.where(),
        cert_reqs="CERT_REQUIRED",
    )


@contextmanager
def _cut_off_after(connection: HTTPConnection, seconds: float) -> Iterator[None]:
    """End the connection then, however slowly the other side goes on; raises TimeoutError."""
    is_over = Event()

    def cut() -> None:
        is_over.set()
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()
    if is_over.is_set():
        # What came until then may look like a whole answer.
        raise TimeoutError
