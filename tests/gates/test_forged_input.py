"""Nonsense in every field and every address: an answer in words, never a broken page."""

from __future__ import annotations

import pytest

from tests.gates.requests.ask import ask
from tests.gates.small_council import Council, taken_back
from tests.gates.test_nothing_leaves_unapproved import leaving
from tests.gates.test_urls_by_role import LINES, some_and_all

NONSENSE = ("x\x00y", "9" * 30)
QUESTIONS = (
    *("after", "before", "sort", "tab", "account", "platform", "kind", "state", "area", "mine"),
    *(
        "service_area",
        "owner",
        "risk",
        "review",
        "connection",
        "words",
        "q",
        "since",
        "until",
        "person",
        "event",
        "new",
        "old",
        "month",
        "week",
        "day",
        "campaign",
        "author",
        "publish_on",
    ),
)
FIRST_OF_EACH = {line.split()[1]: line for line in reversed(LINES) if line.startswith("POST ")}
MAY = {"training_record_new": "hr", "account_login": "anonymous", "account_reset_password": "staff"}
BY_DIGITAL = ("person", "corporate_role", "account_", "job", "register_import")


def whoever_may(name: str) -> str:
    return MAY.get(name, "digital" if name.startswith(BY_DIGITAL) else "officer")


@pytest.mark.slow
@pytest.mark.parametrize("nonsense", NONSENSE, ids=["a null byte", "a huge number"])
def test_nonsense_in_any_field_breaks_nothing(nonsense: str, council: Council) -> None:
    before = leaving()
    for name, line in FIRST_OF_EACH.items():
        for field in ask(council, line).body:
            with taken_back():
                answer = ask(council, line, **{field: nonsense}).by(
                    council.browser(whoever_may(name))
                )
                assert answer.status_code < 500, (name, field)
                if field in ("version", "digest"):
                    assert leaving() <= before, (name, field)


@some_and_all
@pytest.mark.parametrize("nonsense", NONSENSE, ids=["a null byte", "a huge number"])
def test_nonsense_in_any_question_breaks_nothing(
    nonsense: str, lines: list[str], council: Council
) -> None:
    for line in lines:
        if line.startswith("GET ") and not line.startswith("GET audit_"):
            with taken_back():
                asked = ask(council, line)
                answer = council.browser("digital").get(
                    asked.address, dict.fromkeys(QUESTIONS, nonsense)
                )
            assert answer.status_code < 500, line


@some_and_all
def test_of_several_numbers_in_an_address_each_alone_names_nothing(
    lines: list[str], council: Council
) -> None:
    for line in lines:
        method, name = line.split()[:2]
        with taken_back():
            asked = ask(council, line)
        parts = asked.address.split("/")
        places = [place for place, part in enumerate(parts) if part.isdecimal()]
        for place in places if len(places) > 1 else ():
            address = "/".join([*parts[:place], str(10**30), *parts[place + 1 :]])
            browser = council.browser(whoever_may(name))
            answer = browser.get(address) if method == "GET" else browser.post(address, asked.body)
            assert answer.status_code in (403, 404), (line, address)


@some_and_all
@pytest.mark.parametrize("number", [0, 10**30], ids=["nought", "a huge number"])
def test_a_number_that_names_nothing_is_not_found(
    number: int, lines: list[str], council: Council
) -> None:
    for line in lines:
        method, name = line.split()[:2]
        with taken_back():
            asked = ask(council, line)
        places = [part for part in asked.address.split("/") if part.isdecimal()]
        if not places:
            continue
        address = (
            "/"
            + "/".join(
                str(number) if part.isdecimal() else part
                for part in asked.address.strip("/").split("/")
            )
            + "/"
        )
        browser = council.browser(whoever_may(name))
        answer = browser.get(address) if method == "GET" else browser.post(address, asked.body)
        assert answer.status_code in (403, 404), line
