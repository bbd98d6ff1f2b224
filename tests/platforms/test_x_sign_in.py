"""Signing in at X: what is X's own."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from platforms.contract import Connection, Sent
from platforms.sandbox.running import RunningSandbox
from platforms.x import XAdapter
from platforms.x_sign_in import TOKEN, VENDOR, XSignIn
from tests.platforms.signing_in import BACK, HANDLE, SECRET, AtPlatform, at_platform
from tests.platforms.x_account import ignore, outgoing, picture

SPEC = Path(__file__).resolve().parents[3] / "shared" / "specs" / "x-openapi-2.159.json"


@pytest.fixture
def at(sandbox: RunningSandbox) -> AtPlatform:
    return at_platform(sandbox, "x")


def asked(at: AtPlatform, path: str = TOKEN, secret: str = SECRET, **form: str):
    return requests.post(
        f"{at.app.token_url}{path}", data=form, auth=("council", secret), timeout=5
    )


def test_the_address_asks_as_x_wants_it(at):
    address = urlsplit(at.sign_in.address("the-state", "v" * 43))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}

    assert address.path.endswith("/i/oauth2/authorize")
    assert query == {
        "response_type": "code",
        "client_id": "council",
        "redirect_uri": BACK,
        "scope": "tweet.read tweet.write users.read media.write offline.access",
        "state": "the-state",
        "code_challenge": query["code_challenge"],
        "code_challenge_method": "S256",
    }
    assert len(query["code_challenge"]) == 43


@pytest.mark.skipif(not SPEC.exists(), reason="X's OpenAPI document is not here")
def test_scopes_and_token_address_are_those_of_xs_document():
    schemes = json.loads(SPEC.read_text())["components"]["securitySchemes"]
    flow = schemes["OAuth2UserToken"]["flows"]["authorizationCode"]
    assert flow["tokenUrl"] == f"{VENDOR}{TOKEN}"
    assert {scope.name for scope in XSignIn.scopes} <= set(flow["scopes"])


def test_the_token_posts_pictures_reads_and_deletes_like_four_keys_do(at):
    candidate = at.sign_in.candidates(at.tokens())[0]
    adapter = XAdapter(
        Connection("x", HANDLE, at.remote_id, at.app.api_url, 5, credential=candidate.credential)
    )
    sent = adapter.publish(outgoing("Bins on Monday", picture()), {}, ignore)
    at.sandbox.control.say("x", HANDLE, "Which bins?")

    found = adapter.find(outgoing("Bins on Monday"), {})
    assert isinstance(found, Sent)
    assert found.remote_id == sent.remote_id
    assert len(adapter.mentions({}).mentions) == 1
    assert adapter.figures().values["posts"] == 1


FOUR_KEYS = {
    "consumer_key": "key",
    "consumer_secret": "secret",
    "access_token": "token",
    "access_token_secret": "token-secret",
}


@pytest.mark.parametrize(
    ("credential", "kind"), [(FOUR_KEYS, "OAuth"), ({"access_token": "token"}, "Bearer")]
)
def test_four_keys_sign_and_one_token_is_borne(at, monkeypatch, credential, kind):
    kinds: list[str] = []
    send = requests.Session.send

    def watched(self, request, **options):
        header = request.headers["Authorization"]
        kinds.append((header if isinstance(header, str) else header.decode()).split()[0])
        return send(self, request, **options)

    at.sandbox.control.add_account("x", HANDLE, tokens=["token"])
    monkeypatch.setattr(requests.Session, "send", watched)
    adapter = XAdapter(
        Connection("x", HANDLE, at.remote_id, at.app.api_url, 5, credential=credential)
    )
    adapter.identify()
    adapter.publish(outgoing("Bins on Monday", picture()), {}, ignore)
    adapter.find(outgoing("Bins on Monday"), {})
    adapter.mentions({})
    assert kinds == [kind] * 6


def test_without_a_challenge_x_shows_no_page(at):
    address = at.sign_in.address("s", "v" * 43).replace("code_challenge=", "other=")
    assert requests.get(address, timeout=5).status_code == 400


@pytest.mark.parametrize(
    ("form", "secret", "status", "error", "words"),
    [
        ({"grant_type": "authorization_code"}, SECRET, 400, "invalid_request", "code was invalid"),
        ({"grant_type": "refresh_token"}, SECRET, 400, "invalid_request", "token was invalid"),
        ({"grant_type": "password"}, SECRET, 400, "unsupported_grant_type", "grant type"),
        ({}, "another", 401, "unauthorized_client", "Missing valid authorization header"),
    ],
)
def test_how_x_refuses(at, form, secret, status, error, words):
    answer = asked(at, secret=secret, **form)
    assert answer.status_code == status
    assert answer.json()["error"] == error
    assert words in answer.json()["error_description"]


def test_the_answer_has_xs_shape(at):
    answer = asked(
        at,
        grant_type="authorization_code",
        code=at.code(),
        redirect_uri=BACK,
        code_verifier="v" * 43,
    ).json()
    assert set(answer) == {"token_type", "expires_in", "access_token", "scope", "refresh_token"}
    assert answer["expires_in"] == 7200


def test_another_apps_code_and_token_are_not_taken(at):
    at.sandbox.control.register_app("x", "other", SECRET, BACK)
    other = XSignIn(type(at.app)(**{**_values(at), "client_id": "other"}))
    kept = dict(at.sign_in.candidates(at.tokens())[0].credential)

    with pytest.raises(Exception, match="Begin again"):
        other.exchange(at.code(), "v" * 43)
    with pytest.raises(Exception, match="no longer accepts"):
        other.refresh(kept)
    assert at.sign_in.refresh(kept).access_token


def _values(at: AtPlatform) -> dict[str, object]:
    return {name: getattr(at.app, name) for name in type(at.app).__slots__}
