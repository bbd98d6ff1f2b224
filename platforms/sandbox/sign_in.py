"""The page on which a person lets an app use an account, as each platform has one.

A browser shows it and a test can drive it: it is one form, posted to its own address, with `who`
(an account's handle), `scope` (as often as needed; all without one) and `answer` (allow or cancel).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from platforms.sandbox import grants
from platforms.sandbox.calls import Answer, Call
from platforms.sandbox.rows import Account, App
from platforms.sandbox.timeline_html import document
from platforms.sandbox.world import World

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
HOSTILE = {
    "token_type": "bearer",
    "access_token": {"value": ["x"]},
    "refresh_token": 7,
    "expires_in": 1e30,
    "scope": [["tweet.write"]],
}
"""JSON in which nothing is what it should be."""


@dataclass(frozen=True, slots=True)
class Vendor:
    """What differs between the platforms' pages."""

    platform: str
    name: str
    scopes: tuple[str, ...]
    needs_pkce: bool = False
    may_untick: bool = False
    denied: Mapping[str, str] | None = None
    """What comes back besides `error=access_denied`."""
    fragment: str = ""
    separator: str = " "
    who: Callable[[Call, str], list[Account]] = lambda call, platform: [
        account for account in call.store.accounts() if account.platform == platform
    ]


def page(call: Call, vendor: Vendor) -> Answer:
    """GET: who are you, and do you allow this?"""
    app = _app(call, vendor)
    wrong = _wrong(call, vendor, app)
    if app is None or wrong:
        return _refusal(vendor, wrong)
    people = vendor.who(call, vendor.platform)
    return _html(200, f"Sign in to {vendor.name}", _form(call, vendor, app, people))


def decide(call: Call, vendor: Vendor) -> Answer:
    """POST: back to the app, with a code or with the refusal."""
    app = _app(call, vendor)
    wrong = _wrong(call, vendor, app)
    if app is None or wrong:
        return _refusal(vendor, wrong)
    if call.field("answer") != "allow":
        return _back(call, vendor, {"error": "access_denied", **(vendor.denied or {})})
    people = vendor.who(call, vendor.platform)
    account = next((one for one in people if one.handle == call.field("who")), None)
    if account is None:
        return _refusal(vendor, "Choose an account.")
    asked = _asked(call, vendor)
    chosen = [scope for scope in asked if scope in call.form.getall("scope", [])]
    given = grants.allow(call, app, account, chosen if vendor.may_untick and chosen else asked)
    code = grants.issue(
        call,
        given,
        "code",
        lasts_s=grants.CODE_S,
        redirect_uri=call.query["redirect_uri"],
        challenge=call.query.get("code_challenge", ""),
        offline=call.query.get("access_type", "") == "offline",
        consent=call.query.get("prompt", "") == "consent",
        declined=[scope for scope in asked if scope not in given.scopes],
    )
    return _back(call, vendor, {"code": code.value})


def answer_with(call: Call, vendor: Vendor, body: dict[str, Any]) -> Answer:
    """Tokens, unless the control API has ordered something else for the next answers."""
    headers = {"Cache-Control": "no-store", "Pragma": "no-cache"}
    how = ordered(call.world, vendor.platform)
    if how == "hostile":
        return Answer(200, HOSTILE, headers)
    if how == "no_refresh_token":
        body.pop("refresh_token", None)
    if how == "blank_refresh_token":
        body["refresh_token"] = ""
    return Answer(200, body, headers)


def token_error(error: str, description: str, status: int = 400) -> Answer:
    """A refusal in the words of RFC 6749, 5.2, as X and Google have it."""
    return Answer(status, {"error": error, "error_description": description})


def grant_type(call: Call) -> str:
    """What a call for tokens is, for rules that look at the text."""
    return call.field("grant_type")


def order(world: World, platform: str, how: str, times: int) -> None:
    """Let the next answers with tokens be hostile, or without a refresh token, or with a blank."""
    if how not in ("hostile", "no_refresh_token", "blank_refresh_token"):
        raise ValueError("how is hostile, no_refresh_token or blank_refresh_token")
    world.store.keep(f"token answers {platform}", [how] * times)


def ordered(world: World, platform: str) -> str:
    """What was ordered for this answer, which is done with by that."""
    left = world.store.kept(f"token answers {platform}") or []
    if not left:
        return ""
    world.store.keep(f"token answers {platform}", left[1:])
    return str(left[0])


def _app(call: Call, vendor: Vendor) -> App | None:
    return grants.app_called(call.world, vendor.platform, call.query.get("client_id", ""))


def _wrong(call: Call, vendor: Vendor, app: App | None) -> str:
    """Why the question cannot be asked; the app is not told, for it may be anybody's."""
    query = call.query
    if app is None:
        return "No such app."
    if query.get("redirect_uri", "") != app.redirect_uri:
        return "The return address is not the app's."
    if query.get("response_type") != "code":
        return "The response type must be code."
    asked = _asked(call, vendor)
    if not asked or not set(asked) <= set(vendor.scopes):
        return "There is no such scope."
    has_challenge = query.get("code_challenge") and query.get("code_challenge_method") == "S256"
    if vendor.needs_pkce and not has_challenge:
        return "A code challenge with S256 is needed."
    return ""


def _asked(call: Call, vendor: Vendor) -> list[str]:
    return [one for one in call.query.get("scope", "").split(vendor.separator) if one]


def _back(call: Call, vendor: Vendor, answer: Mapping[str, str]) -> Answer:
    target = call.query["redirect_uri"]
    state = {"state": call.query["state"]} if "state" in call.query else {}
    joined = "&" if "?" in target else "?"
    address = f"{target}{joined}{urlencode({**answer, **state})}{vendor.fragment}"
    return Answer(302, b"", {**HEADERS, "Location": address}, "text/html")


def _refusal(vendor: Vendor, why: str) -> Answer:
    return _html(400, f"{vendor.name}: something went wrong", f"<p>{escape(why)}</p>")


def _form(call: Call, vendor: Vendor, app: App, people: list[Account]) -> str:
    if not people:
        return "<p>There is no account to sign in with.</p>"
    who = "".join(
        f'<p><label><input type="radio" name="who" value="{escape(one.handle)}" required'
        f"{' checked' if number == 0 else ''}> {escape(one.name)} "
        f'<span class="quiet">@{escape(one.handle)}</span></label></p>'
        for number, one in enumerate(people)
    )
    scopes = "".join(_scope(vendor, scope) for scope in _asked(call, vendor))
    return (
        f'<form method="post"><fieldset><legend>Who are you?</legend>{who}</fieldset>'
        f"<h2>{escape(app.client_id)} asks to be allowed</h2><ul>{scopes}</ul>"
        '<p><button name="answer" value="allow">Allow</button> '
        '<button name="answer" value="cancel" formnovalidate>Cancel</button></p></form>'
    )


def _scope(vendor: Vendor, scope: str) -> str:
    name = escape(scope)
    if not vendor.may_untick:
        return f"<li>{name}</li>"
    box = f'<input type="checkbox" name="scope" value="{name}" checked>'
    return f"<li><label>{box} {name}</label></li>"


def _html(status: int, title: str, body: str) -> Answer:
    whole = document(title, f"<h1>{escape(title)}</h1>{body}").encode()
    return Answer(status, whole, HEADERS, "text/html; charset=utf-8")
