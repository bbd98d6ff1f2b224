"""Reading environment variables: typed, and what is wrong with one is said in a sentence.

An empty variable counts as one that is not set, as container tools pass them on that way. Every
reader raises `ImproperlyConfigured`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ON = {"on", "true", "yes", "1"}
OFF = {"off", "false", "no", "0"}
DATABASES = ("postgres", "postgresql", "sqlite")
BROKERS = ("redis", "rediss")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def switch(name: str, *, default: bool) -> bool:
    """On or off; a slip of the pen is an error, not "off"."""
    value = text(name).lower()
    if not value:
        return default
    if value not in ON | OFF:
        raise _wrong(name, "on or off")
    return value in ON


def number(name: str, default: float, *, at_least: float) -> float:
    try:
        value = float(text(name, str(default)))
    except ValueError as error:
        raise _wrong(name, f"a number, {at_least:g} or more") from error
    # Written so that "nan" is refused as well.
    if not at_least <= value < float("inf"):
        raise _wrong(name, f"a number, {at_least:g} or more")
    return value


def whole(name: str, default: int, *, at_least: int, at_most: int | None = None) -> int:
    expected = f"a whole number, {at_least} or more"
    if at_most is not None:
        expected = f"a whole number from {at_least} to {at_most}"
    try:
        value = int(text(name, str(default)))
    except ValueError as error:
        raise _wrong(name, expected) from error
    if value < at_least or (at_most is not None and value > at_most):
        raise _wrong(name, expected)
    return value


def words(name: str, default: Sequence[str]) -> list[str]:
    """A list, written with commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def choice(name: str, default: str, choices: Sequence[str]) -> str:
    """One of a few words."""
    value = text(name, default).lower()
    if value not in choices:
        raise _wrong(name, f"one of {', '.join(choices)}")
    return value


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).resolve()


def address(name: str, default: str) -> str:
    """The address of a web server, without a slash at its end."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise _wrong(name, "an address such as https://social.example.gov.uk")
    return value.rstrip("/")


def second_address(name: str, first: str, *, production: bool) -> str:
    """An address on another host than `first`, or nothing.

    Outside production a machine that is its own network has another name to a browser, which
    sends no cookie from one to the other.
    """
    parts = urlsplit(first)
    other = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}.get(parts.hostname or "")
    port = f":{parts.port}" if parts.port else ""
    default = f"{parts.scheme}://{other}{port}" if other and not production else ""
    return address(name, default) if text(name, default) else ""


def database(name: str, default: str) -> dict[str, Any]:
    """Django's settings for a database given as an address."""
    value = text(name, default)
    if urlsplit(value).scheme not in DATABASES:
        # Without the value: it may hold a password.
        raise ImproperlyConfigured(f"{name} must be an address such as postgres://user@host/name.")
    return dict(environ.Env.db_url_config(value))


def broker(name: str) -> str:
    """The address of a Redis server, or nothing."""
    value = text(name)
    if value and urlsplit(value).scheme not in BROKERS:
        raise ImproperlyConfigured(f"{name} must be an address such as redis://host:6379/0.")
    return value


def e_mail(name: str, default: str) -> dict[str, Any]:
    """Django's settings for a mail server given as an address."""
    try:
        return dict(environ.Env.email_url_config(text(name, default)))
    except (KeyError, ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"{name} must be an address such as smtp+tls://user:password@host:587."
        ) from error


def secret(name: str, *, make: Callable[[], str], keep_in: Path, production: bool) -> str:
    """The secret `name`; outside production made up once and kept in the folder `keep_in`."""
    value = text(name)
    if value:
        return value
    if production:
        raise ImproperlyConfigured(f"Set {name}: production never makes up its own secrets.")
    path = keep_in / name.lower()
    if not path.exists():
        _write_once(path, make())
    return path.read_text().strip()


def _write_once(path: Path, value: str) -> None:
    """Whole or not at all, and the first of several processes wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent) as draft:
        draft.write(value)
        draft.flush()
        try:
            os.link(draft.name, path)
        except FileExistsError:
            return


def _wrong(name: str, wanted: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f'{name} must be {wanted}; it is "{text(name)}".')
