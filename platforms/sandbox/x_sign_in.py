"""X's authorisation server: OAuth 2.0 with PKCE, tokens of two hours, refresh tokens used once."""

from __future__ import annotations

import base64
import binascii

from platforms.sandbox import grants, sign_in
from platforms.sandbox.calls import Answer, Call, Endpoint
from platforms.sandbox.rows import App, Permission

VENDOR = sign_in.Vendor(
    platform="x",
    name="X",
    scopes=(
        "block.read", "bookmark.read", "bookmark.write", "dm.read", "dm.write", "follows.read",
        "follows.write", "like.read", "like.write", "list.read", "list.write", "media.write",
        "mute.read", "mute.write", "offline.access", "space.read", "timeline.read",
        "tweet.moderate.write", "tweet.read", "tweet.write", "users.read",
    ),
    needs_pkce=True,
)  # fmt: skip
ACCESS_S = 7200
REFRESH_S = 183 * 86_400.0
WRONG_CODE = {
    "redirect": (
        "Value passed for the redirect uri did not match the uri of the authorization code."
    ),
    "verifier": "Value passed for the code verifier did not match the code challenge.",
}
WRONG = "Value passed for the authorization code was invalid."


def authorize(call: Call) -> Answer:
    return sign_in.page(call, VENDOR)


def decide(call: Call) -> Answer:
    return sign_in.decide(call, VENDOR)


def token(call: Call) -> Answer:
    app = _app(call)
    if app is None:
        return _no_client()
    if call.field("grant_type") == "authorization_code":
        return _exchange(call, app)
    if call.field("grant_type") == "refresh_token":
        return _refresh(call, app)
    return sign_in.token_error(
        "unsupported_grant_type", "Value passed for the grant type was invalid."
    )


def revoke(call: Call) -> Answer:
    app = _app(call)
    if app is None:
        return _no_client()
    issued = grants.find(call, call.field("token"))
    if issued is None or issued.kind == "code":
        return sign_in.token_error("invalid_request", "Value passed for the token was invalid.")
    grants.revoke_one(call, issued)
    return Answer(200, {"revoked": True})


def _exchange(call: Call, app: App) -> Answer:
    code = grants.find(call, call.field("code"), "code")
    wrong = grants.wrong_with_code(call, code, app)
    if code is None or wrong:
        return sign_in.token_error("invalid_request", WRONG_CODE.get(wrong, WRONG))
    grants.use(call, code)
    return _issue(call, grants.permission(call, code.permission_id))


def _refresh(call: Call, app: App) -> Answer:
    """The old refresh token ends with this."""
    old = grants.refresh_token_of(call, app)
    if old is None:
        grants.count_refresh(call.world, "x", "refused")
        return sign_in.token_error("invalid_request", "Value passed for the token was invalid.")
    grants.use(call, old)
    grants.count_refresh(call.world, "x", "done")
    return _issue(call, grants.permission(call, old.permission_id))


def _issue(call: Call, given: Permission) -> Answer:
    body = {
        "token_type": "bearer",
        "expires_in": ACCESS_S,
        "access_token": grants.issue(call, given, "access", lasts_s=ACCESS_S).value,
        "scope": " ".join(given.scopes),
    }
    if "offline.access" in given.scopes:
        body["refresh_token"] = grants.issue(call, given, "refresh", lasts_s=REFRESH_S).value
    return sign_in.answer_with(call, VENDOR, body)


def _app(call: Call) -> App | None:
    """The app that the Authorization header names, if its secret is right."""
    kind, _, value = call.headers.get("Authorization", "").partition(" ")
    try:
        client_id, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    app = grants.app_called(call.world, "x", client_id)
    return app if kind == "Basic" and app and app.client_secret == secret else None


def _no_client() -> Answer:
    return sign_in.token_error("unauthorized_client", "Missing valid authorization header", 401)


ENDPOINTS = (
    Endpoint("GET", "/i/oauth2/authorize", "authorize", authorize, "sign_in", signed_in=False),
    Endpoint("POST", "/i/oauth2/authorize", "decide", decide, "sign_in", signed_in=False),
    Endpoint(
        "POST", "/2/oauth2/token", "token", token, "sign_in", sign_in.grant_type, signed_in=False
    ),
    Endpoint("POST", "/2/oauth2/revoke", "revoke", revoke, "sign_in", signed_in=False),
)
