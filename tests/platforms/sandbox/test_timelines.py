"""The public pages: what a person sees of what came out."""

from __future__ import annotations

import pytest
import requests

from platforms.sandbox.running import RunningSandbox
from tests.platforms.x_account import XAccount, ignore, outgoing, picture, x_account
from tests.platforms.youtube_account import outgoing as a_video
from tests.platforms.youtube_account import youtube_account


@pytest.fixture
def account(sandbox: RunningSandbox) -> XAccount:
    return x_account(sandbox)


def page(account: XAccount, path: str) -> requests.Response:
    return requests.get(f"{account.sandbox.url}{path}", timeout=5)


def test_the_index_names_every_account(account: XAccount) -> None:
    assert "Wealdmoor District Council" in page(account, "/").text


def test_a_timeline_shows_posts_newest_first_with_pictures_and_their_words(
    account: XAccount,
) -> None:
    account.adapter.publish(outgoing("The first"), {}, ignore)
    account.adapter.publish(outgoing("The second", picture("A green bin")), {}, ignore)
    text = page(account, "/timeline/x/WealdmoorDC").text
    assert text.index("The second") < text.index("The first")
    assert 'alt="A green bin"' in text
    source = text.split('<img src="')[1].split('"')[0]
    assert page(account, source).headers["Content-Type"] == "image/png"


def test_the_address_that_the_adapter_gives_leads_to_the_post(account: XAccount) -> None:
    sent = account.adapter.publish(outgoing("See gov.uk/bins"), {}, ignore)
    account.sandbox.control.say("x", account.handle, "Ta <b>duck</b>", in_reply_to=sent.remote_id)
    answer = requests.get(sent.url, timeout=5)
    assert 'href="https://gov.uk/bins"' in answer.text
    assert "Ta &lt;b&gt;duck&lt;/b&gt;" in answer.text


def test_nothing_that_was_said_becomes_markup(account: XAccount) -> None:
    nasty = '<script>alert(1)</script> "quoted" http://a.com/"onmouseover="x'
    account.adapter.publish(outgoing(nasty, picture('"><img src=x>')), {}, ignore)
    text = page(account, "/timeline/x/WealdmoorDC").text
    assert "<script" not in text
    assert "<img src=x>" not in text
    assert '"onmouseover' not in text


def test_pages_need_no_script_and_no_inline_style(account: XAccount) -> None:
    for path in ("/", "/timeline/x/WealdmoorDC"):
        answer = page(account, path)
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert " style=" not in answer.text
        assert "<style" not in answer.text
    assert page(account, "/timelines.css").headers["Content-Type"].startswith("text/css")


def test_older_posts_are_a_page_away(account: XAccount) -> None:
    for number in range(25):
        account.adapter.publish(outgoing(f"Post number {number}."), {}, ignore)
    first = page(account, "/timeline/x/WealdmoorDC").text
    second = page(account, "/timeline/x/WealdmoorDC?page=2").text
    assert "Post number 24." in first
    assert "Post number 4." not in first
    assert "Post number 4." in second


@pytest.mark.parametrize(
    "path",
    ["/timeline/x/Nobody", "/timeline/x/WealdmoorDC/1", "/media/x/1", "/timeline/y/z", "/nowhere"],
)
def test_what_is_not_there_is_not_found(account: XAccount, path: str) -> None:
    assert page(account, path).status_code == 404


def test_a_post_that_was_taken_down_is_not_shown(account: XAccount) -> None:
    sent = account.adapter.publish(outgoing("Gone soon"), {}, ignore)
    account.adapter.client.delete_tweet(sent.remote_id)
    assert requests.get(sent.url, timeout=5).status_code == 404
    assert "Gone soon" not in page(account, "/timeline/x/WealdmoorDC").text


def test_youtube_s_own_address_leads_to_the_video(sandbox: RunningSandbox) -> None:
    sent = youtube_account(sandbox).adapter.publish(a_video(), {}, ignore)
    answer = requests.get(sent.url, timeout=5)
    assert sent.url.endswith(f"/youtube/watch?v={sent.remote_id}")
    assert "How to sort your rubbish" in answer.text


def test_residents_say_many_things_in_one_call(account: XAccount) -> None:
    said = [{"text": f"Thank you {n}", "at": 1_700_000_000.0 + n} for n in range(3)]
    assert account.sandbox.control.say_all("x", account.handle, said) == 3
    page_of = account.adapter.mentions({"start": "2023-11-01T00:00:00+00:00"})
    assert [found.text for found in page_of.mentions] == [f"Thank you {n}" for n in range(3)]
