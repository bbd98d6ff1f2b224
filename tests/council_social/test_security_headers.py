"""What every answer tells the browser to refuse."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def policy(client: Client) -> dict[str, str]:
    header = client.get("/help/")["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


def test_nothing_is_allowed_unless_named(policy: dict[str, str]) -> None:
    assert policy["default-src"] == "'none'"


@pytest.mark.parametrize("kind", ["style-src", "img-src", "connect-src", "font-src", "form-action"])
def test_styles_pictures_calls_fonts_and_forms_are_our_own_only(
    policy: dict[str, str], kind: str
) -> None:
    assert policy[kind] == "'self'"


def test_no_script_is_inline_but_the_one_whose_hash_is_named(policy: dict[str, str]) -> None:
    page = render_to_string("pages/help.html")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in inline]

    assert policy["script-src"].split() == ["'self'", *(f"'sha256-{each}'" for each in digests)]
    assert "unsafe" not in str(policy)


def test_nobody_may_frame_us(policy: dict[str, str], client: Client) -> None:
    assert policy["frame-ancestors"] == "'none'"
    assert client.get("/help/")["X-Frame-Options"] == "DENY"


def test_the_rest_of_the_headers(client: Client) -> None:
    answer = client.get("/help/")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_the_session_cookie_is_out_of_reach_of_scripts() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


@pytest.mark.parametrize("path", ["/help/", "/accessibility/", "/privacy/"])
def test_pages_of_words_are_there_for_everybody(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


def test_the_error_pages_carry_the_policy_too(client: Client) -> None:
    assert "default-src 'none'" in client.get("/nothing/")["Content-Security-Policy"]
