"""The way out to the platforms that speak through `requests`.

Every call has a time-out and a limit on the answer; failures say whether the platform can have
got the request; nothing logs an address with a query string, a header or a body.
"""

from __future__ import annotations

import logging
import os
import ssl
import threading
import time
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from requests.utils import get_environ_proxies
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

PIECE = 65_536

for _name in ("oauthlib", "requests_oauthlib", "tweepy", "urllib3.connectionpool"):
    # At DEBUG these write tokens, bodies and whole addresses.
    logging.getLogger(_name).setLevel(logging.INFO)


class CallFailed(requests.RequestException):
    """There is no answer that could be used; the message holds neither address nor secret."""


class NotReached(CallFailed):
    """No connection came about: the platform has not seen the request."""


class NoAnswer(CallFailed):
    """The request went out, and the answer did not come back whole or in time."""


class AnswerTooLarge(CallFailed):
    """The answer is longer than the limit; the rest was not read."""


class _Bounded(HTTPAdapter):
    """Sends and reads within the limits."""

    def __init__(self, timeout_s: float, most_bytes: int) -> None:
        super().__init__(pool_connections=2, pool_maxsize=2)
        self.timeout_s = timeout_s
        self.most_bytes = most_bytes

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        until = time.monotonic() + self.timeout_s
        try:
            response = super().send(request, True, self.timeout_s, verify, cert, proxies)
        except requests.RequestException as why:
            raise _failure(why) from None
        try:
            # As requests itself keeps a body that it has read.
            response._content = self._read(response, until)
            response._content_consumed = True  # type: ignore[attr-defined]
        except CallFailed:
            response.raw.close()
            raise
        response.raw.release_conn()
        return response

    def _read(self, response: requests.Response, until: float) -> bytes:
        """The body, whatever the platform says its length is; raises `CallFailed`."""
        pieces: list[bytes] = []
        size = 0
        try:
            while piece := response.raw.read1(PIECE, decode_content=True):
                pieces.append(piece)
                size += len(piece)
                if size > self.most_bytes:
                    raise AnswerTooLarge("The answer was too long.")
                if time.monotonic() > until:
                    raise NoAnswer("The answer took too long.")
        except (HTTPError, OSError) as why:
            if isinstance(why, CallFailed):
                raise
            raise NoAnswer("The answer broke off.") from None
        return b"".join(pieces)


_sessions = threading.local()


def session(
    vendor: str, base_url: str, *, timeout_s: float, most_bytes: int = 2_000_000
) -> requests.Session:
    """This thread's session for `base_url`; connections are kept open between calls.

    `vendor` is the address that the client library writes into its requests; no other than
    `base_url` can be reached, redirections are not followed. Give it everything
    of an account (sign-in, headers) call by call: other accounts use the same session.
    """
    kept: dict[Any, requests.Session] = _sessions.__dict__.setdefault("kept", {})
    key = (vendor, base_url, timeout_s, most_bytes)
    if key not in kept:
        bounded = _Bounded(timeout_s, most_bytes)
        kept[key] = _Session(vendor.rstrip("/"), base_url.rstrip("/"), bounded)
    return kept[key]


class _Session(requests.Session):
    """Asks `base_url` what a library addresses to `vendor`, before anything is signed."""

    def __init__(self, vendor: str, base_url: str, bounded: _Bounded) -> None:
        super().__init__()
        self.vendor = vendor
        self.base_url = base_url
        # Looked up once: the environment does not change, and asking it costs more than a call.
        self.trust_env = False
        self.proxies.update(get_environ_proxies(base_url))
        bundles = (os.environ.get(name) for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"))
        self.verify = next(filter(None, bundles), True)
        # A cookie of one account must not come along with the next.
        self.cookies = RequestsCookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
        self.max_redirects = 0
        self.headers["Accept-Encoding"] = "identity"
        self.adapters.clear()
        self.mount(f"{base_url}/", bounded)

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        address = request.url if isinstance(request.url, str) else ""
        if address.startswith(f"{self.vendor}/"):
            request.url = self.base_url + address.removeprefix(self.vendor)
        return super().prepare_request(request)


def _failure(why: requests.RequestException) -> CallFailed:
    """What a failure of requests means, without its words: they hold the address."""
    reason = why.args[0] if why.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    if isinstance(reason, ProxyError):
        reason = reason.original_error
    if isinstance(reason, (NewConnectionError, ConnectTimeoutError)):
        return NotReached("No connection could be made.")
    if isinstance(reason, SSLError) and _certificate_is_bad(reason):
        return NotReached("The connection is not safe: its certificate does not hold.")
    if isinstance(why, requests.Timeout):
        return NoAnswer("No answer came in time.")
    return NoAnswer("The connection broke.")


def _certificate_is_bad(reason: SSLError) -> bool:
    return any(isinstance(part, ssl.SSLCertVerificationError) for part in reason.args)
