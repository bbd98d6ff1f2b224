"""Facebook Login: people sign in, and their tokens open the pages they run.

A person is an account whose `extra` names the pages by handle, `{"runs": ["WealdmoorDC"]}`, and
may name their `tasks` there. A page's `extra` may hold `instagram`: id, username and name.
"""

from __future__ import annotations

from typing import Any

from platforms.sandbox import grants, sign_in
from platforms.sandbox.calls import Answer, Call, Endpoint
from platforms.sandbox.graph_errors import error, invalid
from platforms.sandbox.graph_nodes import PAGE_DEFAULT, asked_of, page_node, pick
from platforms.sandbox.graph_paging import after_cursor, answer_page, how_many, read_cursor
from platforms.sandbox.rows import Account, App, Permission


def people(call: Call, platform: str) -> list[Account]:
    """Who can sign in: those who run pages."""
    return [one for one in call.store.accounts() if one.platform == platform and is_person(one)]


def is_person(account: Account) -> bool:
    return "runs" in account.extra


VENDOR = sign_in.Vendor(
    platform="facebook",
    name="Facebook",
    scopes=(
        "business_management", "instagram_basic", "instagram_content_publish",
        "instagram_manage_comments", "pages_manage_engagement", "pages_manage_posts",
        "pages_read_engagement", "pages_read_user_content", "pages_show_list", "public_profile",
        "read_insights",
    ),
    may_untick=True,
    denied={
        "error_code": "200",
        "error_description": "Permissions error",
        "error_reason": "user_denied",
    },
    fragment="#_=_",
    separator=",",
    who=people,
)  # fmt: skip
VERSION = r"/{version:v\d+\.\d+}"
SHORT_S = 5108
LONG_S = 5_183_944
TASKS = ["ANALYZE", "ADVERTISE", "MODERATE", "CREATE_CONTENT", "MANAGE"]
WRONG_CODE = {
    "unknown": (None, "Invalid verification code format."),
    "used": (36009, "This authorization code has been used."),
    "expired": (36007, "This authorization code has expired."),
    "redirect": (
        36008,
        (
            "Error validating verification code. Please make sure your redirect_uri is identical "
            "to the one you used in the OAuth dialog request"
        ),
    ),
}


def dialog(call: Call) -> Answer:
    return sign_in.page(call, VENDOR)


def decide(call: Call) -> Answer:
    return sign_in.decide(call, VENDOR)


def token(call: Call) -> Answer:
    app = grants.app_called(call.world, "facebook", call.field("client_id"))
    if app is None:
        words = "Error validating application. Cannot get application info due to a system error."
        return error(call, 400, 101, words)
    if app.client_secret != call.field("client_secret"):
        return error(call, 400, 1, "Error validating client secret.")
    if call.field("grant_type") == "fb_exchange_token":
        return _lengthen(call, app)
    code = grants.find(call, call.field("code"), "code")
    wrong = grants.wrong_with_code(call, code, app)
    if code is None or wrong:
        subcode, words = WRONG_CODE[wrong]
        more: dict[str, Any] = {"error_subcode": subcode} if subcode else {}
        return error(call, 400, 100, words, **more)
    grants.use(call, code)
    return _issue(call, grants.permission(call, code.permission_id), SHORT_S)


def accounts(call: Call) -> Answer:
    """The pages that the person runs, each with its token."""
    given = _given(call)
    asked = asked_of(call, f"{PAGE_DEFAULT},access_token,tasks")
    pages = [_page(call, handle) for handle in call.who.extra.get("runs", ())]
    rows = [page for page in pages if page and "pages_show_list" in given.scopes]
    query = {name: value for name, value in call.query.items() if name != "access_token"}
    if "after" in query:
        rows = list(after_cursor(rows, read_cursor(call, query["after"])[1]))
    limit = how_many(call, query.get("limit"))

    def write(page: Account) -> dict[str, Any]:
        return pick(call, {**page_node(call, page), **_of_person(call, given, page)}, asked)

    return Answer(200, answer_page(call, "me/accounts", rows, limit, write, query))


def permissions(call: Call) -> Answer:
    given = _given(call)
    asked = {"granted": given.scopes, "declined": grants.declined(call, given)}
    rows = [
        {"permission": scope, "status": status}
        for status, scopes in asked.items()
        for scope in scopes
    ]
    return Answer(200, {"data": rows})


def take_back(call: Call) -> Answer:
    """The app itself may end what a person allowed it: its token is `id|secret`."""
    bearer = call.headers.get("Authorization", "").removeprefix("Bearer ")
    client_id, _, secret = bearer.partition("|")
    app = grants.app_called(call.world, "facebook", client_id)
    if app is None or app.client_secret != secret:
        return error(call, 400, 101, "Error validating application. Invalid application ID.")
    person = call.store.account_by_remote_id("facebook", call.parts["id"])
    allowed = grants.given_by(call, app, person) if person else []
    if not allowed:
        raise invalid(call, "User has not authorized the application")
    for given in allowed:
        grants.revoke(call, given)
    return Answer(200, {"success": True})


def _lengthen(call: Call, app: App) -> Answer:
    short = grants.find(call, call.field("fb_exchange_token"), "access")
    given = grants.permission(call, short.permission_id) if short else None
    if short is None or given is None or given.client_id != app.client_id or given.revoked_at:
        return error(call, 400, 190, "Invalid OAuth access token - Cannot parse access token")
    if grants.is_over(call, short):
        return error(call, 400, 190, "Error validating access token", error_subcode=463)
    return _issue(call, given, LONG_S)


def _issue(call: Call, given: Permission, lasts_s: int) -> Answer:
    issued = grants.issue(call, given, "access", prefix="EAA", lasts_s=lasts_s)
    body = {"access_token": issued.value, "token_type": "bearer", "expires_in": lasts_s}
    return sign_in.answer_with(call, VENDOR, body)


def _given(call: Call) -> Permission:
    """What the person behind the token allowed; raises the vendor's error for a page's token."""
    issued = grants.find(call, call.token.value) if call.token else None
    if issued is None or not is_person(call.who):
        raise invalid(call, "Tried accessing nonexisting field (accounts)")
    return grants.permission(call, issued.permission_id)


def _page(call: Call, handle: str) -> Account | None:
    page = call.store.account_called("facebook", handle)
    return page if page and not is_person(page) else None


def _of_person(call: Call, given: Permission, page: Account) -> dict[str, Any]:
    issued = grants.of_account(call, given, page)
    if issued is None:
        issued = grants.issue(call, given, "access", prefix="EAAP", account=page)
    may_see = "instagram_basic" in given.scopes
    return {
        "access_token": issued.value,
        "tasks": call.who.extra.get("tasks", TASKS),
        "instagram_business_account": page.extra.get("instagram") if may_see else None,
    }


ENDPOINTS = (
    Endpoint("GET", f"{VERSION}/dialog/oauth", "dialog", dialog, "sign_in", signed_in=False),
    Endpoint("POST", f"{VERSION}/dialog/oauth", "decide", decide, "sign_in", signed_in=False),
    Endpoint(
        "POST", f"{VERSION}/oauth/access_token", "token", token, "sign_in", sign_in.grant_type,
        signed_in=False,
    ),
    Endpoint("GET", f"{VERSION}/me/accounts", "accounts", accounts),
    Endpoint("GET", f"{VERSION}/me/permissions", "permissions", permissions),
    Endpoint(
        "DELETE", f"{VERSION}/{{id}}/permissions", "take_back", take_back, "sign_in",
        signed_in=False,
    ),
)  # fmt: skip
