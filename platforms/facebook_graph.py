"""Facebook's Graph API through facebook-sdk 3.1.0, with its traps closed.

The library of 2018 knows no newer version than 3.1, sets no time-out, puts the token into
addresses, and hides status and headers. Here each call goes out through :mod:`platforms.http` with
the token in a header, and every way in which it can fail is one :class:`GraphFailure`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import facebook
import requests

from platforms import http
from platforms.contract import Connection

VENDOR = "https://graph.facebook.com"
VERSION = "v26.0"
A_DAY_S = 86_400.0
_IDS = re.compile(r"[0-9]+(_[0-9]+)*\Z")


class GraphFailure(Exception):
    """A call that did not do what was asked.

    `status` is None where no answer came whole; `reached` is false only where the platform cannot
    have seen the request; `code` is None where the answer was not the platform's own JSON.
    """

    def __init__(
        self,
        *,
        reached: bool = True,
        status: int | None = None,
        code: int | None = None,
        subcode: int | None = None,
        after: timedelta | None = None,
    ) -> None:
        super().__init__(f"status {status}, code {code}")
        self.reached = reached
        self.status = status
        self.code = code
        self.subcode = subcode
        self.after = after


class Graph:
    """One account's way to the Graph API. Every method raises only :class:`GraphFailure`."""

    def __init__(self, connection: Connection) -> None:
        self._transport = _Transport(connection)
        # Without a version: the library would refuse every one that is still alive.
        self._client = facebook.GraphAPI(
            access_token=connection.credential["access_token"], session=self._transport
        )
        self._client.version = VERSION

    def read(self, node: str, **asked: str) -> dict[str, Any]:
        return self._call(lambda: self._client.get_object(node, **asked))

    def read_edge(self, node: str, edge: str, **asked: str | int) -> dict[str, Any]:
        """One page of an edge; its `data` is a list."""
        answer = self._call(lambda: self._client.get_connections(node, edge, **asked))
        if not isinstance(answer.get("data"), list):
            raise GraphFailure(status=self._transport.status)
        return answer

    def put(self, node: str, edge: str, **values: str) -> dict[str, Any]:
        """Make something on an edge; the answer holds its id."""
        return self._with_id(lambda: self._client.put_object(node, edge, **values))

    def put_photo(self, page: str, picture: tuple[str, bytes, str], **values: str) -> str:
        """Upload a picture (name, bytes, type); its id."""
        upload: Callable[[], Any] = lambda: self._client.put_photo(  # noqa: E731
            picture, album_path=f"{page}/photos", **values
        )
        return str(self._with_id(upload)["id"])

    def delete(self, node: str) -> bool:
        """Delete something; whether Facebook says that it did."""
        return self._call(lambda: self._client.delete_object(node)).get("success") is True

    def _with_id(self, call: Callable[[], Any]) -> dict[str, Any]:
        answer = self._call(call)
        if not _IDS.match(str(answer.get("id", ""))):
            raise GraphFailure(status=self._transport.status)
        return answer

    def _call(self, call: Callable[[], Any]) -> dict[str, Any]:
        """The answer as an object; everything else is a failure."""
        self._transport.forget()
        try:
            answer = call()
        except facebook.GraphAPIError as why:
            raise self._failure(why.result) from None
        except http.NotReached:
            raise GraphFailure(reached=False) from None
        except (
            requests.RequestException, ValueError, KeyError, TypeError, AttributeError,
            RecursionError,
        ):  # fmt: skip
            # Also what the library stumbles over: no content type, no JSON, an empty body.
            raise self._failure(None) from None
        if self._transport.status != 200 or not isinstance(answer, dict):
            raise self._failure(None)
        return answer

    def _failure(self, answer: Any) -> GraphFailure:
        about = answer.get("error") if isinstance(answer, dict) else None
        error: Mapping[str, Any] = about if isinstance(about, dict) else {}
        return GraphFailure(
            status=self._transport.status,
            code=_number(error.get("code")),
            subcode=_number(error.get("error_subcode")),
            after=_wait(self._transport.headers),
        )


class _Transport:
    """What the library takes for a `requests` session; it remembers the last answer's head."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.forget()

    def forget(self) -> None:
        self.status: int | None = None
        self.headers: Mapping[str, str] = {}

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send it without the token in address or body: it goes into the Authorization header.

        The time-out is the session's own; `timeout` and `proxies` are the library's, never set.
        """
        del timeout, proxies
        connection = self._connection
        session = http.session(
            VENDOR,
            connection.base_url,
            timeout_s=connection.timeout_s,
            most_bytes=connection.max_answer_bytes,
        )
        response = session.request(
            method,
            url,
            params=_without_token(params),
            data=_without_token(data),
            files=files,
            headers={"Authorization": f"Bearer {connection.credential['access_token']}"},
            allow_redirects=False,
        )
        self.status, self.headers = response.status_code, response.headers
        return response


def _without_token(values: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (values or {}).items() if name != "access_token"}


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wait(headers: Mapping[str, str]) -> timedelta | None:
    """How long Facebook asks us to wait: minutes in `x-business-use-case-usage`, or Retry-After."""
    with suppress(ValueError, TypeError, AttributeError, KeyError, OverflowError):
        used = json.loads(headers.get("x-business-use-case-usage", "{}"))
        cases = [case for of_page in used.values() for case in of_page]
        minutes = max((int(case["estimated_time_to_regain_access"]) for case in cases), default=0)
        if minutes > 0:
            return timedelta(minutes=minutes)
    seconds = headers.get("retry-after", "")
    return timedelta(seconds=min(float(seconds), A_DAY_S)) if seconds.isdecimal() else None
