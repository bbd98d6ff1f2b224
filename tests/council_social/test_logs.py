"""Log lines are JSON, one object each, and hold no secret, whatever was logged."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import structlog
from django.conf import settings

from council_social.logs import PROCESSORS, RENDERER, SCRUBBED, clean_text

SECRET = "EAAG-very-secret"


def line(message: str, *args: object, **extra: Any) -> dict[str, Any]:
    """What the handler would write for a record of the standard library."""
    formatter = structlog.stdlib.ProcessorFormatter(
        processor=RENDERER, foreign_pre_chain=PROCESSORS
    )
    record = logging.getLogger("test").makeRecord(
        "test", logging.WARNING, "file", 1, message, args, None, extra=extra
    )
    return dict(json.loads(formatter.format(record)))


def test_a_line_says_when_how_bad_and_where() -> None:
    written = line("Could not reach %s", "Facebook")

    assert written["event"] == "Could not reach Facebook"
    assert written["level"] == "warning"
    assert written["logger"] == "test"
    assert written["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    "name",
    [
        "token",
        "access_token",
        "client_secret",
        "password",
        "Authorization",
        "credential",
        "api_key",
    ],
)
def test_what_is_named_like_a_secret_is_scrubbed(name: str) -> None:
    assert line("x", **{name: SECRET})[name] == SCRUBBED


def test_secrets_within_what_was_logged_are_scrubbed_too() -> None:
    written = line("x", answer={"data": [{"token": SECRET, "name": "Libraries"}]})

    assert SECRET not in json.dumps(written)
    assert "Libraries" in json.dumps(written)


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://graph.example/v26.0/me?access_token={SECRET}&fields=id",
        f"GET /v26.0/me?access_token={SECRET} 500",
        f"Authorization: Bearer {SECRET}",
        f"{{'access_token': '{SECRET}'}}",
        f"refresh_token={SECRET}",
    ],
)
def test_secrets_in_a_text_are_scrubbed(text: str) -> None:
    assert SECRET not in line(text)["event"]
    assert SECRET not in clean_text(text)


def test_an_address_without_query_stays_whole() -> None:
    assert clean_text("GET https://graph.example/v26.0/me 200") == (
        "GET https://graph.example/v26.0/me 200"
    )


def test_a_traceback_has_no_query_string_and_no_local_variables() -> None:
    hidden = SECRET
    try:
        raise ConnectionError(f"https://graph.example/me?access_token={hidden}")
    except ConnectionError as error:
        formatter = structlog.stdlib.ProcessorFormatter(
            processor=RENDERER, foreign_pre_chain=PROCESSORS
        )
        record = logging.getLogger("test").makeRecord(
            "test", logging.ERROR, "f", 1, "failed", (), (type(error), error, error.__traceback__)
        )
        written = formatter.format(record)

    assert "ConnectionError" in written
    assert SECRET not in written


def test_our_own_lines_leave_by_the_same_door(capsys: pytest.CaptureFixture[str]) -> None:
    structured = structlog.get_logger("ours")
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processor=RENDERER, foreign_pre_chain=PROCESSORS)
    )
    logger = logging.getLogger("ours")
    logger.addHandler(handler)
    try:
        structured.warning("sent", delivery=7, token=SECRET)
    finally:
        logger.removeHandler(handler)

    written = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert written["delivery"] == 7
    assert written["token"] == SCRUBBED


def test_the_settings_use_this_renderer() -> None:
    assert settings.LOGGING["formatters"]["json"]["processor"] is RENDERER
