"""Signing in at X: OAuth 2.0 with PKCE, for a confidential client.

X's "OAuth 2.0 Authorization Code Flow with PKCE": an access token lasts two hours; with
offline.access there is a refresh token, which works once and brings the next. For a code or token
that it does not know X says `invalid_request` where the RFC says `invalid_grant`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from platforms.contract import Connection
from platforms.errors import PlatformError, SignInExpired
from platforms.sign_in import App, Candidate, NotAllowed, NotSetUp, Scope, Tokens, renewed
from platforms.token_server import TokenServer, Values, word
from platforms.x import XAdapter

PAGES = "https://x.com"
VENDOR = "https://api.x.com"
AUTHORIZE = "/i/oauth2/authorize"
TOKEN = "/2/oauth2/token"  # noqa: S105 - a path
REVOKE = "/2/oauth2/revoke"
UNKNOWN_TOKEN = {"invalid_grant", "invalid_request"}
OUR_FAULT = {"invalid_client", "unauthorized_client"}


class XSignIn:
    """See :class:`platforms.sign_in.SignIn`."""

    scopes: tuple[Scope, ...] = (
        Scope("tweet.read", "Read the account’s posts and what is said to it"),
        Scope("tweet.write", "Post, and delete posts"),
        Scope("users.read", "See which account it is, and its public figures"),
        Scope("media.write", "Upload pictures and describe them"),
        Scope("offline.access", "Stay connected without asking you every two hours"),
    )
    uses_pkce = True
    refreshes = True

    def __init__(self, app: App) -> None:
        self.app = app
        self.server = TokenServer(app, "X", VENDOR, in_header=True)

    def address(self, state: str, verifier: str) -> str:
        client = self.server.client
        query: str = client.prepare_request_uri(
            f"{PAGES}{AUTHORIZE}",
            redirect_uri=self.app.redirect_uri,
            scope=[scope.name for scope in self.scopes],
            state=state,
            code_challenge=client.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
        )
        return self.app.page_url.rstrip("/") + query.removeprefix(PAGES)

    def exchange(self, code: str, verifier: str) -> Tokens:
        body = self.server.client.prepare_request_body(
            code=code, redirect_uri=self.app.redirect_uri, code_verifier=verifier
        )
        tokens = self._all(self.server.tokens(TOKEN, body, _not_exchanged))
        if not tokens.refresh_token:
            raise NotAllowed("X would end this connection in two hours. Allow everything asked.")
        return tokens

    def candidates(self, tokens: Tokens) -> tuple[Candidate, ...]:
        """X lets one account in at a time."""
        credential = renewed({}, tokens)
        connection = Connection(
            platform="x",
            handle="",
            remote_id="",
            base_url=self.app.api_url,
            timeout_s=self.app.timeout_s,
            max_answer_bytes=self.app.max_answer_bytes,
            credential=credential,
        )
        identity = XAdapter(connection).identify()
        return (Candidate("x", identity, credential, identity.remote_id),)

    def refresh(self, credential: Mapping[str, str]) -> Tokens:
        token = credential.get("refresh_token", "")
        if not token:
            raise _expired()
        body = self.server.client.prepare_refresh_body(refresh_token=token)
        return self._all(self.server.tokens(TOKEN, body, _not_refreshed))

    def revoke(self, credential: Mapping[str, str], allowed_by: str) -> None:
        """Both tokens, the one that lasts first."""
        for kind in ("refresh_token", "access_token"):
            if credential.get(kind):
                self.server.revoke(REVOKE, credential[kind], kind, _not_refreshed)

    def _all(self, tokens: Tokens) -> Tokens:
        """An answer without scopes means those that were asked for (RFC 6749, 5.1)."""
        every = tuple(scope.name for scope in self.scopes)
        return tokens if tokens.scopes else replace(tokens, scopes=every)


def _expired() -> SignInExpired:
    return SignInExpired("X no longer accepts this account's sign-in. Connect the account again.")


def _not_set_up(status: int, answer: Values) -> NotSetUp | None:
    if status == 401 or word(answer) in OUR_FAULT:
        return NotSetUp("X does not accept the council's client id or secret. See the settings.")
    return None


def _not_exchanged(status: int, answer: Values) -> PlatformError | None:
    if wrong := _not_set_up(status, answer):
        return wrong
    if word(answer):
        return NotAllowed("X did not take the code that came back with you. Begin again.")
    return None


def _not_refreshed(status: int, answer: Values) -> PlatformError | None:
    if wrong := _not_set_up(status, answer):
        return wrong
    return _expired() if word(answer) in UNKNOWN_TOKEN else None
