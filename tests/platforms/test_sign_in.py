"""What holds for signing in at every platform, over HTTP."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from platforms.contract import Connection
from platforms.errors import OutcomeUnknown, PlatformError, SignInExpired, TryLater
from platforms.facebook import FacebookAdapter
from platforms.sandbox.running import RunningSandbox
from platforms.sign_in import (
    NotAllowed,
    NotSetUp,
    Tokens,
    code_in,
    new_state,
    new_verifier,
    not_granted,
    renewed,
)
from platforms.token_server import tokens_in
from platforms.x import XAdapter
from platforms.youtube import YouTubeAdapter
from tests.platforms.signing_in import HANDLE, SECRET, AtPlatform, at_platform

PLATFORMS = ["x", "facebook", "youtube"]
RENEWING = ["x", "youtube"]
NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
VERIFIER = "v" * 43


@pytest.fixture(params=PLATFORMS)
def at(request: pytest.FixtureRequest, sandbox: RunningSandbox) -> AtPlatform:
    return at_platform(sandbox, request.param)


@pytest.fixture(params=RENEWING)
def renewing(request: pytest.FixtureRequest, sandbox: RunningSandbox) -> AtPlatform:
    return at_platform(sandbox, request.param)


def credential(at: AtPlatform) -> dict[str, str]:
    return dict(at.sign_in.candidates(at.tokens())[0].credential)


# The way in


def test_whoever_allows_it_opens_the_account(at):
    tokens = at.tokens()
    found = at.sign_in.candidates(tokens)

    assert found[0].platform == at.platform
    assert found[0].identity.remote_id == at.remote_id
    assert found[0].identity.handle == HANDLE
    assert found[0].allowed_by
    assert found[0].obstacle == ""
    assert not_granted(at.sign_in.scopes, tokens) == ()


def test_the_state_comes_back_as_it_went(at):
    state = new_state()
    assert at.answered(VERIFIER, state=state)["state"] == state


def test_states_and_verifiers_never_repeat_and_have_the_length_of_the_standard():
    drawn = [new_verifier() for _ in range(50)] + [new_state() for _ in range(50)]
    assert len(set(drawn)) == 100
    assert all(43 <= len(one) <= 128 for one in drawn)


def test_whoever_says_no_connects_nothing(at):
    answer = at.answered(VERIFIER, answer="cancel")
    assert answer["error"] == "access_denied"
    assert "code" not in answer
    with pytest.raises(NotAllowed, match="You did not allow it"):
        code_in(answer)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"code": ""},
        {"code": "a b"},
        {"code": "a\r\nX-Evil: 1"},
        {"code": "x" * 4_001},
        {"code": "é"},
        {"error": "server_error", "code": "a"},
    ],
)
def test_an_address_without_a_code_that_can_be_used(query):
    with pytest.raises(NotAllowed):
        code_in(query)


def test_the_page_names_the_accounts_and_what_is_asked(at):
    page = at.page()
    assert page.status_code == 200
    assert "Wealdmoor" in page.text or "Sam Officer" in page.text
    assert all(scope.name in page.text for scope in at.sign_in.scopes)
    assert "form-action" not in page.headers["Content-Security-Policy"]


def test_the_page_shows_no_name_as_markup(sandbox):
    at = at_platform(sandbox, "x")
    sandbox.control.add_account("x", "sly", name="<script>alert(1)</script>")
    assert "<script>" not in at.page().text


def test_the_page_sends_nobody_to_an_address_that_is_not_the_apps(at):
    other = at_platform(at.sandbox, at.platform, redirect_uri="https://elsewhere.example/back/")
    for response in (
        other.page(),
        requests.post(other.sign_in.address("s", VERIFIER), data={"answer": "cancel"}, timeout=5),
    ):
        assert response.status_code == 400
        assert "elsewhere" not in response.headers.get("Location", "")


def test_a_code_challenge_goes_out_and_the_verifier_does_not(at):
    address = at.sign_in.address("state", VERIFIER)
    assert VERIFIER not in address
    assert ("code_challenge_method=S256" in address) == at.sign_in.uses_pkce


# Codes


def test_a_code_works_once(at):
    code = at.code()
    at.sign_in.exchange(code, VERIFIER)
    with pytest.raises(NotAllowed):
        at.sign_in.exchange(code, VERIFIER)


def test_a_code_ends(at):
    code = at.code()
    at.sandbox.control.settings(now=time.time() + 601)
    with pytest.raises(NotAllowed):
        at.sign_in.exchange(code, VERIFIER)


def test_a_code_that_nobody_issued(at):
    with pytest.raises(NotAllowed):
        at.sign_in.exchange("made-up", VERIFIER)


@pytest.mark.parametrize("platform", RENEWING)
def test_a_code_needs_the_verifier_that_it_was_asked_with(sandbox, platform):
    at = at_platform(sandbox, platform)
    code = at.code()
    with pytest.raises(NotAllowed):
        at.sign_in.exchange(code, "w" * 43)
    # Nothing was spent by that: the right one still works.
    assert at.sign_in.exchange(code, VERIFIER).access_token


def test_a_wrong_secret_is_the_councils_own_trouble(at):
    wrong = at_platform(at.sandbox, at.platform, client_secret="another")
    with pytest.raises(NotSetUp, match="settings"):
        wrong.sign_in.exchange(at.code(), VERIFIER)


# Renewing


def test_renewing_brings_a_token_that_opens_the_account(renewing):
    old = credential(renewing)
    new = renewed(old, renewing.sign_in.refresh(old))

    assert new["access_token"] != old["access_token"]
    assert renewing.sign_in.candidates(Tokens(new["access_token"]))
    assert renewing.sandbox.control.refreshes(renewing.platform) == {"done": 1, "refused": 0}


def test_xs_refresh_token_works_once_and_brings_the_next(sandbox):
    at = at_platform(sandbox, "x")
    old = credential(at)
    new = renewed(old, at.sign_in.refresh(old))
    assert new["refresh_token"] != old["refresh_token"]
    with pytest.raises(SignInExpired):
        at.sign_in.refresh(old)
    assert at.sign_in.refresh(new).refresh_token
    assert sandbox.control.refreshes("x") == {"done": 2, "refused": 1}


def test_googles_refresh_token_stays(sandbox):
    at = at_platform(sandbox, "youtube")
    old = credential(at)
    tokens = at.sign_in.refresh(old)
    assert tokens.refresh_token == ""
    assert renewed(old, tokens)["refresh_token"] == old["refresh_token"]
    assert at.sign_in.refresh(old).access_token


def test_facebook_cannot_be_renewed_without_a_person(sandbox):
    at = at_platform(sandbox, "facebook")
    assert not at.sign_in.refreshes
    with pytest.raises(SignInExpired):
        at.sign_in.refresh(credential(at))


def test_an_access_token_ends_by_itself(renewing):
    kept = credential(renewing)
    ended = time.time() + 7201
    renewing.sandbox.control.settings(now=ended)
    with pytest.raises(SignInExpired):
        renewing.sign_in.candidates(Tokens(kept["access_token"]))
    fresh = renewing.sign_in.refresh(kept)
    assert renewing.sign_in.candidates(fresh)


def test_a_refresh_token_is_never_replaced_by_nothing(renewing):
    kept = credential(renewing)
    for how in ("no_refresh_token", "blank_refresh_token"):
        renewing.sandbox.control.token_answers(renewing.platform, how)
        tokens = renewing.sign_in.refresh(dict(kept))
        assert tokens.refresh_token == ""
        assert renewed(kept, tokens)["refresh_token"] == kept["refresh_token"]
        kept = credential(renewing)


@pytest.mark.parametrize("how", ["no_refresh_token", "blank_refresh_token"])
def test_a_sign_in_that_could_not_be_renewed_is_not_taken(renewing, how):
    renewing.sandbox.control.token_answers(renewing.platform, how)
    with pytest.raises(NotAllowed):
        renewing.tokens()


def test_a_credential_without_a_refresh_token_asks_nobody(renewing):
    with pytest.raises(SignInExpired):
        renewing.sign_in.refresh({"access_token": "a"})
    assert renewing.sandbox.control.refreshes(renewing.platform) == {"done": 0, "refused": 0}


# Taking it back


def test_taking_it_back_ends_everything_and_may_be_repeated(at):
    candidate = at.sign_in.candidates(at.tokens())[0]
    kept = dict(candidate.credential)
    at.sign_in.revoke(kept, candidate.allowed_by)
    at.sign_in.revoke(kept, candidate.allowed_by)

    with pytest.raises(SignInExpired):
        _adapter(at, kept).identify()
    with pytest.raises(SignInExpired):
        at.sign_in.refresh(kept)


@pytest.mark.parametrize("kind", ["error_before", "html", "empty", "drop", "huge", "rate_limit"])
def test_taking_it_back_is_tried_again_where_the_platform_is_broken(at, kind):
    candidate = at.sign_in.candidates(at.tokens())[0]
    endpoint = "take_back" if at.platform == "facebook" else "revoke"
    at.fault(kind, endpoint, accept=False)
    with pytest.raises(TryLater):
        at.sign_in.revoke(candidate.credential, candidate.allowed_by)
    at.sign_in.revoke(candidate.credential, candidate.allowed_by)


@pytest.mark.parametrize("platform", ["x", "facebook"])
def test_a_wrong_secret_takes_nothing_back(sandbox, platform):
    """Google asks for none there: whoever has the token may end it."""
    at = at_platform(sandbox, platform)
    candidate = at.sign_in.candidates(at.tokens())[0]
    wrong = at_platform(at.sandbox, at.platform, client_secret="another")
    with pytest.raises(NotSetUp):
        wrong.sign_in.revoke(candidate.credential, candidate.allowed_by)
    assert _adapter(at, dict(candidate.credential)).identify()


# Faults

DOUBT = ["error_before", "error_after", "html", "empty", "huge", "malformed", "drop"]


@pytest.mark.parametrize("kind", DOUBT)
def test_an_exchange_without_a_usable_answer_is_in_doubt(at, kind):
    at.fault(kind)
    with pytest.raises(OutcomeUnknown):
        at.tokens()
    assert at.tokens().access_token


@pytest.mark.parametrize("kind", DOUBT)
def test_a_renewal_without_a_usable_answer_is_in_doubt(renewing, kind):
    kept = credential(renewing)
    renewing.fault(kind, text="refresh_token", accept=False)
    with pytest.raises(OutcomeUnknown):
        renewing.sign_in.refresh(kept)
    assert renewing.sign_in.refresh(kept).access_token


def test_a_renewal_that_is_lost_on_the_way_back_spends_xs_refresh_token(sandbox):
    at = at_platform(sandbox, "x")
    kept = credential(at)
    at.fault("drop", text="refresh_token", accept=True)
    with pytest.raises(OutcomeUnknown):
        at.sign_in.refresh(kept)
    with pytest.raises(SignInExpired):
        at.sign_in.refresh(kept)


def test_a_platform_that_hangs_is_waited_for_no_longer_than_the_time_out(renewing):
    kept = credential(renewing)
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


def _adapter(at: AtPlatform, kept: dict[str, str]):
    kinds = {"x": XAdapter, "facebook": FacebookAdapter, "youtube": YouTubeAdapter}
    connection = Connection(
        platform=at.platform,
        handle=HANDLE,
        remote_id=at.remote_id,
        base_url=at.app.api_url,
        timeout_s=5,
        credential=kept,
    )
    return kinds[at.platform](connection)
