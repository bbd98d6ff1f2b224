"""What the sandbox's Facebook answers, held against Meta's own description of its nodes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from platforms.sandbox.running import RunningSandbox
from tests.platforms.facebook_account import FacebookAccount, facebook_account, outgoing
from tests.platforms.x_account import ignore, picture

SPECS = Path(__file__).resolve().parents[3] / "shared" / "specs" / "meta"
needs_specs = pytest.mark.skipif(not SPECS.is_dir(), reason="Meta's description is not here.")

POST = (
    "id,message,created_time,updated_time,from,permalink_url,is_published,is_hidden,status_type,"
    "attachments{media_type,subattachments{media_type}}"
)
COMMENT = (
    "id,message,created_time,from,permalink_url,like_count,comment_count,can_comment,is_hidden,"
    "parent{id}"
)
PHOTO = "id,name,created_time,from,alt_text,alt_text_custom,link,page_story_id,images"
PAGE = "id,name,username,about,link,followers_count,fan_count"

FITS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "unsigned int": lambda value: isinstance(value, int) and value >= 0,
    "datetime": lambda value: bool(datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z")),
    "Object": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
}


@pytest.fixture
def account(sandbox: RunningSandbox) -> FacebookAccount:
    return facebook_account(sandbox)


def check(name: str, node: Mapping[str, Any]) -> None:
    """Every field is one of the node's, and of its type; edges are pages of a list."""
    described = json.loads((SPECS / f"{name}.json").read_text())
    types = {field["name"]: field["type"] for field in described["fields"]}
    edges = {api["endpoint"] for api in described["apis"] if api.get("endpoint")}
    for field, value in node.items():
        if field in types:
            kind = types[field].split("<")[0]
            assert FITS.get(kind, FITS["Object"])(value), f"{name}.{field}: {value!r}"
        else:
            assert field in edges, f"{name} has no {field}"
            assert isinstance(value["data"], list)


@needs_specs
def test_posts_of_the_page(account: FacebookAccount) -> None:
    account.adapter.publish(outgoing("One"), {}, ignore)
    account.adapter.publish(outgoing("Two", picture("A"), picture("B")), {}, ignore)
    account.adapter.publish(outgoing("Three", link="https://www.gov.uk/"), {}, ignore)
    for edge in ("published_posts", "feed"):
        answer = account.adapter.graph.read_edge(account.remote_id, edge, fields=POST)
        assert len(answer["data"]) == 3
        for post in answer["data"]:
            check("PagePost", post)


@needs_specs
def test_tagged_posts(account: FacebookAccount) -> None:
    account.say("The bins again", kind="tagged")
    answer = account.adapter.graph.read_edge(account.remote_id, "tagged", fields=POST)
    (post,) = answer["data"]
    check("PagePost", post)


@needs_specs
def test_comments(account: FacebookAccount) -> None:
    sent = account.adapter.publish(outgoing("One"), {}, ignore)
    comment = account.say("Thanks", in_reply_to=sent.remote_id)
    account.say("You too", in_reply_to=comment["remote_id"])
    graph = account.adapter.graph
    graph.put(comment["remote_id"], "comments", message="You are welcome")
    answer = graph.read_edge(sent.remote_id, "comments", fields=COMMENT, filter="stream")
    assert len(answer["data"]) == 3
    for one in answer["data"]:
        check("Comment", one)
    check("Comment", graph.read(comment["remote_id"], fields=COMMENT))


@needs_specs
def test_photos(account: FacebookAccount) -> None:
    graph = account.adapter.graph
    photo = graph.put_photo(
        account.remote_id, ("bin.png", b"png", "image/png"), published="false", alt_text_custom="A"
    )
    check("Photo", graph.read(photo, fields=PHOTO))


@needs_specs
def test_the_page(account: FacebookAccount) -> None:
    check("Page", account.adapter.graph.read("me", fields=PAGE))


@needs_specs
def test_what_the_adapter_sends_is_described(account: FacebookAccount) -> None:
    page = json.loads((SPECS / "Page.json").read_text())
    taken = {
        (api["method"], api["endpoint"]): {param["name"] for param in api["params"]}
        for api in page["apis"]
        if api.get("endpoint")
    }
    assert {"message", "link", "attached_media"} <= taken["POST", "feed"]
    assert {"published", "alt_text_custom"} <= taken["POST", "photos"]
    assert ("GET", "tagged") in taken
    assert ("GET", "published_posts") in taken
