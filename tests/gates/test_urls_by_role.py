"""Every address for every role: what the files of urls_by_role/ say is what each of them gets.

The columns are the roles of `tests.gates.small_council.ROLES`, in their order. A number is the
answer's status; 302 after a POST means done. `in`: sent to sign in. `pw`: sent to confirm the
password first. An address without its GET there takes only POSTs; one without its POST changes
nothing. A line names what it is about where that is not the only one: a post by its state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from audit.models import Entry
from publishing.models import Approval, Delivery, Post, Version
from tests.gates.requests.ask import ask
from tests.gates.small_council import ROLES, Council, taken_back

TABLES = sorted(Path(__file__).with_name("urls_by_role").glob("*.txt"))


def sections() -> dict[str, dict[str, list[str]]]:
    """Title → line ("POST post_approve awaiting") → the answer that each role gets."""
    found: dict[str, dict[str, list[str]]] = {}
    lines: dict[str, list[str]] = {}
    for line in (line for table in TABLES for line in table.read_text().splitlines()):
        words = line.split()
        if line.startswith("=="):
            lines = found[" ".join(words[1 : -len(ROLES)])] = {}
        elif words:
            lines[" ".join(words[: -len(ROLES)])] = words[-len(ROLES) :]
    return found


SECTIONS = sections()
EXPECTED = {line: answers for section in SECTIONS.values() for line, answers in section.items()}
LINES = list(EXPECTED)
ASKED_EVERY_DAY = [line for line in LINES if crc32(line.encode()) % 5 == 0]

some_and_all = pytest.mark.parametrize(
    "lines",
    [
        pytest.param(ASKED_EVERY_DAY, id="some"),
        pytest.param(LINES, id="all", marks=pytest.mark.slow),
    ],
)
"""What goes through every address takes longer than every day has time for."""


def names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


def answered(answer: HttpResponseBase) -> str:
    """The status, as the table writes it; a download is read to its end."""
    if answer.streaming:
        b"".join(answer)
    page = answer.headers.get("Location", "").partition("next=")[0]
    return _WORDS.get(page, str(answer.status_code))


_WORDS = {"/sign-in/?": "in", "/sign-in/again/?": "pw"}


def answers_to(line: str, council: Council, roles: Sequence[str] = ROLES) -> list[str]:
    """What each of `roles` gets, each as if nobody had asked before."""
    found = []
    for role in roles:
        cache.clear()
        with taken_back():
            found.append(answered(ask(council, line).by(council.browser(role))))
    return found


def one_for_each_answer(line: str) -> list[str]:
    """For every answer in the line a role that gets it: on other lines, other roles."""
    first = crc32(line.encode()) % len(ROLES)
    expected = dict(zip(ROLES, EXPECTED[line], strict=True))
    return list({expected[role]: role for role in (*ROLES[first:], *ROLES[:first])}.values())


def asked_by(method: str) -> set[str]:
    """The names of the addresses that have a line with this method."""
    return {line.split()[1] for line in LINES if line.startswith(f"{method} ")}


def differences(line: str, council: Council, roles: Sequence[str]) -> list[str]:
    expected = dict(zip(ROLES, EXPECTED[line], strict=True))
    found = zip(roles, answers_to(line, council, roles), strict=True)
    return [
        f"{role} got {got}, not {expected[role]}" for role, got in found if got != expected[role]
    ]


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.usefixtures("plain_refusals")
@pytest.mark.parametrize("line", LINES)
def test_everybody_gets_what_the_table_says(line: str, council: Council) -> None:
    assert differences(line, council, ROLES) == []


@pytest.mark.every_case_every_day
@pytest.mark.usefixtures("plain_refusals")
@pytest.mark.parametrize("line", ASKED_EVERY_DAY)
def test_of_those_with_the_same_answer_one_gets_what_the_table_says(
    line: str, council: Council
) -> None:
    """What can be asked every day; everybody is asked everywhere by the test above."""
    assert differences(line, council, one_for_each_answer(line)) == []


def test_every_address_is_in_the_table() -> None:
    assert asked_by("GET") | asked_by("POST") == set(names(get_resolver()))


@some_and_all
@pytest.mark.parametrize("role", ["officer", "digital"])
def test_an_address_without_its_get_takes_only_posts(
    role: str, lines: list[str], council: Council
) -> None:
    for line in lines:
        if line.split()[1] not in asked_by("GET"):
            answer = ask(council, line.replace("POST", "GET", 1)).by(council.browser(role))
            assert answer.status_code in (403, 405), line


@some_and_all
def test_an_address_without_its_post_changes_nothing_when_posted_to(
    lines: list[str], council: Council
) -> None:
    asks = [
        ask(council, line.replace("GET", "POST", 1))
        for line in lines
        if line.split()[1] not in asked_by("POST")
    ]
    before = everything()
    for each in asks:
        each.by(council.browser("digital"))
    after = everything()
    assert after["entries"] - before["entries"] <= {
        "audit.exported",
        "account.register_exported",
        "account.access_exported",
        "promotion.exported",
        "training.exported",
        "policy.exported",
        "training.attendance_exported",
        "training.course_exported",
    }
    assert {**after, "entries": set()} == {**before, "entries": set()}


def everything() -> dict[str, set[object]]:
    return {
        "posts": set(Post.objects.values_list("pk", "state", "version")),
        "versions": set(Version.objects.values_list("pk", "digest")),
        "approvals": set(Approval.objects.values_list("pk")),
        "deliveries": set(Delivery.objects.values_list("pk", "state")),
        "entries": set(Entry.objects.values_list("event", flat=True)),
    }
