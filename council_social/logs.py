"""Logs as JSON lines without a secret in them: the settings take their `configuration`.

Importing this also points structlog at the standard library's handlers, so that our own lines and
those of every library leave by one door.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.types import EventDict, Processor

SCRUBBED = "[scrubbed]"
SECRET_NAME = re.compile(
    r"token|secret|passw|authori[sz]ation|credential|cookie|api.?key|session", re.I
)
QUERY = re.compile(r"(https?://[^\s\"'?]+|/[^\s\"'?]*)\?[^\s\"']+")
BEARER = re.compile(r"\b(bearer|oauth|basic)\s+[^\s\"',]+", re.I)
NAMED = re.compile(
    r"((?:access_|refresh_|page_)?(?:token|secret|password|passwd|api_?key)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]+",
    re.I,
)
# The link in a letter about a new password, and the address of a calendar feed: whoever has one
# is that person, or reads what that person may see.
LINK = re.compile(r"(/(?:new-password|calendar-feed)/)[^/\s\"']+")
DEEPEST = 6
TALKATIVE = ("urllib3", "tweepy", "oauthlib", "requests_oauthlib", "googleapiclient")
"""Libraries whose debug lines hold whole requests, tokens included."""


def scrub(logger: object, method: str, event: EventDict) -> EventDict:
    """Take out whatever a secret could hide in: by the name of its key, and in every text."""
    return {name: _clean(name, value, 0) for name, value in event.items()}


def clean_text(text: str) -> str:
    """`text` without queries, bearer tokens, secret links and values named as secrets."""
    text = QUERY.sub(rf"\1?{SCRUBBED}", text)
    text = LINK.sub(rf"\1{SCRUBBED}", text)
    text = BEARER.sub(rf"\1 {SCRUBBED}", text)
    return NAMED.sub(rf"\1{SCRUBBED}", text)


def _clean(name: str, value: Any, depth: int) -> Any:
    if name.startswith("_") or value is None or isinstance(value, (bool, int, float)):
        return value if name.startswith("_") or not SECRET_NAME.search(name) else SCRUBBED
    if SECRET_NAME.search(name) or depth >= DEEPEST:
        return SCRUBBED
    if isinstance(value, Mapping):
        return {key: _clean(str(key), inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean("", inner, depth + 1) for inner in value]
    return clean_text(str(value))


PROCESSORS: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    # The traceback, never its local variables.
    structlog.processors.format_exc_info,
    structlog.processors.UnicodeDecoder(),
]
"""What every line goes through on its way to the handler."""


class Renderer:
    """Scrubs last, so that nothing is added after it, and writes one JSON object."""

    def __init__(self) -> None:
        self._write = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)

    def __call__(self, logger: object, method: str, event: EventDict) -> str:
        return str(self._write(logger, method, scrub(logger, method, event)))


RENDERER = Renderer()


def configuration(level: str) -> dict[str, Any]:
    """Django's LOGGING: our own lines and everybody else's from `level` on, to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": "structlog.stdlib.ProcessorFormatter",
                "processor": RENDERER,
                "foreign_pre_chain": PROCESSORS,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            **{name: {"level": "WARNING"} for name in TALKATIVE},
            # Django's own server writes whole addresses past our handler: through it, like all.
            "django.server": {"level": "WARNING", "propagate": True},
        },
    }


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *(step for step in PROCESSORS if not isinstance(step, structlog.stdlib.ExtraAdder)),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
