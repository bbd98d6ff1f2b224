"""Signing in at a platform that is broken, slow, hostile or overheard, over HTTP."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from platforms.errors import OutcomeUnknown, PlatformError, SignInExpired, TryLater
from platforms.sign_in import Scope, Tokens, with_scopes
from platforms.token_server import tokens_in
from tests.platforms.signing_in import SECRET, VERIFIER, at_platform, credential_of

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)

DOUBT = ["error_before", "error_after", "html", "empty", "huge", "malformed", "drop"]


@pytest.mark.parametrize("kind", DOUBT)
def test_an_exchange_without_a_usable_answer_is_in_doubt(at, kind):
    at.fault(kind)
    with pytest.raises(OutcomeUnknown):
        at.tokens()
    assert at.tokens().access_token


@pytest.mark.parametrize("kind", DOUBT)
def test_a_renewal_without_a_usable_answer_is_in_doubt(renewing, kind):
    kept = credential_of(renewing)
    renewing.fault(kind, text="refresh_token", accept=False)
    with pytest.raises(OutcomeUnknown):
        renewing.sign_in.refresh(kept)
    assert renewing.sign_in.refresh(kept).access_token


def test_a_renewal_that_is_lost_on_the_way_back_spends_xs_refresh_token(sandbox):
    at = at_platform(sandbox, "x")
    kept = credential_of(at)
    at.fault("drop", text="refresh_token", accept=True)
    with pytest.raises(OutcomeUnknown):
        at.sign_in.refresh(kept)
    with pytest.raises(SignInExpired):
        at.sign_in.refresh(kept)


def test_a_platform_that_hangs_is_waited_for_no_longer_than_the_time_out(renewing):
    kept = credential_of(renewing)
    hasty = at_platform(renewing.sandbox, renewing.platform, timeout_s=0.3)
    renewing.fault("hang", text="refresh_token", seconds=20)
    began = time.monotonic()
    with pytest.raises(OutcomeUnknown):
        hasty.sign_in.refresh(kept)
    assert time.monotonic() - began < 5


def test_too_many_calls_are_told_apart(at):
    code = at.code()
    at.fault("rate_limit", seconds=60)
    with pytest.raises(TryLater) as told:
        at.sign_in.exchange(code, VERIFIER)
    assert told.value.after
    assert at.sign_in.exchange(code, VERIFIER).access_token


def test_a_platform_that_cannot_be_reached_has_spent_nothing(at):
    lost = at_platform(at.sandbox, at.platform, token_url="http://127.0.0.1:9")
    with pytest.raises(TryLater) as told:
        lost.sign_in.exchange("code", VERIFIER)
    assert told.value.whole_platform


def test_an_answer_in_which_nothing_is_what_it_should_be(at):
    at.sandbox.control.token_answers(at.platform, "hostile")
    with pytest.raises(OutcomeUnknown):
        at.tokens()


@pytest.mark.parametrize("kind", ["error_before", "html", "empty", "huge", "malformed", "drop"])
def test_asking_whose_account_it_is_may_be_tried_again(at, kind):
    tokens = at.tokens()
    endpoint = {"x": "me", "facebook": "accounts", "youtube": "channels"}[at.platform]
    at.fault(kind, endpoint, accept=False)
    with pytest.raises(TryLater):
        at.sign_in.candidates(tokens)
    assert at.sign_in.candidates(tokens)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"access_token": ""},
        {"access_token": None},
        {"access_token": 7},
        {"access_token": "a b"},
        {"access_token": "a\r\nX-Evil: 1"},
        {"access_token": "x" * 10_001},
        {"access_token": "a", "token_type": "mac"},
        {"access_token": "a", "refresh_token": ["b"]},
        {"access_token": "a", "refresh_token": "b\n"},
        {"access_token": "a", "expires_in": 0},
        {"access_token": "a", "expires_in": -1},
        {"access_token": "a", "expires_in": True},
        {"access_token": "a", "expires_in": "soon"},
        {"access_token": "a", "expires_in": float("inf")},
        {"access_token": "a", "expires_in": 10**12},
        {"access_token": "a", "scope": ["b"]},
    ],
)
def test_tokens_that_are_none(answer):
    with pytest.raises((ValueError, TypeError, OverflowError)):
        tokens_in(answer, NOW)


def test_tokens_as_the_standard_has_them():
    answer = {"access_token": "a", "token_type": "Bearer", "expires_in": "60", "scope": "b c"}
    assert tokens_in(answer, NOW) == Tokens("a", "", NOW + timedelta(seconds=60), None, ("b", "c"))


def test_an_answer_without_scopes_means_those_that_were_asked_for():
    asked = (Scope("b", "Read"), Scope("c", "Write"))
    assert with_scopes(Tokens("a"), asked).scopes == ("b", "c")
    assert with_scopes(Tokens("a", scopes=("b",)), asked).scopes == ("b",)


# Secrets


def test_no_secret_is_shown_or_logged_or_put_into_an_address(at, caplog, monkeypatch):
    asked: list[str] = []
    send = requests.Session.send

    def watched(self, request, **options):
        asked.append(str(request.url))
        return send(self, request, **options)

    monkeypatch.setattr(requests.Session, "send", watched)
    caplog.set_level(logging.DEBUG)
    tokens = at.tokens()
    candidate = at.sign_in.candidates(tokens)[0]
    with pytest.raises(PlatformError) as refused:
        at.sign_in.exchange("spent", VERIFIER)
    at.sign_in.revoke(candidate.credential, candidate.allowed_by)

    hidden = [SECRET, tokens.access_token, *candidate.credential.values()]
    shown = [repr(at.app), repr(tokens), repr(candidate), refused.value.message, caplog.text]
    assert not [one for one in hidden if any(one in text for text in (*shown, *asked))]
    assert asked


class Redirecting(BaseHTTPRequestHandler):
    """Sends everybody on to another server, secrets and all, if they let it."""

    onward = ""

    def do_POST(self) -> None:
        self.send_response(307)
        self.send_header("Location", f"{self.onward}{self.path}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Nothing: the test's own output is enough."""


def test_a_redirection_of_the_token_server_is_not_followed(at, monkeypatch):
    monkeypatch.setattr(Redirecting, "onward", at.app.token_url)
    code = at.code()
    with ThreadingHTTPServer(("127.0.0.1", 0), Redirecting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        elsewhere = f"http://127.0.0.1:{server.server_port}"
        astray = at_platform(at.sandbox, at.platform, token_url=elsewhere)
        with pytest.raises(OutcomeUnknown):
            astray.sign_in.exchange(code, VERIFIER)
        server.shutdown()
    # The code is unspent: it did not travel on.
    assert at.sign_in.exchange(code, VERIFIER).access_token
