"""The way out: bounded in time and size, closed to other hosts, silent about secrets."""

from __future__ import annotations

import gzip
import logging
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler

import pytest
import requests
from oauthlib.oauth1.rfc5849 import signature

from platforms import http
from platforms.contract import Connection
from platforms.errors import TryLater
from platforms.x import XAdapter

VENDOR = "https://api.example.com"
Answering = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def listening(answer: Answering) -> Iterator[str]:
    """A server that answers each request with `answer`; its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def answer_with(body: bytes, **headers: str) -> Answering:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers and "Transfer_Encoding" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def session(base_url: str, *, timeout_s: float = 2.0, most_bytes: int = 1000) -> requests.Session:
    return http.session(VENDOR, base_url, timeout_s=timeout_s, most_bytes=most_bytes)


def test_a_library_that_asks_the_vendor_reaches_the_base_address() -> None:
    paths: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        paths.append(handler.path)
        answer_with(b"hello")(handler)

    with listening(answer) as url:
        response = session(f"{url}/prefix").get(f"{VENDOR}/2/me", params={"a": "b"})
    assert response.content == b"hello"
    assert paths == ["/prefix/2/me?a=b"]


def test_one_connection_serves_many_calls() -> None:
    ports: set[int] = set()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        ports.add(handler.client_address[1])
        answer_with(b"x")(handler)

    with listening(answer) as url:
        for _ in range(5):
            session(url).get(f"{VENDOR}/")
    assert len(ports) == 1


def test_an_answer_up_to_the_limit_is_read() -> None:
    with listening(answer_with(b"x" * 1000)) as url:
        assert len(session(url).get(f"{VENDOR}/").content) == 1000


@pytest.mark.parametrize(
    "answer",
    [
        answer_with(b"x" * 1001),
        answer_with(gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip"),
        answer_with(
            b"".join(b"3e8\r\n" + b"x" * 1000 + b"\r\n" for _ in range(3)) + b"0\r\n\r\n",
            Transfer_Encoding="chunked",
        ),
    ],
    ids=["plain", "packed", "in pieces"],
)
def test_a_longer_one_is_not(answer: Answering) -> None:
    with listening(answer) as url, pytest.raises(http.AnswerTooLarge):
        session(url).get(f"{VENDOR}/")


def test_an_answer_that_comes_in_drops_is_given_up() -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "900")
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    with listening(drip) as url:
        began = time.monotonic()
        with pytest.raises(http.NoAnswer):
            session(url, timeout_s=0.5).get(f"{VENDOR}/")
        assert time.monotonic() - began < 1.5


def test_an_answer_that_breaks_off_is_none() -> None:
    half = answer_with(b"half", Content_Length="900", Connection="close")
    with listening(half) as url, pytest.raises(http.NoAnswer):
        session(url, timeout_s=0.5).get(f"{VENDOR}/")


def test_a_redirection_is_not_followed() -> None:
    def away(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "http://127.0.0.1:1/elsewhere")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with listening(away) as url, pytest.raises(requests.TooManyRedirects):
        session(url).get(f"{VENDOR}/")


def test_no_other_address_can_be_reached() -> None:
    with listening(answer_with(b"x")) as url:
        made = session(url)
        with pytest.raises(requests.exceptions.InvalidSchema):
            made.get("http://127.0.0.1:1/")


def test_a_cookie_of_one_call_does_not_come_with_the_next() -> None:
    cookies: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        cookies.append(handler.headers.get("Cookie"))
        answer_with(b"x", Set_Cookie="guest=1; Path=/")(handler)

    with listening(answer) as url:
        session(url).get(f"{VENDOR}/")
        session(url).get(f"{VENDOR}/")
    assert cookies == [None, None]


def test_failures_hold_neither_address_nor_query() -> None:
    with pytest.raises(http.NotReached) as failed:
        session("http://127.0.0.1:1").get(f"{VENDOR}/", params={"access_token": "secret"})
    assert str(failed.value) == "No connection could be made."
    assert failed.value.__suppress_context__


def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with listening(answer_with(b"{}")) as url:
        account = x_account_at(url)
        with pytest.raises(TryLater):
            account.identify()
        session(url).get(f"{VENDOR}/", params={"access_token": "the-token"})
    assert "the-token" not in caplog.text
    assert "the-secret" not in caplog.text


def test_the_signature_is_made_for_the_address_that_is_called() -> None:
    """X checks OAuth 1.0a against the host that it was asked at, not the one in tweepy's code."""
    seen: list[tuple[str, str]] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append((handler.path, handler.headers["Authorization"]))
        answer_with(b'{"data":{"id":"1","name":"n","username":"u"}}')(handler)

    with listening(answer) as url:
        x_account_at(url).identify()
        (path, header) = seen[0]
        assert path == "/2/users/me"
        assert _signed_for(header, f"{url}{path}")
        assert not _signed_for(header, f"https://api.twitter.com{path}")


def _signed_for(header: str, address: str) -> bool:
    """Whether the header's signature is that of a GET of `address` with the test's secrets."""
    parameters = signature.collect_parameters(
        headers={"Authorization": header}, exclude_oauth_signature=True
    )
    given = dict(
        signature.collect_parameters(
            headers={"Authorization": header}, exclude_oauth_signature=False
        )
    )["oauth_signature"]
    base = signature.signature_base_string(
        "GET",
        signature.base_string_uri(address),
        signature.normalize_parameters(parameters),
    )
    made = signature.sign_hmac_sha1_with_client(base, _Secrets())
    return bool(made == given)


class _Secrets:
    client_secret = "the-consumer-secret"
    resource_owner_secret = "the-secret"


def x_account_at(url: str) -> XAdapter:
    return XAdapter(
        Connection(
            platform="x",
            handle="someone",
            remote_id="",
            base_url=url,
            timeout_s=2.0,
            credential={
                "consumer_key": "key",
                "consumer_secret": _Secrets.client_secret,
                "access_token": "the-token",
                "access_token_secret": _Secrets.resource_owner_secret,
            },
        )
    )
