"""The sandbox's answers against X's own OpenAPI document, where that file is beside the project."""

from __future__ import annotations

import base64
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests
from jsonschema import Draft7Validator
from jsonschema.validators import validator_for

from platforms.sandbox.running import RunningSandbox
from tests.platforms.x_account import PNG, XAccount, x_account

SPEC = Path(__file__).resolve().parents[3] / "shared" / "specs" / "x-openapi-2.159.json"
pytestmark = pytest.mark.skipif(not SPEC.exists(), reason="X's OpenAPI document is not here")
FIELDS = {
    "tweet.fields": "created_at,author_id,entities,referenced_tweets,conversation_id,attachments",
    "expansions": "author_id,attachments.media_keys",
    "media.fields": "alt_text,url",
    "user.fields": "created_at,description,public_metrics",
    "max_results": "5",
}


@cache
def spec() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SPEC.read_text())
    return loaded


def check(path: str, method: str, response: requests.Response) -> None:
    """The answer is what the document says about that operation and status."""
    operation = spec()["paths"][path][method]["responses"]
    content = operation.get(str(response.status_code), operation["default"])["content"]
    kind = response.headers["Content-Type"].split(";")[0]
    schema = {**content[kind]["schema"], "components": spec()["components"]}
    assert validator_for(schema, Draft7Validator) is not None
    Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER).validate(response.json())


class Caller:
    """Calls without tweepy, to see the raw answers."""

    def __init__(self, account: XAccount) -> None:
        self.account = account
        self.headers = {"Authorization": f'OAuth oauth_token="token-of-{account.handle}"'}

    def __call__(self, method: str, path: str, **options: Any) -> requests.Response:
        url = f"{self.account.sandbox.url}/x{path}"
        return requests.request(method, url, headers=self.headers, timeout=5, **options)

    def post(self, text: str, **more: Any) -> requests.Response:
        return self("POST", "/2/tweets", json={"text": text, **more})

    def uploaded(self) -> requests.Response:
        content = {
            "media": base64.b64encode(PNG).decode(),
            "media_category": "tweet_image",
            "media_type": "image/png",
        }
        return self("POST", "/2/media/upload", json=content)


@pytest.fixture
def call(sandbox: RunningSandbox) -> Caller:
    return Caller(x_account(sandbox))


def test_a_post_and_its_end(call: Caller) -> None:
    made = call.post("Bins & boxes https://gov.uk/bins")
    assert made.status_code == 201
    check("/2/tweets", "post", made)
    post_id = made.json()["data"]["id"]
    check("/2/tweets/{id}", "delete", call("DELETE", f"/2/tweets/{post_id}"))


def test_a_picture_and_its_alternative_text(call: Caller) -> None:
    uploaded = call.uploaded()
    check("/2/media/upload", "post", uploaded)
    described = {"id": uploaded.json()["data"]["id"], "metadata": {"alt_text": {"text": "A bin"}}}
    check("/2/media/metadata", "post", call("POST", "/2/media/metadata", json=described))


def test_the_account_itself(call: Caller) -> None:
    check("/2/users/me", "get", call("GET", "/2/users/me", params=FIELDS))


def test_the_timeline_with_pictures_links_and_replies(call: Caller) -> None:
    media_id = call.uploaded().json()["data"]["id"]
    first = call.post("One gov.uk/bins", media={"media_ids": [media_id]}).json()["data"]["id"]
    call.post("Two", reply={"in_reply_to_tweet_id": first})
    answer = call("GET", f"/2/users/{call.account.remote_id}/tweets", params=FIELDS)
    assert len(answer.json()["data"]) == 2
    check("/2/users/{id}/tweets", "get", answer)


@pytest.mark.parametrize("name", ["tweet.fields", "post.fields"])
def test_mentions_with_either_name_of_the_fields(call: Caller, name: str) -> None:
    call.account.sandbox.control.seed_mentions("x", call.account.handle, 20)
    fields = {name: FIELDS["tweet.fields"], "expansions": "author_id", "max_results": "5"}
    answer = call("GET", f"/2/users/{call.account.remote_id}/mentions", params=fields)
    assert answer.json()["meta"]["next_token"]
    assert answer.json()["data"][0]["created_at"].endswith("Z")
    check("/2/users/{id}/mentions", "get", answer)


def test_an_empty_list(call: Caller) -> None:
    answer = call("GET", f"/2/users/{call.account.remote_id}/mentions")
    assert "data" not in answer.json()
    check("/2/users/{id}/mentions", "get", answer)


@pytest.mark.parametrize("kind", ["rate_limit", "error_before", "expired", "revoked", "duplicate"])
def test_what_goes_wrong_on_demand(call: Caller, kind: str) -> None:
    call.account.fault(kind, "create_post", accept=False)
    answer = call.post("Hello")
    assert answer.status_code >= 400
    check("/2/tweets", "post", answer)


def test_refusals(call: Caller) -> None:
    for answer in (
        call.post("a" * 281),
        call.post(""),
        call.post("With a picture", media={"media_ids": ["1"]}),
        call.post("Hello", reply={"in_reply_to_tweet_id": "1"}),
    ):
        assert answer.status_code in (400, 403)
        check("/2/tweets", "post", answer)
    call.headers = {}
    refused = call.post("Hello")
    assert refused.status_code == 401
    check("/2/tweets", "post", refused)


def test_the_limits_are_in_the_headers_and_count_down(call: Caller) -> None:
    headers = [call.post(f"Post {number}").headers for number in range(2)]
    assert [found["x-rate-limit-limit"] for found in headers] == ["100", "100"]
    assert [found["x-rate-limit-remaining"] for found in headers] == ["99", "98"]
    assert headers[0]["x-rate-limit-reset"] == headers[1]["x-rate-limit-reset"]
