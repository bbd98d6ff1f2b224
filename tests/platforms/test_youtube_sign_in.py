"""Signing in at Google for YouTube: what is Google's own."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from platforms.contract import Connection
from platforms.sandbox.running import RunningSandbox
from platforms.sign_in import NotAllowed, not_granted
from platforms.youtube import YouTubeAdapter
from platforms.youtube_client import _description
from platforms.youtube_sign_in import TOKEN, YouTubeSignIn, _identity
from tests.platforms.signing_in import BACK, HANDLE, SECRET, AtPlatform, at_platform
from tests.platforms.x_account import ignore
from tests.platforms.youtube_account import outgoing

GONE = "Token has been expired or revoked."
ALL = [scope.name for scope in YouTubeSignIn.scopes]


@pytest.fixture
def at(sandbox: RunningSandbox) -> AtPlatform:
    return at_platform(sandbox, "youtube")


def test_the_address_asks_as_google_wants_it(at):
    address = urlsplit(at.sign_in.address("the-state", "v" * 43))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert address.path.endswith("/o/oauth2/v2/auth")
    assert query == {
        "response_type": "code",
        "client_id": "council",
        "redirect_uri": BACK,
        "scope": " ".join(ALL),
        "state": "the-state",
        "code_challenge": query["code_challenge"],
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }


def test_the_scopes_are_those_of_googles_description():
    assert set(ALL) <= set(_description()["auth"]["oauth2"]["scopes"])


def test_the_token_uploads_a_video(at):
    kept = at.sign_in.candidates(at.tokens())[0].credential
    adapter = YouTubeAdapter(
        Connection("youtube", HANDLE, at.remote_id, at.app.api_url, 5, credential=kept)
    )
    assert adapter.publish(outgoing(), {}, ignore).remote_id


def test_signing_in_again_brings_a_refresh_token_again(at):
    assert at.tokens().refresh_token
    assert at.tokens().refresh_token


def test_without_consent_anew_google_gives_none_the_second_time(at, monkeypatch):
    asking = at.sign_in.address
    unasked = lambda *given: asking(*given).replace("&prompt=consent", "")  # noqa: E731
    monkeypatch.setattr(at.sign_in, "address", unasked)
    assert at.tokens().refresh_token
    with pytest.raises(NotAllowed, match="an hour"):
        at.tokens()


def test_what_was_unticked_is_told(at):
    tokens = at.tokens(scopes=ALL[1:])
    missing = not_granted(at.sign_in.scopes, tokens)
    assert [scope.words for scope in missing] == ["Upload videos to the channel"]


def test_a_channel_without_a_handle_is_known_by_its_id():
    identity = _identity({"id": "UC1", "snippet": {"title": "Wealdmoor"}})
    assert (identity.handle, identity.url) == ("UC1", "https://www.youtube.com/channel/UC1")


@pytest.mark.parametrize(
    ("changed", "status", "error", "words"),
    [
        ({"code": "made-up"}, 400, "invalid_grant", "Malformed auth code."),
        ({"code_verifier": "w" * 43}, 400, "invalid_grant", "Invalid code verifier."),
        ({"redirect_uri": "https://a.example/"}, 400, "redirect_uri_mismatch", "Bad Request"),
        ({"client_secret": "another"}, 401, "invalid_client", "Unauthorized"),
        ({"client_id": "nobody"}, 401, "invalid_client", "The OAuth client was not found."),
        ({"grant_type": "refresh_token"}, 400, "invalid_grant", GONE),
    ],
)
def test_how_google_refuses(at, changed, status, error, words):
    form = {
        "grant_type": "authorization_code",
        "client_id": "council",
        "client_secret": SECRET,
        "redirect_uri": BACK,
        "code": at.code(),
        "code_verifier": "v" * 43,
        **changed,
    }
    answer = requests.post(f"{at.app.token_url}{TOKEN}", data=form, timeout=5)
    assert answer.status_code == status
    assert answer.json() == {"error": error, "error_description": words}
