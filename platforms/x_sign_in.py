"""Signing in at X: OAuth 2.0 with PKCE, for a confidential client.

X's "OAuth 2.0 Authorization Code Flow with PKCE": an access token lasts two hours; with
offline.access there is a refresh token, which works once and brings the next. For a code or token
that it does not know X says `invalid_request` where the RFC says `invalid_grant`.
"""

from __future__ import annotations

from collections.abc import Mapping

from platforms.sign_in import App, Candidate, NotAllowed, Scope, Tokens, renewed, with_scopes
from platforms.token_refusals import Refusals
from platforms.token_server import TokenServer
from platforms.x import XAdapter

PAGES = "https://x.com"
VENDOR = "https://api.x.com"
AUTHORIZE = "/i/oauth2/authorize"
TOKEN = "/2/oauth2/token"  # noqa: S105 - a path
REVOKE = "/2/oauth2/revoke"
REFUSALS = Refusals(
    our_fault={"invalid_client", "unauthorized_client"},
    unknown_token={"invalid_grant", "invalid_request"},
    not_set_up="X does not accept the council's client id or secret. See the settings.",
    code_not_taken="X did not take the code that came back with you. Begin again.",
    sign_in_over="X no longer accepts this account's sign-in. Connect the account again.",
)


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
        return self.server.page(
            PAGES,
            AUTHORIZE,
            state,
            " ".join(scope.name for scope in self.scopes),
            **self.server.challenge(verifier),
        )

    def exchange(self, code: str, verifier: str) -> Tokens:
        body = self.server.client.prepare_request_body(
            code=code, redirect_uri=self.app.redirect_uri, code_verifier=verifier
        )
        tokens = with_scopes(self.server.tokens(TOKEN, body, REFUSALS.of_code), self.scopes)
        if not tokens.refresh_token:
            raise NotAllowed("X would end this connection in two hours. Allow everything asked.")
        return tokens

    def candidates(self, tokens: Tokens) -> tuple[Candidate, ...]:
        """X lets one account in at a time."""
        credential = renewed({}, tokens)
        identity = XAdapter(self.app.connection("x", credential)).identify()
        return (Candidate("x", identity, credential, identity.remote_id),)

    def refresh(self, credential: Mapping[str, str]) -> Tokens:
        token = credential.get("refresh_token", "")
        if not token:
            raise REFUSALS.expired()
        body = self.server.client.prepare_refresh_body(refresh_token=token)
        return with_scopes(self.server.tokens(TOKEN, body, REFUSALS.of_token), self.scopes)

    def revoke(self, credential: Mapping[str, str], allowed_by: str) -> None:
        """Both tokens, the one that lasts first."""
        for kind in ("refresh_token", "access_token"):
            if credential.get(kind):
                self.server.revoke(REVOKE, credential[kind], kind, REFUSALS.of_token)
