"""Links are asked by a worker, what they answered is kept, and the check says what was seen."""

from __future__ import annotations

import socket
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.checks.link_answers import CHECK
from publishing.composition import compose
from publishing.drafts import Content
from publishing.links import asking, looking
from publishing.links.asking import Answer, ask
from publishing.links.found import MOST, links_in, links_typed
from publishing.links.looking import look_again, look_at, look_at_links_of, look_soon
from publishing.models import LinkLook, LinkOutcome
from tests.publishing.links.website import PUBLIC, website
from tests.publishing.making import content, drafted, in_hours, submitted

LINK = "http://www.wealdmoor.example/page"


def to_the_website(name: str, port: int) -> list[str]:
    return [PUBLIC]


@pytest.fixture
def answers(monkeypatch) -> dict[str, Answer]:
    """What links answer; each question is counted under "asked"."""
    known: dict[str, Answer] = {}
    asked: list[str] = []

    def answer(link: str) -> Answer:
        asked.append(link)
        return known.get(link, Answer(LinkOutcome.ANSWERS, 200))

    monkeypatch.setattr(looking, "ask", answer)
    monkeypatch.setattr(looking, "asked", asked, raising=False)
    return known


def asked() -> list[str]:
    return looking.asked  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, LinkOutcome.ANSWERS), (204, LinkOutcome.ANSWERS), (405, LinkOutcome.ANSWERS),
        (404, LinkOutcome.BROKEN), (410, LinkOutcome.BROKEN), (403, LinkOutcome.SILENT),
        (429, LinkOutcome.SILENT), (500, LinkOutcome.SILENT), (503, LinkOutcome.SILENT),
    ],
)  # fmt: skip
def test_an_answer_means_what_it_says(status: int, outcome: LinkOutcome, monkeypatch) -> None:
    with website(monkeypatch, page=(status, "")):
        assert ask(LINK, to_the_website).outcome == outcome


def test_a_website_is_asked_by_its_name_and_for_its_head_only(monkeypatch) -> None:
    with website(monkeypatch, page=(301, "/new?a=1"), new=(200, "")) as site:
        assert ask(LINK, to_the_website).outcome == LinkOutcome.ANSWERS
    host = "www.wealdmoor.example"
    assert site.asked == [f"HEAD {host}/page", f"HEAD {host}/new?a=1"]


def test_a_website_that_nobody_hears_from_is_silent(monkeypatch) -> None:
    def away(*args: object, **options: object) -> socket.socket:
        raise ConnectionRefusedError

    monkeypatch.setattr("urllib3.util.connection.create_connection", away)
    assert ask(LINK, to_the_website).outcome == LinkOutcome.SILENT


def test_a_name_that_there_is_not_is_broken() -> None:
    def nowhere(name: str, port: int) -> list[str]:
        raise socket.gaierror

    assert ask(LINK, nowhere).outcome == LinkOutcome.BROKEN


def test_an_answer_that_drips_is_cut_off(monkeypatch) -> None:
    """Each byte comes in time, and the whole never does."""
    monkeypatch.setattr(asking, "WITHIN_S", 0.4)
    ours, theirs = socket.socketpair()
    over = threading.Event()

    def drip() -> None:
        theirs.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while not over.wait(0.05):
            try:
                theirs.sendall(b"x")
            except OSError:
                return

    monkeypatch.setattr("urllib3.util.connection.create_connection", lambda *_, **__: ours)
    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    began = time.monotonic()
    assert ask(LINK, to_the_website).outcome == LinkOutcome.SILENT
    over.set()
    thread.join(2)
    theirs.close()
    assert time.monotonic() - began < 10 * asking.WITHIN_S


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://a.example/b.", ["https://a.example/b"]),
        ("(http://a.example/?q=1&r=2), then “https://b.example”", [
            "http://a.example/?q=1&r=2", "https://b.example",
        ]),
        ("www.a.example and a@b.example", []),
        ("", []),
    ],
)  # fmt: skip
def test_links_are_found_in_texts(text: str, links: list[str]) -> None:
    assert links_in(text) == links


def test_only_so_many_links_of_a_post_are_looked_at() -> None:
    text = " ".join(f"https://a.example/{number}" for number in range(50))
    assert len(links_typed(Content(text=text, link="https://a.example/"))) == MOST


@pytest.mark.django_db
def test_what_a_link_answered_is_kept_and_not_asked_again_at_once(answers) -> None:
    answers[LINK] = Answer(LinkOutcome.BROKEN, 404, "There is no such page.")
    look_at(LINK)
    look_at(LINK)
    assert asked() == [LINK]
    kept = LinkLook.objects.get()
    assert (kept.outcome, kept.status, kept.address) == (LinkOutcome.BROKEN, 404, LINK)


@pytest.mark.django_db
def test_the_check_tells_of_links_that_were_seen_not_to_work(answers, account) -> None:
    answers[LINK] = Answer(LinkOutcome.BROKEN, 404, "There is no such page.")
    post = compose(content(account, link=LINK, text="Open. More at https://fine.example/."))
    not_yet = list(CHECK.find(post, timezone.now()))
    links = {LINK, "https://fine.example/"}
    assert {found.about for found in not_yet if found.is_note} == links
    for link in links:
        look_at(link)
    [found] = CHECK.find(post, timezone.now())
    assert found.message == f"Open {LINK} and see whether it works. There is no such page."
    assert found.field == "link"


@pytest.mark.django_db
def test_a_worker_is_asked_only_for_links_that_nobody_has_looked_at(
    answers, author, account, monkeypatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr(looking, "enqueue", lambda task, ids: told.extend(ids))
    typed = content(account, link=LINK)
    post = drafted(author, account, link=LINK)
    look_soon(post.pk, typed)
    look_at_links_of(post.pk)
    look_soon(post.pk, typed)
    look_soon(post.pk, content(account))
    assert (told, asked()) == ([post.pk], [LINK])


@pytest.mark.django_db
def test_links_of_posts_on_their_way_are_looked_at_again(answers, author, account) -> None:
    submitted(author, account, link=LINK, at=in_hours(40))
    drafted(author, account, link="https://draft.example/")
    assert look_again() == 1
    assert look_again() == 0
    LinkLook.objects.update(looked_at=timezone.now() - timedelta(hours=13))
    assert look_again() == 1
    LinkLook.objects.create(
        digest="old", address="https://old.example/", outcome="answers",
        looked_at=timezone.now() - timedelta(days=91),
    )  # fmt: skip
    look_again()
    assert not LinkLook.objects.filter(digest="old").exists()
