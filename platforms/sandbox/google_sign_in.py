"""Google's authorisation server for YouTube: PKCE, tokens of an hour, refresh tokens that stay."""

from __future__ import annotations

from platforms.sandbox import grants, sign_in
from platforms.sandbox.calls import Answer, Call, Endpoint
from platforms.sandbox.rows import App, Permission

VENDOR = sign_in.Vendor(
    platform="youtube",
    name="Google",
    scopes=tuple(
        f"https://www.googleapis.com/auth/{name}"
        for name in ("youtube", "youtube.force-ssl", "youtube.readonly", "youtube.upload")
    ),
    may_untick=True,
)
ACCESS_S = 3599
WRONG_CODE = {
    "unknown": ("invalid_grant", "Malformed auth code."),
    "redirect": ("redirect_uri_mismatch", "Bad Request"),
    "verifier": ("invalid_grant", "Invalid code verifier."),
}


def authorize(call: Call) -> Answer:
    return sign_in.page(call, VENDOR)


def decide(call: Call) -> Answer:
    return sign_in.decide(call, VENDOR)


def token(call: Call) -> Answer:
    app = grants.app_called(call.world, "youtube", call.field("client_id"))
    if app is None:
        return sign_in.token_error("invalid_client", "The OAuth client was not found.", 401)
    if app.client_secret != call.field("client_secret"):
        return sign_in.token_error("invalid_client", "Unauthorized", 401)
    if call.field("grant_type") == "authorization_code":
        return _exchange(call, app)
    if call.field("grant_type") == "refresh_token":
        return _refresh(call, app)
    words = f"Invalid grant_type: {call.field('grant_type')}"
    return sign_in.token_error("unsupported_grant_type", words)


def revoke(call: Call) -> Answer:
    """Whichever token is named, the whole permission ends."""
    issued = grants.find(call, call.field("token"))
    if issued is None or grants.permission(call, issued.permission_id).revoked_at:
        return sign_in.token_error("invalid_token", "Token expired or revoked")
    grants.revoke(call, grants.permission(call, issued.permission_id))
    return Answer(200, {})


def _exchange(call: Call, app: App) -> Answer:
    code = grants.find(call, call.field("code"), "code")
    wrong = grants.wrong_with_code(call, code, app)
    if code is None or wrong:
        return sign_in.token_error(*WRONG_CODE.get(wrong, ("invalid_grant", "Bad Request")))
    grants.use(call, code)
    given = grants.permission(call, code.permission_id)
    body = _access(call, given)
    # Somebody who has allowed the app before is given another only when asked anew.
    if code.extra["offline"] and (code.extra["consent"] or grants.is_first(call, given)):
        body["refresh_token"] = grants.issue(call, given, "refresh", prefix="1//").value
    return sign_in.answer_with(call, VENDOR, body)


def _refresh(call: Call, app: App) -> Answer:
    kept = grants.refresh_token_of(call, app)
    grants.count_refresh(call.world, "youtube", "done" if kept else "refused")
    if kept is None:
        return sign_in.token_error("invalid_grant", "Token has been expired or revoked.")
    given = grants.permission(call, kept.permission_id)
    return sign_in.answer_with(call, VENDOR, _access(call, given))


def _access(call: Call, given: Permission) -> dict[str, object]:
    issued = grants.issue(call, given, "access", prefix="ya29.", lasts_s=ACCESS_S)
    return {
        "access_token": issued.value,
        "expires_in": ACCESS_S,
        "scope": " ".join(given.scopes),
        "token_type": "Bearer",
    }


ENDPOINTS = (
    Endpoint("GET", "/o/oauth2/v2/auth", "authorize", authorize, "sign_in", signed_in=False),
    Endpoint("POST", "/o/oauth2/v2/auth", "decide", decide, "sign_in", signed_in=False),
    Endpoint("POST", "/token", "token", token, "sign_in", sign_in.grant_type, signed_in=False),
    Endpoint("POST", "/revoke", "revoke", revoke, "sign_in", signed_in=False),
)
