"""Settings that contradict each other, and what production refuses: nothing starts with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from council_social import environment

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def contradictions(values: Mapping[str, Any]) -> list[str]:
    """What cannot be, anywhere; each a clause of a sentence."""
    found = {
        "LEASE_S must be longer than PLATFORM_TIMEOUT_S": (
            values["LEASE_S"] <= values["PLATFORM_TIMEOUT_S"]
        ),
        "CREDENTIAL_KEYS must be Fernet keys, with commas between them": not all(
            _is_fernet_key(key) for key in values["CREDENTIAL_KEYS"]
        ),
        "AUDIT_SIGNING_KEY must be 64 hexadecimal digits": not re.fullmatch(
            "[0-9a-fA-F]{64}", values["AUDIT_SIGNING_KEY"]
        ),
        f"LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}": values["LOG_LEVEL"] not in LOG_LEVELS,
    }
    found |= _about_packages(values)
    for name, app in values["PLATFORM_APPS"].items():
        found[f"The council's id and its secret at {name} belong together: set both or neither"] = (
            bool(app["client_id"]) != bool(app["client_secret"])
        )
    return _those(found)


def unsafe(values: Mapping[str, Any]) -> list[str]:
    """What only development may have; each a clause of a sentence."""
    hosts = values["ALLOWED_HOSTS"]
    found = {
        "DEBUG is on": values["DEBUG"],
        "SECRET_KEY is shorter than 50 characters": len(values["SECRET_KEY"]) < 50,
        "DATABASE_URL is not a PostgreSQL database": values["USES_SQLITE"],
        "REDIS_URL is not set": not values["REDIS_URL"],
        "BASE_URL is not an https address": not values["BASE_URL"].startswith("https://"),
        "ALLOWED_HOSTS does not hold the host of BASE_URL": values["BASE_HOST"] not in hosts,
        "ALLOWED_HOSTS allows every host": "*" in hosts,
        "COUNCIL_NAME is not set": not environment.text("COUNCIL_NAME"),
        "EMAIL_URL is not a mail server": "smtp" not in values["EMAIL_BACKEND"],
        "TWO_FACTOR_REQUIRED is off": not values["TWO_FACTOR_REQUIRED"],
        "DEMONSTRATION is on": values["DEMONSTRATION"],
        "PACKAGES_URL is not an https address": bool(values["PACKAGES_URL"])
        and not values["PACKAGES_URL"].startswith("https://"),
    }
    for name, url in values["PLATFORM_URLS"].items():
        found[f"the address of {name} is not https"] = not url.startswith("https://")
    for name, app in values["PLATFORM_APPS"].items():
        at = (app["page_url"], app["token_url"])
        found[f"an address for signing in at {name} is not https"] = not all(
            url.startswith("https://") for url in at
        )
    return _those(found)


def _about_packages(values: Mapping[str, Any]) -> dict[str, bool]:
    url = urlsplit(values["PACKAGES_URL"])
    return {
        "PACKAGES_URL must have another host than BASE_URL: what runs there must not reach a "
        "session": bool(url.hostname) and url.hostname == values["BASE_HOST"],
        "PACKAGES_URL must be only a host, without a path": bool(url.path),
    }


def _those(found: Mapping[str, bool]) -> list[str]:
    return [problem for problem, is_so in found.items() if is_so]


def _is_fernet_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True
