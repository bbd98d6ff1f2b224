"""Signing in at Facebook for pages and the Instagram accounts that belong to them.

Meta's "Manually Build a Login Flow" and "Long-Lived Access Tokens": the code becomes a person's
token of an hour, that one of sixty days, and with it come page tokens, which do not end by
themselves. What is kept for an account is its page token alone. Nothing can be renewed without a
person: what an app may read ends ninety days after somebody last signed in to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import requests

from platforms import http
from platforms.contract import Identity
from platforms.errors import OutcomeUnknown, PlatformError, SignInExpired, TryLater
from platforms.facebook import PUBLIC
from platforms.facebook_errors import DEFAULT_WAIT, TOO_MANY, reading
from platforms.facebook_graph import VENDOR, VERSION, Graph
from platforms.sign_in import App, Candidate, NotAllowed, NotSetUp, Scope, Tokens, is_token
from platforms.token_server import TokenServer, Values

AUTHORIZE = f"/{VERSION}/dialog/oauth"
TOKEN = f"/{VERSION}/oauth/access_token"
INSTAGRAM = "https://www.instagram.com"
FIELDS = "id,name,username,link,access_token,tasks,instagram_business_account{id,username,name}"
DATA_ACCESS = timedelta(days=90)
POSTING = "CREATE_CONTENT"
MOST_PAGES = 20
"""Answers of a hundred pages each: nobody runs more."""
CODE_REFUSED = {100, 190}
WRONG_ADDRESS = 36008
OUR_FAULT = {1, 101}
"""A wrong secret or a wrong id, where a code or token is exchanged."""
GONE = {100, 803}
"""What Facebook says of a person or a permission that is not there any more."""


class FacebookSignIn:
    """See :class:`platforms.sign_in.SignIn`."""

    scopes: tuple[Scope, ...] = (
        Scope("pages_show_list", "See which pages you run"),
        Scope("pages_read_engagement", "Read the page’s posts and public figures"),
        Scope("pages_read_user_content", "Read what people write under its posts and about it"),
        Scope("pages_manage_posts", "Post on the page, and delete posts"),
        Scope(
            "instagram_basic", "See the Instagram account that belongs to the page", needed=False
        ),
    )
    uses_pkce = False
    refreshes = False

    def __init__(self, app: App) -> None:
        self.app = app
        self.server = TokenServer(app, "Facebook", VENDOR, in_header=False)

    def address(self, state: str, verifier: str) -> str:
        """Facebook's flow for servers has no PKCE: state and secret carry it."""
        scope = ",".join(scope.name for scope in self.scopes)
        return self.server.page(PUBLIC, AUTHORIZE, state, scope)

    def exchange(self, code: str, verifier: str) -> Tokens:
        """A person's token of sixty days, and what they allowed."""
        body = self.server.client.prepare_request_body(
            code=code,
            redirect_uri=self.app.redirect_uri,
            client_secret=self.app.client_secret,
        )
        short = self.server.tokens(TOKEN, body, _not_exchanged)
        lengthen = {
            "grant_type": "fb_exchange_token",
            "client_id": self.app.client_id,
            "client_secret": self.app.client_secret,
            "fb_exchange_token": short.access_token,
        }
        try:
            tokens = self.server.tokens(TOKEN, urlencode(lengthen), _not_exchanged)
            granted = tuple(self._granted(tokens))
        except TryLater as why:
            # The code is spent by now.
            raise OutcomeUnknown(why.message) from None
        return replace(tokens, expires_at=datetime.now(UTC) + DATA_ACCESS, scopes=granted)

    def candidates(self, tokens: Tokens) -> tuple[Candidate, ...]:
        """Each page that the person runs, and each Instagram account of such a page."""
        graph = self._graph(tokens)
        with reading():
            person = _number(graph.read("me", fields="id")["id"])
            pages = [_of_page(page, person) for page in _every(graph, "accounts", fields=FIELDS)]
        return tuple(candidate for of_page in pages for candidate in of_page)

    def refresh(self, credential: Mapping[str, str]) -> Tokens:
        """Not possible at Facebook: always raises SignInExpired."""
        raise SignInExpired("A page's sign-in to Facebook cannot be renewed. Connect it again.")

    def revoke(self, credential: Mapping[str, str], allowed_by: str) -> None:
        """Take back everything that this person allowed the council's app, for all their pages."""
        app, person = self.app, _number(allowed_by)
        session = http.session(
            VENDOR, app.api_url, timeout_s=app.timeout_s, most_bytes=app.max_answer_bytes
        )
        try:
            response = session.delete(
                f"{VENDOR}/{VERSION}/{person}/permissions",
                headers={"Authorization": f"Bearer {app.client_id}|{app.client_secret}"},
                allow_redirects=False,
            )
            answer = response.json()
        except (requests.RequestException, ValueError, RecursionError):
            raise TryLater("Facebook gave no answer that could be used.") from None
        if not isinstance(answer, dict):
            raise TryLater("Facebook gave no answer that could be used.")
        if answer.get("success") is True:
            return
        if not 400 <= response.status_code < 500 or _code(answer)[0] not in GONE:
            raise _not_set_up(answer) or TryLater("Facebook has not taken the permission back.")

    def _granted(self, tokens: Tokens) -> Iterator[str]:
        with reading():
            for one in _every(self._graph(tokens), "permissions"):
                if one["status"] == "granted":
                    yield str(one["permission"])

    def _graph(self, tokens: Tokens) -> Graph:
        credential = {"access_token": tokens.access_token}
        return Graph(self.app.connection("facebook", credential))


