"""Signing in at Facebook: what is Facebook's own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from platforms import registry
from platforms.contract import Connection
from platforms.errors import OutcomeUnknown, TryLater
from platforms.facebook import FacebookAdapter
from platforms.facebook_sign_in import FIELDS, TOKEN, FacebookSignIn
from platforms.sandbox.running import RunningSandbox
from platforms.sign_in import not_granted
from tests.platforms.facebook_account import outgoing
from tests.platforms.signing_in import (
    BACK,
    HANDLE,
    INSTAGRAM,
    PERSON,
    SECRET,
    AtPlatform,
    at_platform,
)
from tests.platforms.x_account import ignore

SPECS = Path(__file__).resolve().parents[3] / "shared" / "specs" / "meta"
ALL = [scope.name for scope in FacebookSignIn.scopes]


@pytest.fixture
def at(sandbox: RunningSandbox) -> AtPlatform:
    return at_platform(sandbox, "facebook")


def test_the_address_asks_as_facebook_wants_it(at):
    address = urlsplit(at.sign_in.address("the-state", "v" * 43))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert address.path.endswith("/v26.0/dialog/oauth")
    assert query == {
        "response_type": "code",
        "client_id": "council",
        "redirect_uri": BACK,
        "scope": ",".join(ALL),
        "state": "the-state",
    }


def test_a_page_and_its_instagram_account_are_offered_with_the_pages_token(at):
    page, instagram = at.sign_in.candidates(at.tokens())
    assert (page.platform, page.identity.name) == ("facebook", "Wealdmoor District Council")
    assert instagram.platform == "instagram"
    assert instagram.identity.remote_id == INSTAGRAM["id"]
    assert instagram.identity.handle == "wealdmoor"
    assert instagram.identity.url == "https://www.instagram.com/wealdmoor"
    assert instagram.credential == page.credential


def test_an_instagram_account_is_signed_in_to_at_facebook(at):
    assert isinstance(registry.sign_in("instagram", at.app), FacebookSignIn)


def test_the_pages_token_publishes_and_outlives_the_persons(at):
    page = at.sign_in.candidates(at.tokens())[0]
    later = datetime.now(UTC) + timedelta(days=80)
    at.sandbox.control.settings(now=later.timestamp())
    adapter = FacebookAdapter(
        Connection("facebook", HANDLE, at.remote_id, at.app.api_url, 5, credential=page.credential)
    )
    assert adapter.identify().remote_id == at.remote_id
    assert adapter.publish(outgoing("Bins on Monday"), {}, ignore).remote_id


def test_the_persons_own_token_is_not_kept(at):
    tokens = at.tokens()
    kept = [value for one in at.sign_in.candidates(tokens) for value in one.credential.values()]
    assert tokens.access_token not in kept


def test_the_person_is_given_sixty_days_and_the_connection_ninety(at):
    tokens, now = at.tokens(), datetime.now(UTC)
    assert tokens.access_expires_at is not None
    assert tokens.expires_at is not None
    assert timedelta(days=59) < tokens.access_expires_at - now < timedelta(days=61)
    assert timedelta(days=89) < tokens.expires_at - now <= timedelta(days=90)


def test_what_was_unticked_is_told(at):
    allowed = [name for name in ALL if name != "pages_manage_posts"]
    tokens = at.tokens(scopes=allowed)
    missing = not_granted(at.sign_in.scopes, tokens)
    assert [scope.words for scope in missing] == ["Post on the page, and delete posts"]


@pytest.mark.parametrize(
    ("left_out", "offered"),
    [("pages_show_list", []), ("instagram_basic", ["facebook"])],
)
def test_what_was_not_allowed_is_not_offered(at, left_out, offered):
    tokens = at.tokens(scopes=[name for name in ALL if name != left_out])
    assert [one.platform for one in at.sign_in.candidates(tokens)] == offered


def test_a_page_on_which_the_person_may_not_post_says_so(sandbox):
    control = sandbox.control
    extra = {"runs": [HANDLE], "tasks": ["ANALYZE"]}
    control.add_account("facebook", PERSON, name="Sam Officer", extra=extra)
    at = at_platform(sandbox, "facebook")
    assert at.sign_in.candidates(at.tokens())[0].obstacle == "You may not post on this page."


def test_more_pages_than_one_answer_holds_are_all_offered(sandbox):
    handles = [f"page{number}" for number in range(130)]
    for handle in handles:
        sandbox.control.add_account("facebook", handle)
    sandbox.control.add_account("facebook", PERSON, name="Sam", extra={"runs": handles})
    at = at_platform(sandbox, "facebook")
    found = [one.identity.handle for one in at.sign_in.candidates(at.tokens())]
    assert found == handles


def test_once_the_code_is_spent_a_failure_is_in_doubt(at):
    for kind, endpoint, rule in (
        ("error_before", "token", {"nth": 2}),
        ("rate_limit", "token", {"nth": 2}),
        ("rate_limit", "permissions", {}),
        ("drop", "permissions", {}),
    ):
        at.sandbox.control.clear_faults()
        at.fault(kind, endpoint, **rule)
        with pytest.raises(OutcomeUnknown):
            at.tokens()


def test_an_id_that_is_none_goes_into_no_address(at):
    for one in ("", "1/feed", "../1", "me"):
        with pytest.raises((ValueError, TryLater)):
            at.sign_in.revoke({}, one)


@pytest.mark.parametrize(
    ("changed", "code", "subcode"),
    [
        ({"code": "made-up"}, 100, None),
        ({"redirect_uri": "https://elsewhere.example/"}, 100, 36008),
        ({"client_secret": "another"}, 1, None),
        ({"client_id": "nobody"}, 101, None),
    ],
)
def test_how_facebook_refuses(at, changed, code, subcode):
    form = {"client_id": "council", "client_secret": SECRET, "redirect_uri": BACK}
    form = {**form, "code": at.code(), **changed}
    answer = requests.post(f"{at.app.token_url}{TOKEN}", data=form, timeout=5)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"].get("error_subcode") == subcode


def test_the_persons_entry_is_no_page_of_the_council(at):
    assert "Sam Officer" not in requests.get(at.sandbox.url, timeout=5).text


@pytest.mark.skipif(not SPECS.is_dir(), reason="Meta's description is not here.")
def test_what_is_asked_of_a_page_is_in_metas_description():
    described = json.loads((SPECS / "Page.json").read_text())
    names = {field["name"] for field in described["fields"]}
    asked = {name for name in FIELDS.split("{")[0].split(",") if name not in ("tasks",)}
    assert asked <= names
    instagram = json.loads((SPECS / "IGUser.json").read_text())
    inside = FIELDS.split("{")[1].rstrip("}").split(",")
    assert set(inside) <= {field["name"] for field in instagram["fields"]}
