"""A learning package at a shared terminal, and nothing of it for whoever comes next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, FrameLocator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.actions.personal_codes import issue_code
from accounts.models import User
from accounts.permissions import CorporateRole
from tests.chromium import find_chromium
from tests.factories import UserFactory, person
from tests.journeys.conftest import LONGEST_WAIT_MS, QUIET, NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor
from tests.training.scorm.packaging import imported
from tests.training.scorm.parts import keeps_in_the_browser, learns_12
from training.models import CompletedBy, Completion, PackageState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/training/fire-safety/package/"
ORDINARY = "--disable-features=TrackingProtection3pcd"
"""The browser of the tests keeps nothing for a frame of another site; those of most people do."""
NOTHING: list[Any] = [None, None, "", None, []]


@pytest.fixture(autouse=True)
def _own_storage(second_host: str, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def collector(name: str, number: str) -> User:
    return UserFactory(name=name, email="", staff_number=number)


def sits_down(at: Visitor, user: User) -> None:
    at.open("/terminal/")
    at.page.get_by_label("Staff number").fill(user.staff_number)
    at.page.get_by_label("Personal code").fill(issue_code(by=None, person=user))
    at.press("Sign in")
    assert at.path == "/training/"


def part_in(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.cs-package").frame_locator("#content")


def found_by(page: Page) -> str:
    words = part_in(page).locator("#found")
    expect(words).not_to_be_empty()
    return words.inner_text()


def signs_out(at: Visitor) -> None:
    at.page.get_by_role("button", name="Sign out").click()
    at.page.wait_for_url("**/terminal/")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_package_is_taken_to_its_end_at_the_terminal(visitor: NewVisitor, width: int) -> None:
    imported(person(CorporateRole.HR), learns_12())
    reg = collector("Reg Cole", "W104")
    at = visitor(width=width)
    sits_down(at, reg)
    at.open(ADDRESS)
    at.press("Start")
    assert found_by(at.page).split("|")[3] == "Reg Cole"
    part_in(at.page).get_by_text("Second page").click()
    expect(at.page.get_by_role("status")).to_contain_text("Saved. This part: not finished")
    assert violations(at) == []

    signs_out(at)
    sits_down(at, reg)
    at.open(ADDRESS)
    assert found_by(at.page).split("|")[:3] == ["resume", "page-2", "seen=1,2; é “x”"]
    part_in(at.page).get_by_text("Finish").click()
    expect(at.page.get_by_text("You have completed this course")).to_be_visible()

    completion = Completion.objects.get(user=reg, course__slug="fire-safety")
    assert (completion.by, completion.score) == (CompletedBy.PACKAGE, 90)
    signs_out(at)


@pytest.fixture
def kiosk(browser: Browser, live_server: LiveServer, tmp_path: Path) -> Iterator[Visitor]:
    """A browser with an ordinary profile, in which packages can keep something."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=find_chromium(), args=[*QUIET, ORDINARY]
    )
    context.set_default_timeout(LONGEST_WAIT_MS)
    sat_at = Visitor(context.new_page(), live_server.url)
    yield sat_at
    context.close()
    assert sat_at.problems == []


def test_whoever_sits_down_next_sees_nothing_of_it(kiosk: Visitor) -> None:
    imported(person(CorporateRole.HR), keeps_in_the_browser())
    reg, ann = collector("Reg Cole", "W104"), collector("Ann Bell", "W105")
    at = kiosk
    sits_down(at, reg)
    at.open(ADDRESS)
    at.press("Start")
    assert told(at.page) == ["Reg Cole", "ab-initio", "", NOTHING]
    part_in(at.page).get_by_text("Second page").click()
    expect(at.page.get_by_role("status")).to_contain_text("Saved. This part: not finished")
    # It did keep something, so that there is something to be forgotten.
    at.open(ADDRESS)
    kept = part_in(at.page).locator("body")
    assert told(at.page)[0] == "Reg Cole"
    assert kept.evaluate("localStorage.who") == "Reg Cole"
    assert PackageState.objects.get().suspend_data == "what Reg Cole answered"

    signs_out(at)
    assert "Reg Cole" not in everything_on(at.page)
    at.page.go_back()
    assert at.path == "/sign-in/", "the page of the package is asked for again, and refused"
    assert "Reg Cole" not in everything_on(at.page)
    assert at.page.locator("iframe").count() == 0
    at.open(ADDRESS)
    assert at.path != ADDRESS
    assert "Reg Cole" not in everything_on(at.page)

    sits_down(at, ann)
    at.open(ADDRESS)
    at.press("Start")
    assert told(at.page) == ["Ann Bell", "ab-initio", "", NOTHING]
    assert "Reg Cole" not in everything_on(at.page)
    signs_out(at)


def told(page: Page) -> list[Any]:
    """The learner's name, how the part began, and what of anybody's it found in the browser."""
    found: list[Any] = json.loads(found_by(page))
    return found


def everything_on(page: Page) -> str:
    return " ".join(frame.content() for frame in page.frames)
