"""What the sandbox's APIs are made of: a call in, an answer out, endpoints between them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from platforms.sandbox.rows import Account, Token

if TYPE_CHECKING:
    from aiohttp.web import FileField
    from multidict import MultiMapping

    from platforms.sandbox.rate_limits import Window
    from platforms.sandbox.store import Store
    from platforms.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `body` is bytes as they are, or anything that JSON can hold."""

    status: int = 200
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"

    def payload(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False, separators=(",", ":")).encode()


class Problem(Exception):
    """Raised by an endpoint to answer with an error of the vendor's shape."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(slots=True)
class Call:
    """One request, read whole. `account` and `token` are set where the sign-in is known."""

    world: World
    method: str
    path: str
    origin: str
    """Scheme, host and port by which the caller reached the sandbox."""
    parts: Mapping[str, str]
    """What stood in the path's placeholders."""
    query: MultiMapping[str]
    headers: Mapping[str, str]
    body: bytes
    form: MultiMapping[str | bytes | bytearray | FileField]
    """A form's fields where the request had any (then `body` is empty)."""
    token: Token | None = None
    account: Account | None = None

    @property
    def store(self) -> Store:
        return self.world.store

    @property
    def who(self) -> Account:
        """The account; only for endpoints with `signed_in`."""
        if self.account is None:
            raise LookupError("This endpoint needs `signed_in`.")
        return self.account

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; an empty one where it is not."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def field(self, name: str, default: str = "") -> str:
        """A text field of the form or else of the query."""
        value = self.form.get(name, self.query.get(name, default))
        return value if isinstance(value, str) else default


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `calls` in `window_s` seconds for each account."""

    calls: int
    window_s: float


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation. `name` is what rules, counters and reports call it."""

    method: str
    path: str
    name: str
    handle: Callable[[Call], Answer]
    group: str = "read"
    """publish (the call may make something public), upload (a step before that), delete or read."""
    text: Callable[[Call], str] = lambda call: ""
    """What is being said, for rules that look at the text and for counting calls for a text."""
    signed_in: bool = True
    limit: Limit | None = None


class Errors(Protocol):
    """How a vendor says no, in its own shape."""

    def signed_out(self, call: Call, state: str) -> Answer:
        """`state`: unknown, expired or revoked."""

    def rate_limited(self, call: Call, window: Window) -> Answer: ...

    def server_error(self, call: Call) -> Answer: ...

    def duplicate(self, call: Call) -> Answer: ...

    def not_found(self, call: Call) -> Answer: ...


def no_headers(window: Window) -> Mapping[str, str]:
    """For a vendor that does not say how much is left."""
    return {}


@dataclass(frozen=True, slots=True)
class Api:
    """One vendor's API, mounted under `/<prefix>`."""

    platform: str
    prefix: str
    endpoints: Sequence[Endpoint]
    errors: Errors
    token: Callable[[Call], str]
    """The secret that the call carries, or an empty string."""
    new_id: Callable[[World, str, Account | None, float], str]
    """A new remote id for (world, what, whose, when).

    What: account, person, post, mention, tagged or comment, or what the API's own code asks for.
    """
    said_as: tuple[str, ...] = ("mention",)
    """In which ways residents speak to an account here; the first needs no post to answer to."""
    limit_headers: Callable[[Window], Mapping[str, str]] = no_headers
