"""Django's sessions in the database, which a cookie with a NUL in it cannot make fall over."""

from __future__ import annotations

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """What no session was ever called is not looked for: PostgreSQL refuses some of it."""

    def _validate_session_key(self, key: str | None) -> bool:
        is_long_enough: bool = super()._validate_session_key(key)  # type: ignore[misc]
        return is_long_enough and key is not None and key.isascii() and key.isalnum()
