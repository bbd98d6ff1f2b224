"""The sandbox's memory: one SQLite file, so that a restart forgets nothing.

Nothing here is durable against a power cut (`synchronous` is off) and everything is called from
the server's one thread. Change rows only through these methods.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from platforms.sandbox.rows import Account, Comment, Medium, Person, Post, Token
from platforms.sandbox.schema import CLEAR, SCHEMA
from platforms.sandbox.texts import digest

SIGNED_IN_BY = (
    "SELECT value, token.account_id, state, ends_at FROM token LEFT JOIN issued USING (value) "
    "WHERE value=?"
)
EVERY_ID = (-(2**63), 2**63 - 1)
MEDIUM = (
    "SELECT id, platform, account_id, remote_id, content_type, size, alt_text, post_id, "
    "created_at, extra FROM medium "
)
COMMENT = (
    "SELECT c.id, c.platform, c.account_id, c.remote_id, c.kind, c.text, c.in_reply_to, "
    "c.created_at, p.id, p.platform, p.remote_id, p.handle, p.name "
    "FROM comment c JOIN person p ON p.id = c.person_id "
)
COMMENTS_OF = (
    "WHERE c.account_id=? AND c.kind IN (SELECT value FROM json_each(?)) AND c.created_at>=? "
    "AND c.created_at<=? AND CAST(c.remote_id AS INTEGER) BETWEEN ? AND ? "
)
OLDEST_FIRST = "ORDER BY c.created_at, c.id LIMIT ? OFFSET ?"
NEWEST_FIRST = "ORDER BY c.created_at DESC, c.id DESC LIMIT ? OFFSET ?"


def _json(row: tuple[Any, ...]) -> list[Any]:
    return [*row[:-1], json.loads(row[-1])]


def _comment(row: tuple[Any, ...]) -> Comment:
    return Comment(*[*row[:8], Person(*row[8:])])


class Store:
    """`path` is a file, or ":memory:" for one that forgets."""

    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(path, isolation_level=None, cached_statements=256)
        # One process: without the locks of many a call takes half the time.
        self.db.execute("PRAGMA locking_mode=EXCLUSIVE")
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=OFF")
        self.db.executescript(SCHEMA)
        self._accounts: dict[int, Account] = {}
        self._tokens: dict[str, Token] = {}

    def close(self) -> None:
        self.db.close()

    def clear(self) -> None:
        """Forget everything."""
        for statement in CLEAR.split(";"):
            self.db.execute(statement)
        self._accounts.clear()
        self._tokens.clear()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, also inside another one; and faster than statements by themselves."""
        inner = self.db.in_transaction
        self.db.execute("SAVEPOINT inner" if inner else "BEGIN")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK TO inner" if inner else "ROLLBACK")
            if inner:
                self.db.execute("RELEASE inner")
            raise
        self.db.execute("RELEASE inner" if inner else "COMMIT")

    # Accounts and tokens

    def add_account(
        self,
        platform: str,
        remote_id: str,
        handle: str,
        name: str,
        *,
        created_at: float,
        about: str = "",
        followers: int = 0,
        extra: Mapping[str, Any] | None = None,
    ) -> Account:
        """A new account; raises `sqlite3.IntegrityError` where the id or handle is taken."""
        values = (platform, remote_id, handle, name, about, followers, created_at)
        cursor = self.db.execute(
            "INSERT INTO account VALUES (NULL,?,?,?,?,?,?,?,?)", (*values, json.dumps(extra or {}))
        )
        return self.account(cursor.lastrowid or 0)

    def account(self, account_id: int) -> Account:
        """The account; raises `LookupError`."""
        if account_id not in self._accounts:
            row = self.db.execute("SELECT * FROM account WHERE id=?", (account_id,)).fetchone()
            if row is None:
                raise LookupError(account_id)
            self._accounts[account_id] = Account(*_json(row))
        return self._accounts[account_id]

    def account_called(self, platform: str, handle: str) -> Account | None:
        query = "SELECT id FROM account WHERE platform=? AND handle=?"
        row = self.db.execute(query, (platform, handle)).fetchone()
        return self.account(row[0]) if row else None

    def account_by_remote_id(self, platform: str, remote_id: str) -> Account | None:
        query = "SELECT id FROM account WHERE platform=? AND remote_id=?"
        row = self.db.execute(query, (platform, remote_id)).fetchone()
        return self.account(row[0]) if row else None

    def accounts(self) -> list[Account]:
        rows = self.db.execute("SELECT id FROM account ORDER BY platform, handle").fetchall()
        return [self.account(row[0]) for row in rows]

    def set_followers(self, account: Account, followers: int) -> None:
        self.db.execute("UPDATE account SET followers=? WHERE id=?", (followers, account.id))
        self._accounts.pop(account.id, None)

    def add_token(self, value: str, account: Account) -> Token:
        """A sign-in for `account`; one that exists already is made good and given to it."""
        self.db.execute("INSERT OR REPLACE INTO token VALUES (?,?,'good')", (value, account.id))
        self._tokens.pop(value, None)
        return Token(value, account.id, "good")

    def token(self, value: str) -> Token | None:
        if value not in self._tokens:
            row = self.db.execute(SIGNED_IN_BY, (value,)).fetchone()
            if row is None:
                return None
            self._tokens[value] = Token(*row)
        return self._tokens[value]

    def set_token_state(self, account: Account, state: str) -> int:
        """Make every token of `account` good, expired or revoked; how many."""
        self._tokens.clear()
        return self.db.execute(
            "UPDATE token SET state=? WHERE account_id=?", (state, account.id)
        ).rowcount

    def revoke_tokens(self, values: Iterable[str]) -> None:
        """Let those tokens open nothing any more."""
        self._tokens.clear()
        self.db.executemany(
            "UPDATE token SET state='revoked' WHERE value=?", [(value,) for value in values]
        )

    # Posts

    def add_post(
        self,
        account: Account,
        remote_id: str,
        *,
        text: str,
        created_at: float,
        title: str = "",
        link: str = "",
        kind: str = "post",
        in_reply_to: str = "",
        extra: Mapping[str, Any] | None = None,
    ) -> Post:
        """A post that is live from now on."""
        values = (account.platform, account.id, remote_id, kind, title, text, link, in_reply_to)
        cursor = self.db.execute(
            "INSERT INTO post VALUES (NULL,?,?,?,?,?,?,?,?,?,?,NULL,?)",
            (*values, digest(title, text), created_at, json.dumps(extra or {})),
        )
        found = self.post(account.platform, remote_id)
        if found is None or found.id != cursor.lastrowid:
            raise LookupError(remote_id)
        return found

    def post(self, platform: str, remote_id: str) -> Post | None:
        """The post, deleted or not."""
        row = self.db.execute(
            "SELECT * FROM post WHERE platform=? AND remote_id=?", (platform, remote_id)
        ).fetchone()
        return Post(*_json(row)) if row else None

    def posts(
        self,
        account: Account,
        *,
        since: float = 0.0,
        until: float = 1e12,
        limit: int = 100,
        offset: int = 0,
        deleted: bool = False,
        between: tuple[int, int] = EVERY_ID,
    ) -> list[Post]:
        """An account's posts, newest first; deleted ones only where asked for.

        `between` leaves out those whose remote id, as a number, is not between the two.
        """
        rows = self.db.execute(
            "SELECT * FROM post WHERE account_id=? AND created_at>=? AND created_at<=? "
            "AND (deleted_at IS NULL OR ?) AND CAST(remote_id AS INTEGER) BETWEEN ? AND ? "
            "ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
            (account.id, since, until, deleted, *between, limit, offset),
        ).fetchall()
        return [Post(*_json(row)) for row in rows]

    def replies(self, platform: str, remote_id: str) -> list[Post]:
        """What the platform's accounts answered under one post or comment, oldest first."""
        rows = self.db.execute(
            "SELECT * FROM post WHERE in_reply_to=? AND in_reply_to != '' AND platform=? "
            "AND deleted_at IS NULL ORDER BY created_at, id",
            (remote_id, platform),
        ).fetchall()
        return [Post(*_json(row)) for row in rows]

    def count_posts(self, account: Account) -> int:
        """How many are live."""
        query = "SELECT count(*) FROM post WHERE account_id=? AND deleted_at IS NULL"
        return int(self.db.execute(query, (account.id,)).fetchone()[0])

    def copies(self, account: Account, text: str, *, title: str = "", since: float = 0.0) -> int:
        """How many live posts of `account` say `text` (and have `title`)."""
        query = (
            "SELECT count(*) FROM post WHERE digest=? AND account_id=? AND created_at>=? "
            "AND deleted_at IS NULL"
        )
        row = self.db.execute(query, (digest(title, text), account.id, since)).fetchone()
        return int(row[0])

    def change_post(self, post: Post, *, title: str, text: str, extra: Mapping[str, Any]) -> None:
        self.db.execute(
            "UPDATE post SET title=?, text=?, digest=?, extra=? WHERE id=?",
            (title, text, digest(title, text), json.dumps(extra), post.id),
        )

    def delete_post(self, post: Post, at: float) -> None:
        self.db.execute("UPDATE post SET deleted_at=? WHERE id=?", (at, post.id))

    # Pictures and videos

    def add_medium(
        self,
        account: Account,
        remote_id: str,
        *,
        content_type: str,
        data: bytes,
        created_at: float,
        alt_text: str = "",
        post: Post | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> Medium:
        values = (account.platform, account.id, remote_id, content_type, len(data), alt_text)
        self.db.execute(
            "INSERT INTO medium VALUES (NULL,?,?,?,?,?,?,?,?,?,?)",
            (*values, post.id if post else None, created_at, json.dumps(extra or {}), data),
        )
        found = self.medium(account.platform, remote_id)
        if found is None:
            raise LookupError(remote_id)
        return found

    def medium(self, platform: str, remote_id: str) -> Medium | None:
        row = self.db.execute(
            MEDIUM + "WHERE platform=? AND remote_id=?",
            (platform, remote_id),
        ).fetchone()
        return Medium(*_json(row)) if row else None

    def medium_data(self, medium: Medium) -> bytes:
        row = self.db.execute("SELECT data FROM medium WHERE id=?", (medium.id,)).fetchone()
        return bytes(row[0])

    def media_of(self, post: Post) -> list[Medium]:
        rows = self.db.execute(
            MEDIUM + "WHERE post_id=? ORDER BY id",
            (post.id,),
        ).fetchall()
        return [Medium(*_json(row)) for row in rows]

    def set_alt_text(self, medium: Medium, alt_text: str) -> None:
        self.db.execute("UPDATE medium SET alt_text=? WHERE id=?", (alt_text, medium.id))

    def attach(self, media: Iterable[Medium], post: Post) -> None:
        """Put uploaded media into a post."""
        self.db.executemany(
            "UPDATE medium SET post_id=? WHERE id=?", [(post.id, medium.id) for medium in media]
        )

    # Residents and what they say

    def person(self, platform: str, handle: str) -> Person | None:
        row = self.db.execute(
            "SELECT * FROM person WHERE platform=? AND handle=?", (platform, handle)
        ).fetchone()
        return Person(*row) if row else None

    def add_person(self, platform: str, remote_id: str, handle: str, name: str) -> Person:
        cursor = self.db.execute(
            "INSERT INTO person VALUES (NULL,?,?,?,?)", (platform, remote_id, handle, name)
        )
        return Person(cursor.lastrowid or 0, platform, remote_id, handle, name)

    def add_comment(
        self,
        account: Account,
        remote_id: str,
        *,
        kind: str,
        person: Person,
        text: str,
        created_at: float,
        in_reply_to: str = "",
    ) -> Comment:
        values = (account.platform, account.id, remote_id, kind, text, in_reply_to, created_at)
        cursor = self.db.execute(
            "INSERT INTO comment VALUES (NULL,?,?,?,?,?,?,?,?)", (*values, person.id)
        )
        return Comment(cursor.lastrowid or 0, *values, person)

    def comment(self, platform: str, remote_id: str) -> Comment | None:
        row = self.db.execute(
            COMMENT + "WHERE c.platform=? AND c.remote_id=?", (platform, remote_id)
        ).fetchone()
        return _comment(row) if row else None

    def comments(
        self,
        account: Account,
        kinds: tuple[str, ...],
        *,
        since: float = 0.0,
        until: float = 1e12,
        limit: int = 100,
        offset: int = 0,
        oldest_first: bool = False,
        between: tuple[int, int] = EVERY_ID,
    ) -> list[Comment]:
        """What was said to an account, newest first unless told otherwise; `between` as above."""
        asked = (account.id, json.dumps(kinds), since, until, *between, limit, offset)
        order = OLDEST_FIRST if oldest_first else NEWEST_FIRST
        rows = self.db.execute(COMMENT + COMMENTS_OF + order, asked).fetchall()
        return [_comment(row) for row in rows]

    def thread(self, platform: str, remote_id: str, *, limit: int = 100) -> list[Comment]:
        """What residents said under one post or comment, oldest first."""
        rows = self.db.execute(
            COMMENT + "WHERE c.platform=? AND c.in_reply_to=? ORDER BY c.created_at, c.id LIMIT ?",
            (platform, remote_id, limit),
        ).fetchall()
        return [_comment(row) for row in rows]

    # What was asked of us

    def count_publishing_call(self, platform: str, account: str, text_digest: str) -> None:
        """One more call that asked to publish the text with that digest, whatever became of it."""
        self.db.execute(
            "INSERT INTO publishing_call VALUES (?,?,?,1) ON CONFLICT DO UPDATE SET n=n+1",
            (text_digest, account, platform),
        )

    def publishing_calls(self, platform: str, account: str, text: str) -> int:
        row = self.db.execute(
            "SELECT n FROM publishing_call WHERE digest=? AND account=? AND platform=?",
            (digest(text), account, platform),
        ).fetchone()
        return int(row[0]) if row else 0

    # Small things to keep over a restart

    def keep(self, name: str, value: Any) -> None:
        self.db.execute("INSERT OR REPLACE INTO kept VALUES (?,?)", (name, json.dumps(value)))

    def kept(self, name: str) -> Any:
        """What `keep` kept under that name, or None."""
        row = self.db.execute("SELECT value FROM kept WHERE name=?", (name,)).fetchone()
        return json.loads(row[0]) if row else None
