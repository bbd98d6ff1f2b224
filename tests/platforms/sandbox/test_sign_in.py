"""The sandbox's authorisation server: it remembers, counts, and asks only for known apps."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
import requests

from platforms.sandbox.running import RunningSandbox, running_sandbox
from platforms.sign_in import renewed
from tests.platforms.signing_in import BACK, HANDLE, PERSON, at_platform

VERIFIER = "v" * 43
ASKED = {
    "response_type": "code",
    "client_id": "council",
    "redirect_uri": BACK,
    "scope": "tweet.read",
    "code_challenge": "c" * 43,
    "code_challenge_method": "S256",
}


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "nobody"},
        {"redirect_uri": f"{BACK}more"},
        {"redirect_uri": ""},
        {"response_type": "token"},
        {"scope": ""},
        {"scope": "tweet.read everything"},
        {"code_challenge": ""},
        {"code_challenge_method": "plain"},
    ],
)
def test_a_question_that_is_not_in_order_is_not_asked(
    sandbox: RunningSandbox, changed: dict[str, str]
) -> None:
    at_platform(sandbox, "x")
    address = f"{sandbox.url}/x/i/oauth2/authorize?"
    assert requests.get(address + urlencode(ASKED), timeout=5).status_code == 200
    wrong = address + urlencode({**ASKED, **changed})
    for response in (
        requests.get(wrong, timeout=5),
        requests.post(wrong, data={"who": HANDLE, "answer": "allow"}, timeout=5),
    ):
        assert response.status_code == 400
        assert "Location" not in response.headers


def test_nobody_signs_in_as_an_account_that_is_not_there(sandbox: RunningSandbox) -> None:
    at = at_platform(sandbox, "x")
    form = {"who": "somebody-else", "answer": "allow"}
    answer = requests.post(at.sign_in.address("s", VERIFIER), data=form, timeout=5)
    assert answer.status_code == 400


def test_a_page_of_facebooks_does_not_sign_in_and_a_person_does(sandbox: RunningSandbox) -> None:
    page = at_platform(sandbox, "facebook").page().text
    assert f'value="{PERSON}"' in page
    assert f'value="{HANDLE}"' not in page


def test_codes_tokens_and_counts_outlive_a_restart(tmp_path) -> None:
    database = tmp_path / "sandbox.sqlite3"
    with running_sandbox(database=database) as sandbox:
        at = at_platform(sandbox, "x")
        kept = dict(at.sign_in.candidates(at.tokens())[0].credential)
        kept = renewed(kept, at.sign_in.refresh(kept))
        code = at.code()
    with running_sandbox(database=database) as sandbox:
        at = at_platform(sandbox, "x")
        assert at.sign_in.exchange(code, VERIFIER).access_token
        assert at.sign_in.refresh(kept).access_token
        assert sandbox.control.refreshes("x") == {"done": 2, "refused": 0}


def test_a_reset_forgets_apps_and_counts(sandbox: RunningSandbox) -> None:
    at = at_platform(sandbox, "x")
    at.sign_in.refresh(at.sign_in.candidates(at.tokens())[0].credential)
    sandbox.control.reset()
    assert at.page().status_code == 400
    assert sandbox.control.refreshes("x") == {"done": 0, "refused": 0}


def test_an_order_that_makes_no_sense_is_refused(sandbox: RunningSandbox) -> None:
    with pytest.raises(ValueError, match="how is"):
        sandbox.control.token_answers("x", "loud")


def test_expired_by_order_and_expired_by_time_are_one(sandbox: RunningSandbox) -> None:
    at = at_platform(sandbox, "x")
    token = at.tokens().access_token
    me = f"{sandbox.url}/x/2/users/me"
    signed = {"Authorization": f"Bearer {token}"}
    assert requests.get(me, headers=signed, timeout=5).status_code == 200
    sandbox.control.set_tokens("x", HANDLE, "expired")
    assert requests.get(me, headers=signed, timeout=5).status_code == 401
