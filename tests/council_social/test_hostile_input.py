"""What no browser of ours would send: places in lists, dates, numbers, cookies, bodies."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.permissions import CorporateRole
from publishing.models import Post
from tests.factories import AccountFactory, CorporateGrantFactory, drafter_of, person
from tests.monitoring.factories import MentionFactory
from tests.publishing.making import drafted, in_hours, newest, submitted
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def place(*values: object) -> str:
    return urlsafe_b64encode(json.dumps(values).encode()).decode()


PLACES = {
    "not base64": "!!!",
    "not UTF-8": urlsafe_b64encode(b"\xff\xfe").decode(),
    "deep": urlsafe_b64encode(b"[" * 5000).decode(),
    "too few": place(1),
    "not what it should be": place({}, []),
    "a null byte": place("a\x00b", 1),
    "half a letter": place("\ud800", 1),
    "huge numbers": place(10**40, -(10**40)),
    "a number of 5,000 digits": place("x", "1" * 5000),
    "infinity": place(float("inf"), float("inf")),
    "before all time": place("0001-01-01T00:00:00+23:59", 1),
    "after all time": place("9999-12-31T23:59:59-23:59", 1),
    "no time zone": place("2026-01-01T00:00:00", 1),
}
LISTS = ("posts", "inbox", "accounts", "people", "audit", "training_records")
DAYS = ("0001-01-01", "1/1/0001", "9999-12-31", "31/12/9999", "2026-02-30", "x\x00")
NUMBERS = ("9" * 5000, "9" * 30, "-1", "²", "x\x00y", "")


@pytest.fixture(autouse=True)
def no_second_factor(settings) -> None:
    settings.TWO_FACTOR_REQUIRED = False


@pytest.fixture
def everybody() -> Client:
    """A browser of somebody with every corporate role."""
    user = person(CorporateRole.DIGITAL_TEAM, name="Una Iversal")
    for role in (CorporateRole.COMMUNICATIONS_OFFICER, CorporateRole.HR, CorporateRole.AUDITOR):
        CorporateGrantFactory(user=user, role=role)
    return as_person(user)


@pytest.fixture
def awaiting() -> Post:
    account = AccountFactory()
    MentionFactory(account=account)
    return submitted(drafter_of(account), account, at=in_hours(5))


def sent(browser: Client, address: str, **body: str) -> Any:
    """The answer to a form; what it changed is taken back. What breaks is raised."""
    with transaction.atomic():
        answer = browser.post(address, body)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("name", LISTS)
def test_a_place_in_a_list_that_cannot_be_shows_the_list(name, everybody, awaiting):
    for token in PLACES.values():
        for side in ("after", "before"):
            assert everybody.get(reverse(name), {side: token}).status_code == 200, token


@pytest.mark.parametrize("name", ["inbox", "mentions_by_day_csv", "audit", "audit_csv"])
def test_a_day_that_cannot_be_is_an_answer_in_words(name, everybody, awaiting):
    for day in DAYS:
        for end in ("since", "until"):
            assert everybody.get(reverse(name), {end: day}).status_code < 500, (end, day)


def _numbers_of(post: Post) -> Iterator[tuple[str, str]]:
    for name in ("post_edit", "post_preview"):
        for field in ("accounts", "media", "revision", "key", "publish_on", "publish_time"):
            yield reverse(name, args=[post.pk]), field
    for prefix in ("up:", "remove:"):
        yield reverse("post_edit", args=[post.pk]), f"do={prefix}"
    yield reverse("post_check", args=[post.pk]), "revision"


@pytest.mark.slow
def test_a_number_in_the_compose_form_that_cannot_be_breaks_nothing(everybody):
    account = AccountFactory()
    post = drafted(drafter_of(account), account)
    for address, field in _numbers_of(post):
        name, _, prefix = field.partition("=")
        for number in NUMBERS[:4]:
            typed = {"text": "Open late", "revision": "1", name: f"{prefix}{number}"}
            assert sent(everybody, address, **typed).status_code < 500, (address, name, number)


@pytest.mark.parametrize("name", ["post_approve", "post_changes", "post_schedule"])
def test_a_version_that_cannot_be_is_refused(name, everybody, awaiting):
    body = {
        "digest": newest(awaiting).digest,
        "comment": "Say when",
        "publish_on": "31/12/9999",
        "publish_time": "23:59",
    }
    for number in NUMBERS:
        answer = sent(everybody, reverse(name, args=[awaiting.pk]), version=number, **body)
        assert answer.status_code in (404, 422), number


@pytest.mark.parametrize("day", ["31/12/9999", "1/1/2200", "31/12/1899", "1/1/1000"])
def test_nothing_is_planned_for_the_end_of_time(day, everybody, awaiting):
    version = newest(awaiting)
    body = {"version": str(version.pk), "digest": version.digest, "publish_time": "23:59"}

    answer = sent(everybody, reverse("post_schedule", args=[awaiting.pk]), publish_on=day, **body)

    assert answer.status_code == 422
    assert "too far off" in text_of(answer)


@pytest.mark.parametrize(
    "cookie",
    [
        'sessionid="abcdefghij\\000klmnopqrstuvwxyz"',
        "sessionid=" + "x" * 4000,
        "sessionid=ünïcödé-and-long-enough",
        'messages="\\000"; csrftoken="\\000"',
    ],
)
def test_a_cookie_that_is_none_of_ours_is_nobodys(cookie, client):
    answer = client.get(reverse("profile"), headers={"cookie": cookie})

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"login=%00&password=%ff%fe", "application/x-www-form-urlencoded", 200),
        (b"--x", "multipart/form-data; boundary=x", 200),
        (b"a=" + b"1" * 6_000_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded", 413),
    ],
    ids=["not text", "cut short", "6 MB", "2,000 fields"],
)
def test_a_body_that_no_form_makes_is_answered(body, kind, status, client):
    answer = client.post(reverse("account_login"), body, content_type=kind)

    assert answer.status_code == status
