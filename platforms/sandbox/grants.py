"""What people allowed apps on the sandbox's platforms, and what was issued for it."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any

from platforms.sandbox.calls import Call
from platforms.sandbox.rows import Account, App, Issued, Permission
from platforms.sandbox.world import World

CODE_S = 600.0


def register(world: World, app: App) -> None:
    """Take up an app, or change its secret and address."""
    values = (app.platform, app.client_id, app.client_secret, app.redirect_uri)
    world.store.db.execute("INSERT OR REPLACE INTO app VALUES (?,?,?,?)", values)


def app_called(world: World, platform: str, client_id: str) -> App | None:
    query = "SELECT * FROM app WHERE platform=? AND client_id=?"
    row = world.store.db.execute(query, (platform, client_id)).fetchone()
    return App(*row) if row else None


def allow(call: Call, app: App, account: Account, scopes: list[str]) -> Permission:
    values = (app.platform, app.client_id, account.id, json.dumps(scopes))
    cursor = call.store.db.execute("INSERT INTO permission VALUES (NULL,?,?,?,?,NULL)", values)
    return permission(call, cursor.lastrowid or 0)


def permission(call: Call, permission_id: int) -> Permission:
    query = "SELECT * FROM permission WHERE id=?"
    row = call.store.db.execute(query, (permission_id,)).fetchone()
    return Permission(*[*row[:4], tuple(json.loads(row[4])), row[5]])


def is_first(call: Call, given: Permission) -> bool:
    """Whether the account had not allowed the app anything before."""
    query = (
        "SELECT 1 FROM permission WHERE platform=? AND client_id=? AND account_id=? AND id<? "
        "AND revoked_at IS NULL"
    )
    values = (given.platform, given.client_id, given.account_id, given.id)
    return call.store.db.execute(query, values).fetchone() is None


def issue(
    call: Call,
    given: Permission,
    kind: str,
    *,
    prefix: str = "",
    lasts_s: float | None = None,
    account: Account | None = None,
    **extra: Any,
) -> Issued:
    """A code or a token; one of kind "access" opens `account` (or who allowed it) in the API."""
    of = account or call.store.account(given.account_id)
    value = prefix + secrets.token_urlsafe(32)
    ends_at = None if lasts_s is None else call.world.now() + lasts_s
    call.store.db.execute(
        "INSERT INTO issued VALUES (?,?,?,?,?,NULL,?)",
        (value, kind, given.id, of.id, ends_at, json.dumps(extra)),
    )
    if kind == "access":
        call.store.add_token(value, of)
    return Issued(value, kind, given.id, of.id, ends_at, None, extra)


def find(call: Call, value: str, kind: str = "") -> Issued | None:
    row = call.store.db.execute("SELECT * FROM issued WHERE value=?", (value,)).fetchone()
    if row is None or kind not in ("", row[1]):
        return None
    return Issued(*[*row[:6], json.loads(row[6])])


def of_account(call: Call, given: Permission, account: Account) -> Issued | None:
    """The token that was issued under a permission for one of the person's pages."""
    query = "SELECT value FROM issued WHERE permission_id=? AND account_id=? AND kind='access'"
    row = call.store.db.execute(query, (given.id, account.id)).fetchone()
    return find(call, row[0]) if row else None


def declined(call: Call, given: Permission) -> list[str]:
    """What the app asked for, and the person unticked."""
    query = "SELECT extra FROM issued WHERE permission_id=? AND kind='code'"
    row = call.store.db.execute(query, (given.id,)).fetchone()
    return list(json.loads(row[0])["declined"]) if row else []


def use(call: Call, issued: Issued) -> None:
    query = "UPDATE issued SET used_at=? WHERE value=?"
    call.store.db.execute(query, (call.world.now(), issued.value))


def is_over(call: Call, issued: Issued) -> bool:
    return issued.ends_at is not None and issued.ends_at <= call.world.now()


def wrong_with_code(call: Call, code: Issued | None, app: App) -> str:
    """Why a code is not taken: unknown, used, expired, redirect or verifier; empty where it is."""
    if code is None or permission(call, code.permission_id).client_id != app.client_id:
        return "unknown"
    if code.used_at is not None:
        return "used"
    if is_over(call, code):
        return "expired"
    if call.field("redirect_uri") != code.extra["redirect_uri"]:
        return "redirect"
    challenge = code.extra["challenge"]
    if challenge and challenge_of(call.field("code_verifier")) != challenge:
        return "verifier"
    return ""


def refresh_token_of(call: Call, app: App) -> Issued | None:
    """The refresh token in the form, if it is this app's and may still be used."""
    token = find(call, call.field("refresh_token"), "refresh")
    if token is None or token.used_at is not None or is_over(call, token):
        return None
    given = permission(call, token.permission_id)
    return None if given.revoked_at or given.client_id != app.client_id else token


def challenge_of(verifier: str) -> str:
    """RFC 7636, 4.2, S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def revoke(call: Call, given: Permission) -> None:
    """End a permission with everything that was issued under it."""
    now, db = call.world.now(), call.store.db
    db.execute("UPDATE permission SET revoked_at=? WHERE id=?", (now, given.id))
    rows = db.execute("SELECT value FROM issued WHERE permission_id=?", (given.id,)).fetchall()
    call.store.revoke_tokens(row[0] for row in rows)


def revoke_one(call: Call, issued: Issued) -> None:
    """End one token."""
    query = "UPDATE issued SET ends_at=? WHERE value=?"
    call.store.db.execute(query, (call.world.now(), issued.value))
    call.store.revoke_tokens([issued.value])


def given_by(call: Call, app: App, account: Account) -> list[Permission]:
    """What an account allows an app now."""
    query = (
        "SELECT id FROM permission WHERE platform=? AND client_id=? AND account_id=? "
        "AND revoked_at IS NULL"
    )
    rows = call.store.db.execute(query, (app.platform, app.client_id, account.id)).fetchall()
    return [permission(call, row[0]) for row in rows]


def count_refresh(world: World, platform: str, outcome: str) -> None:
    """`outcome` is done or refused."""
    counted = refreshes(world, platform)
    world.store.keep(f"refreshes {platform}", {**counted, outcome: counted[outcome] + 1})


def refreshes(world: World, platform: str) -> dict[str, int]:
    """How often a refresh token was asked with: done and refused."""
    return {"done": 0, "refused": 0, **(world.store.kept(f"refreshes {platform}") or {})}
