"""YouTube's Data API v3 through google-api-python-client, with its traps closed.

The library brings the API's description along, so nothing is asked of the network to begin with.
It speaks through an `httplib2` object; ours hands every call to :mod:`platforms.http`, which knows
time-outs, limits and base addresses, and follows no redirect (Google uses 308 for something else).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import googleapiclient
import httplib2
from googleapiclient.discovery import build_from_document

from platforms import http
from platforms.contract import Connection

VENDOR = "https://youtube.googleapis.com"
"""What the API's description names as its root."""
GOOGLE = ".googleapis.com"

# It warns with the whole body of an answer.
logging.getLogger("googleapiclient.http").setLevel(logging.ERROR)


class Elsewhere(Exception):
    """An address outside of Google's API: an account's token is not sent there."""


class Transport:
    """What the library takes for an `httplib2.Http`, signed in as one account."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        **unused: Any,
    ) -> tuple[httplib2.Response, bytes]:
        """Raises `platforms.http.CallFailed`, or `Elsewhere`."""
        connection = self._connection
        vendor, base_url, url = self._way(uri)
        session = http.session(
            vendor,
            base_url,
            timeout_s=connection.timeout_s,
            most_bytes=connection.max_answer_bytes,
        )
        signed = {
            **{name: value for name, value in (headers or {}).items() if name not in _OWN},
            "Authorization": f"Bearer {connection.credential['access_token']}",
        }
        data = body.read() if hasattr(body, "read") else body
        answer = session.request(method, url, data=data, headers=signed, allow_redirects=False)
        head = {name.lower(): value for name, value in answer.headers.items()}
        response = httplib2.Response({**head, "status": str(answer.status_code)})
        response.reason = answer.reason or ""
        return response, answer.content

    def _way(self, uri: str) -> tuple[str, str, str]:
        """Vendor, base and address for :func:`platforms.http.session`.

        The address of an upload comes from the platform, which writes its own base into it.
        """
        base_url = self._connection.base_url.rstrip("/")
        for root in (VENDOR, base_url):
            if uri.startswith(f"{root}/"):
                return VENDOR, base_url, VENDOR + uri.removeprefix(root)
        parts = urlsplit(uri)
        if base_url == VENDOR and parts.scheme == "https" and parts.netloc.endswith(GOOGLE):
            root = f"https://{parts.netloc}"
            return root, root, uri
        raise Elsewhere


_OWN = frozenset({"accept-encoding", "content-length", "Content-Length"})
"""Headers that :mod:`platforms.http` and requests set by themselves."""


@cache
def _description() -> Any:
    folder = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
    return json.loads((folder / "youtube.v3.json").read_text(encoding="utf-8"))


def service(transport: Transport) -> Any:
    """The library's client of the API."""
    return build_from_document(_description(), http=transport)
