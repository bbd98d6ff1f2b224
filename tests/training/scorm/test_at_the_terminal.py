"""A package at a shared terminal: it is told to forget, and does not keep the visit alive."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.actions.personal_codes import issue_code
from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import UserFactory, person
from tests.training.scorm.packaging import imported
from tests.visiting import as_person
from training.models import PackagePart, ScormPackage

pytestmark = pytest.mark.django_db

ADDRESS = "/training/fire-safety/package/"


@pytest.fixture
def package(settings: Settings, tmp_path: Path) -> ScormPackage:
    settings.MEDIA_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["*"]
    settings.PACKAGES_URL = "http://packages.test"
    cache.clear()
    return imported(person(CorporateRole.HR)).package


@pytest.fixture
def reg(package: ScormPackage) -> User:
    return UserFactory(name="Reg Cole", email="", staff_number="W104")


def sat_down(user: User) -> Client:
    client = Client()
    code = issue_code(by=None, person=user)
    client.post("/terminal/", {"staff_number": user.staff_number, "code": code})
    client.post(ADDRESS)
    return client


def player_of(client: Client) -> str:
    page = client.get(ADDRESS).text
    address = page.partition('src="http://packages.test')[2].partition('"')[0]
    return Client(headers={"host": "packages.test"}).get(address).text


def test_only_at_a_terminal_the_player_forgets_what_packages_kept(reg: User) -> None:
    assert '"forgets": true' in player_of(sat_down(reg))
    elsewhere = as_person(UserFactory())
    elsewhere.post(ADDRESS)
    assert '"forgets": false' in player_of(elsewhere)


def reports(client: Client, **said: Any) -> int:
    form = {"part": PackagePart.objects.get().pk, "opening": 1, **said}
    return client.post(f"{ADDRESS}state/", form).status_code


def later(minutes: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def test_whoever_gets_further_in_a_package_is_still_there(reg: User) -> None:
    client = sat_down(reg)
    for minutes in (10, 20, 30):
        with later(minutes):
            assert reports(client, location=f"page-{minutes}", seconds=minutes * 60) == 200
    with later(44):
        assert client.get("/training/").status_code == 200


def test_a_package_that_only_reports_the_time_does_not_keep_the_visit_alive(reg: User) -> None:
    client = sat_down(reg)
    assert reports(client, location="page-1", seconds=1) == 200
    for minutes in (5, 10, 14):
        with later(minutes):
            assert reports(client, location="page-1", seconds=minutes * 60) == 200
    with later(16):
        assert reports(client, location="page-1", seconds=960) == 302
        assert client.get("/training/").status_code == 302
