"""What holds for signing in at every platform, over HTTP."""

from __future__ import annotations

import time

import pytest
import requests

from platforms.contract import Connection
from platforms.errors import SignInExpired, TryLater
from platforms.facebook import FacebookAdapter
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
from platforms.x import XAdapter
from platforms.youtube import YouTubeAdapter
from tests.platforms.signing_in import (
    HANDLE,
    RENEWING,
    VERIFIER,
    AtPlatform,
    at_platform,
    credential_of,
)

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
    old = credential_of(renewing)
    new = renewed(old, renewing.sign_in.refresh(old))

    assert new["access_token"] != old["access_token"]
    assert renewing.sign_in.candidates(Tokens(new["access_token"]))
    assert renewing.sandbox.control.refreshes(renewing.platform) == {"done": 1, "refused": 0}


def test_xs_refresh_token_works_once_and_brings_the_next(sandbox):
    at = at_platform(sandbox, "x")
    old = credential_of(at)
    new = renewed(old, at.sign_in.refresh(old))
    assert new["refresh_token"] != old["refresh_token"]
    with pytest.raises(SignInExpired):
        at.sign_in.refresh(old)
    assert at.sign_in.refresh(new).refresh_token
    assert sandbox.control.refreshes("x") == {"done": 2, "refused": 1}


def test_googles_refresh_token_stays(sandbox):
    at = at_platform(sandbox, "youtube")
    old = credential_of(at)
    tokens = at.sign_in.refresh(old)
    assert tokens.refresh_token == ""
    assert renewed(old, tokens)["refresh_token"] == old["refresh_token"]
    assert at.sign_in.refresh(old).access_token


def test_facebook_cannot_be_renewed_without_a_person(sandbox):
    at = at_platform(sandbox, "facebook")
    assert not at.sign_in.refreshes
    with pytest.raises(SignInExpired):
        at.sign_in.refresh(credential_of(at))


def test_an_access_token_ends_by_itself(renewing):
    kept = credential_of(renewing)
    ended = time.time() + 7201
    renewing.sandbox.control.settings(now=ended)
    with pytest.raises(SignInExpired):
        renewing.sign_in.candidates(Tokens(kept["access_token"]))
    fresh = renewing.sign_in.refresh(kept)
    assert renewing.sign_in.candidates(fresh)


def test_a_refresh_token_is_never_replaced_by_nothing(renewing):
    kept = credential_of(renewing)
    for how in ("no_refresh_token", "blank_refresh_token"):
        renewing.sandbox.control.token_answers(renewing.platform, how)
        tokens = renewing.sign_in.refresh(dict(kept))
        assert tokens.refresh_token == ""
        assert renewed(kept, tokens)["refresh_token"] == kept["refresh_token"]
        kept = credential_of(renewing)


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