def _every(graph: Graph, edge: str, **asked: str) -> Iterator[Mapping[str, Any]]:
    """Everything on an edge of the person who is signed in."""
    for _ in range(MOST_PAGES):
        answer = graph.read_edge("me", edge, limit=100, **asked)
        yield from answer["data"]
        paging = answer.get("paging") or {}
        if not paging.get("next"):
            return
        asked["after"] = str(paging["cursors"]["after"])
    raise TryLater("Facebook lists more pages than one person can run.")


def _of_page(page: Mapping[str, Any], person: str) -> Iterator[Candidate]:
    remote_id, name = str(page["id"]), str(page["name"])
    handle = str(page.get("username") or remote_id)
    credential = {"access_token": page.get("access_token", "")}
    if not (credential["access_token"] and is_token(credential["access_token"])):
        return
    obstacle = "" if POSTING in (page.get("tasks") or ()) else "You may not post on this page."
    address = str(page.get("link") or f"{PUBLIC}/{handle}")
    identity = Identity(remote_id, handle, name, address)
    yield Candidate("facebook", identity, credential, person, obstacle)
    instagram = page.get("instagram_business_account")
    if instagram:
        handle = str(instagram["username"])
        identity = Identity(
            str(instagram["id"]),
            handle,
            str(instagram.get("name") or handle),
            f"{INSTAGRAM}/{handle}",
        )
        yield Candidate("instagram", identity, credential, person, obstacle, part_of=remote_id)


def _number(remote_id: object) -> str:
    """A person's id, which goes into an address; raises ValueError for anything else."""
    text = str(remote_id)
    if not (text.isascii() and text.isdecimal()):
        raise ValueError("not an id of Facebook's")
    return text


def _not_set_up(answer: Values) -> NotSetUp | None:
    code, subcode = _code(answer)
    if code in OUR_FAULT or subcode == WRONG_ADDRESS:
        words = "Facebook does not accept the council's app id, secret or return address."
        return NotSetUp(f"{words} See the settings.")
    return None


def _not_exchanged(status: int, answer: Values) -> PlatformError | None:
    if wrong := _not_set_up(answer):
        return wrong
    code, _ = _code(answer)
    if code in TOO_MANY:
        return TryLater("Facebook asks us to wait: too many calls.", after=DEFAULT_WAIT)
    if code in CODE_REFUSED:
        return NotAllowed("Facebook did not take the code that came back with you. Begin again.")
    return None


def _code(answer: Values) -> tuple[int | None, int | None]:
    """Facebook's code and subcode for what went wrong."""
    error = answer.get("error")
    if not isinstance(error, dict):
        return None, None
    code, subcode = error.get("code"), error.get("error_subcode")
    return (
        code if isinstance(code, int) else None,
        subcode if isinstance(subcode, int) else None,
    )
