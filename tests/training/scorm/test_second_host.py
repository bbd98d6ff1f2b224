"""The host of packages serves packages and nothing else; our own host never serves a package."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.permissions import CorporateRole
from tests.factories import UserFactory, person
from tests.training.scorm.packaging import imported
from training.actions.package_play import begin_package
from training.models import Enrolment
from training.scorm import launch
from training.scorm.launch import new_launch, token_for
from training.scorm.second_host import URLCONF

pytestmark = pytest.mark.django_db

OURS = ("/", "/sign-in/", "/training/", "/health/", "/brand.css", "/assets/council-social.css")


@pytest.fixture(autouse=True)
def _own_storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def there() -> Client:
    return Client(headers={"host": "packages.test"})


@pytest.fixture
def enrolment() -> Enrolment:
    film: dict[str, str | bytes] = {"film.mp4": bytes(range(100)), "a.svg": "<svg/>"}
    return begin_package(by=UserFactory(), version=imported(person(CorporateRole.HR), film))


def token(enrolment: Enrolment) -> str:
    return token_for(new_launch(enrolment, enrolment.version.package.parts.get()))


def address(token: str, path: str = "index.html") -> str:
    return reverse("package_content", URLCONF, args=[token, path])


def test_a_file_is_served_with_its_type_and_a_policy(there: Client, enrolment: Enrolment) -> None:
    answer = there.get(address(token(enrolment)))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    for part in (
        "connect-src 'self' data: blob:",
        "form-action 'none'",
        "worker-src blob:",
        "sandbox allow-scripts allow-same-origin",
        "frame-ancestors 'self' http://127.0.0.1:8000",
    ):
        assert part in policy
    assert "X-Frame-Options" not in answer
    assert not answer.cookies


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-9", 206, bytes(range(10))),
        ("bytes=90-", 206, bytes(range(90, 100))),
        ("bytes=-5", 206, bytes(range(95, 100))),
        ("bytes=90-900", 206, bytes(range(90, 100))),
        ("bytes=100-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=9-0", 200, bytes(range(100))),
        ("bytes=0-1,5-6", 200, bytes(range(100))),
        ("lines=1-2", 200, bytes(range(100))),
    ],
)
def test_a_piece_of_a_film_is_served(
    asked: str, status: int, content: bytes, there: Client, enrolment: Enrolment
) -> None:
    answer = there.get(address(token(enrolment), "film.mp4"), headers={"range": asked})
    assert answer.status_code == status
    assert (answer.getvalue() if answer.streaming else answer.content) == content


@pytest.mark.parametrize(
    "path", ["", "missing.html", "../index.html", "%2e%2e/index.html", "INDEX.html", "/etc/passwd"]
)
def test_what_the_package_does_not_hold_is_not_there(
    path: str, there: Client, enrolment: Enrolment
) -> None:
    assert there.get(f"/p/{token(enrolment)}/content/{path}").status_code == 404


def test_the_player_is_told_what_was_saved_and_nothing_of_the_session(
    there: Client, enrolment: Enrolment
) -> None:
    answer = there.get(f"/p/{token(enrolment)}/")
    assert answer.status_code == 200
    assert enrolment.user.name in answer.text
    assert enrolment.user.email not in answer.text
    assert not answer.cookies


def test_a_token_runs_out(there: Client, enrolment: Enrolment) -> None:
    made = token(enrolment)
    with time_machine.travel(_later(launch.LASTS - timedelta(minutes=1)), tick=False):
        assert there.get(address(made)).status_code == 200
    with time_machine.travel(_later(launch.LASTS + timedelta(minutes=1)), tick=False):
        assert there.get(address(made)).status_code == 404


def _later(by: timedelta) -> datetime:
    return timezone.now() + by


def test_a_token_that_was_tampered_with_or_is_for_something_else_opens_nothing(
    there: Client, enrolment: Enrolment
) -> None:
    other = imported(person(CorporateRole.HR)).package.parts.get()
    mixed = token_for(new_launch(enrolment, other))
    made = token(enrolment)
    elsewhere = signing.dumps([enrolment.pk, enrolment.version.package.parts.get().pk, 1])
    for wrong in (mixed, made[:-1] + ("A" if made[-1] != "A" else "B"), elsewhere, "x", "a:b:c"):
        assert there.get(address(wrong)).status_code == 404


def test_a_token_dies_with_the_employment_of_its_holder(
    there: Client, enrolment: Enrolment
) -> None:
    made = token(enrolment)
    type(enrolment.user).objects.filter(pk=enrolment.user.pk).update(is_active=False)
    assert there.get(address(made)).status_code == 404


@pytest.mark.parametrize("path", OURS)
@pytest.mark.parametrize("host", ["packages.test", "PACKAGES.test.", "packages.test:81"])
def test_nothing_of_ours_is_there_even_with_a_session(path: str, host: str) -> None:
    client = Client(headers={"host": host})
    client.force_login(person(CorporateRole.DIGITAL_TEAM))
    answer = client.get(path)
    assert answer.status_code == 404
    assert not answer.cookies
    assert "learning packages" in answer.text


def test_nothing_can_be_sent_there(there: Client, enrolment: Enrolment) -> None:
    assert there.post(address(token(enrolment))).status_code == 405


def test_our_own_host_serves_no_package(client: Client, enrolment: Enrolment) -> None:
    made = token(enrolment)
    client.force_login(enrolment.user)
    for path in (address(made), f"/p/{made}/", "/player/player-12.js"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("player-12.js", 200),
        ("player-2004.js", 200),
        ("player.css", 200),
        ("player-13.js", 404),
        ("../council-social.js", 404),
    ],
)
def test_of_our_own_files_only_the_players_are_there(name: str, status: int, there: Client) -> None:
    assert there.get(f"/player/{name}").status_code == status


def test_what_the_thread_does_while_a_file_is_sent_is_about_our_own_addresses(
    there: Client, enrolment: Enrolment
) -> None:
    assert there.get(address(token(enrolment))).streaming

    assert reverse("training") == "/training/"


def test_only_the_page_around_the_frame_may_frame_that_host(
    client: Client, enrolment: Enrolment
) -> None:
    client.force_login(enrolment.user)
    page = client.get(reverse("training_package", args=[enrolment.course.slug]))
    assert "frame-src http://packages.test" in page["Content-Security-Policy"]
    assert 'sandbox="allow-scripts allow-same-origin"' in page.text
    assert "frame-src" not in client.get("/training/")["Content-Security-Policy"]
