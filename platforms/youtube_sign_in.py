"""Signing in at Google for a YouTube channel: OAuth 2.0 with PKCE.

Google's "Using OAuth 2.0 for Web Server Applications": an access token lasts an hour; a refresh
token comes with access_type=offline, and with prompt=consent also when the same person has allowed
it before. It works many times, so renewing brings no other. People may untick what was asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from platforms.contract import Identity
from platforms.sign_in import App, Candidate, NotAllowed, Scope, Tokens, renewed, with_scopes
from platforms.token_refusals import Refusals
from platforms.token_server import TokenServer
from platforms.youtube import PUBLIC
from platforms.youtube_client import Transport, service
from platforms.youtube_errors import reading

PAGES = "https://accounts.google.com"
VENDOR = "https://oauth2.googleapis.com"
AUTHORIZE = "/o/oauth2/v2/auth"
TOKEN = "/token"  # noqa: S105 - a path
REVOKE = "/revoke"
REFUSALS = Refusals(
    our_fault={"invalid_client", "unauthorized_client", "redirect_uri_mismatch"},
    unknown_token={"invalid_grant", "invalid_token"},
    not_set_up=(
        "Google does not accept the council's client id, secret or return address. "
        "See the settings."
    ),
    code_not_taken="Google did not take the code that came back with you. Begin again.",
    sign_in_over="YouTube no longer accepts this channel's sign-in. Connect the channel again.",
)


class YouTubeSignIn:
    """See :class:`platforms.sign_in.SignIn`."""

    scopes: tuple[Scope, ...] = (
        Scope(
            "https://www.googleapis.com/auth/youtube.upload",
            "Upload videos to the channel",
        ),
        Scope(
            "https://www.googleapis.com/auth/youtube.force-ssl",
            "See the channel, its videos and comments, answer comments, add captions, and delete "
            "videos",
        ),
    )
    uses_pkce = True
    refreshes = True

    def __init__(self, app: App) -> None:
        self.app = app
        self.server = TokenServer(app, "Google", VENDOR, in_header=False)

    def address(self, state: str, verifier: str) -> str:
        return self.server.page(
            PAGES,
            AUTHORIZE,
            state,
            " ".join(scope.name for scope in self.scopes),
            **self.server.challenge(verifier),
            access_type="offline",
            prompt="consent",
        )

    def exchange(self, code: str, verifier: str) -> Tokens:
        body = self.server.client.prepare_request_body(
            code=code,
            redirect_uri=self.app.redirect_uri,
            code_verifier=verifier,
            client_secret=self.app.client_secret,
        )
        tokens = with_scopes(self.server.tokens(TOKEN, body, REFUSALS.of_code), self.scopes)
        if not tokens.refresh_token:
            raise NotAllowed("Google would end this connection in an hour. Begin again.")
        return tokens

    def candidates(self, tokens: Tokens) -> tuple[Candidate, ...]:
        """The channel that the person chose at Google; none where they have no channel."""
        credential = renewed({}, tokens)
        transport = Transport(self.app.connection("youtube", credential))
        with reading():
            asked = service(transport).channels().list(part="id,snippet", mine=True)
            found = [_identity(channel) for channel in asked.execute().get("items") or []]
        return tuple(
            Candidate("youtube", identity, credential, identity.remote_id) for identity in found
        )

    def refresh(self, credential: Mapping[str, str]) -> Tokens:
        token = credential.get("refresh_token", "")
        if not token:
            raise REFUSALS.expired()
        body = self.server.client.prepare_refresh_body(
            refresh_token=token,
            client_id=self.app.client_id,
            client_secret=self.app.client_secret,
        )
        return with_scopes(self.server.tokens(TOKEN, body, REFUSALS.of_token), self.scopes)

    def revoke(self, credential: Mapping[str, str], allowed_by: str) -> None:
        """Google takes everything back that this permission gave, whichever token is named."""
        kind = "refresh_token" if credential.get("refresh_token") else "access_token"
        self.server.revoke(REVOKE, credential[kind], kind, REFUSALS.of_token)


def _identity(channel: Mapping[str, Any]) -> Identity:
    """A channel without a handle is known by its id."""
    remote_id, about = str(channel["id"]), channel["snippet"]
    handle = str(about.get("customUrl") or "")
    address = f"{PUBLIC}/{handle}" if handle else f"{PUBLIC}/channel/{remote_id}"
    return Identity(remote_id, handle.removeprefix("@") or remote_id, str(about["title"]), address)
