"""A package is taken in, played and completed in a browser; one that attacks achieves nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_started
from playwright.sync_api import Browser, FrameLocator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.permissions import CorporateRole
from audit.models import Entry
from jobs.models import Job
from tests.factories import UserFactory, person
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor
from tests.training.scorm.packaging import PAGE, V2004, imported, manifest, unpacked, zipped
from tests.training.scorm.parts import attacks, learns_12, learns_2004
from training.models import CompletedBy, Completion, PackageState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/training/fire-safety/package/"


@pytest.fixture(autouse=True)
def _own_storage(second_host: str, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def part_in(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.cs-package").frame_locator("#content")


def found_by(page: Page) -> str:
    words = part_in(page).locator("#found")
    expect(words).not_to_be_empty()
    return words.inner_text()


@pytest.mark.parametrize("scorm", ["12", "2004"])
def test_a_package_taken_in_played_left_resumed_and_completed(
    scorm: str, visitor: NewVisitor, tmp_path: Path
) -> None:
    files = learns_12() if scorm == "12" else learns_2004()
    form = {} if scorm == "12" else {"form": V2004}
    zip_file = tmp_path / "fire.zip"
    zip_file.write_bytes(zipped(files, **form))
    hr = visitor().is_signed_in_as(person(CorporateRole.HR))
    hr.open("/training/packages/new/")
    assert violations(hr) == []
    hr.page.get_by_label("SCORM package").set_input_files(zip_file)
    hr.press("Import and publish")
    assert "Waiting to start" in hr.words
    unpacked(Job.objects.get())
    hr.open(hr.path)
    assert violations(hr) == []
    hr.press("See what came of it")
    assert hr.path == ADDRESS
    someone = UserFactory(name="Rosa Ahmed")
    learner = visitor().is_signed_in_as(someone)
    page = learner.page
    learner.open(ADDRESS)
    assert violations(learner) == []
    learner.press("Start")

    fresh = found_by(page).split("|")
    assert fresh[:4] == ["ab-initio", "", "", "Rosa Ahmed"]
    part_in(page).get_by_text("Second page").click()
    expect(page.get_by_role("status")).to_contain_text("Saved. This part: not finished")
    assert violations(learner) == []
    learner.open("/training/")
    learner.open(ADDRESS)
    resumed = found_by(page).split("|")
    assert resumed[:3] == ["resume", "page-2", "seen=1,2; é “x”"]
    part_in(page).get_by_text("Finish").click()
    expect(page.get_by_text("You have completed this course")).to_be_visible()
    assert found_by(page) == "truetrue"

    completion = Completion.objects.get(user=someone, course__slug="fire-safety")
    assert (completion.by, completion.score) == (CompletedBy.PACKAGE, 90)
    state = PackageState.objects.get(enrolment=completion.enrolment)
    assert (state.location, state.suspend_data) == ("page-2", "seen=1,2; é “x”")
    assert state.seconds_now == 605
    learner.open(ADDRESS)
    assert "You completed this course" in learner.words


def test_several_parts_are_walked_through(visitor: NewVisitor) -> None:
    files = learns_12()
    both = {"imsmanifest.xml": manifest("index.html", "index.html?again"), **files}
    imported(person(CorporateRole.HR), both)
    someone = UserFactory()
    learner = visitor().is_signed_in_as(someone)
    learner.open(ADDRESS)
    learner.press("Start")
    found_by(learner.page)
    part_in(learner.page).get_by_text("Finish").click()
    expect(learner.page.get_by_role("status")).to_contain_text("Saved. This part: passed")
    following = learner.page.get_by_role("link", name="Next part: Part 2")
    following.scroll_into_view_if_needed()
    learner.page.wait_for_timeout(500)  # until Chromium knows again where the frame is
    following.click()
    expect(learner.page.get_by_role("heading", name="Part 2 of 2")).to_be_visible()
    assert not Completion.objects.filter(user=someone, course__slug="fire-safety").exists()
    found_by(learner.page)
    assert violations(learner) == []
    part_in(learner.page).get_by_text("Finish").click()
    expect(learner.page.get_by_text("You have completed this course")).to_be_visible()
    assert Completion.objects.filter(user=someone, course__slug="fire-safety").count() == 1


def test_a_page_that_reports_nothing_is_done_once_it_was_opened(visitor: NewVisitor) -> None:
    text = manifest().replace('scormtype="sco"', 'scormtype="asset"')
    imported(person(CorporateRole.HR), {"imsmanifest.xml": text, "index.html": PAGE})
    learner = visitor().is_signed_in_as(UserFactory())
    learner.open(ADDRESS)
    learner.press("Start")
    expect(learner.page.get_by_text("You have completed this course")).to_be_visible()


def test_without_a_script_the_page_says_what_is_missing(visitor: NewVisitor) -> None:
    imported(person(CorporateRole.HR))
    learner = visitor(script=False).is_signed_in_as(UserFactory())
    learner.open(ADDRESS)
    learner.press("Start")
    assert "needs JavaScript" in learner.words


@dataclass
class Arrived:
    """What reached the server while a package ran: its host, address and cookies."""

    seen: list[tuple[str, str, str]] = field(default_factory=list)

    def hear(self, sender: object, environ: dict[str, str], **more: object) -> None:
        address = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        self.seen.append((environ["HTTP_HOST"], address, environ.get("HTTP_COOKIE", "")))


@pytest.fixture
def arrived() -> Iterator[Arrived]:
    found = Arrived()
    request_started.connect(found.hear)
    yield found
    request_started.disconnect(found.hear)


ATTEMPTS = {
    *("popup", "fetch", "nocors", "beacon", "xhr", "form", "image", "frame", "socket"),
    "navigated",
}


def test_a_package_that_attacks_achieves_nothing(
    browser: Browser, live_server: LiveServer, second_host: str, arrived: Arrived
) -> None:
    imported(person(CorporateRole.HR), attacks(live_server.url))
    someone = UserFactory()
    context = browser.new_context()
    learner = Visitor(context.new_page(), live_server.url).is_signed_in_as(someone)
    learner.open(ADDRESS)
    learner.press("Start")
    entries = Entry.objects.count()
    outcome = json.loads(found_by(learner.page))
    learner.page.wait_for_timeout(1500)

    # As the page saw it.
    assert outcome["cookie"] == ""
    assert outcome["parent"] == "refused: SecurityError"
    assert outcome["top"] == "refused: SecurityError"
    assert outcome["popup"] == "null"
    assert {
        name: outcome[name]
        for name in ("fetch", "nocors", "xhr", "image", "socket", "worker")
        if not outcome[name].startswith("refused")
    } == {}
    assert outcome["frame"] in ("other", "late")
    # As the server saw it.
    own, packages = urlsplit(live_server.url).netloc, urlsplit(second_host).netloc
    assert [seen for seen in arrived.seen if seen[1].partition("?")[2] in ATTEMPTS] == []
    assert [seen for seen in arrived.seen if "sign-out" in seen[1]] == []
    assert {cookies for host, _address, cookies in arrived.seen if host == packages} == {""}
    assert any("sessionid" in cookies for host, _address, cookies in arrived.seen if host == own)
    # And nothing has changed.
    assert Entry.objects.count() == entries
    assert not PackageState.objects.exists()
    assert (learner.path, len(context.pages)) == (ADDRESS, 1)
    assert {cookie.get("domain") for cookie in context.cookies()} == {"localhost"}
    learner.open("/training/")
    assert learner.path == "/training/"
    context.close()
