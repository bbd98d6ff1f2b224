"""A course of ours, exported, in a learning system that is not ours: scorm-again on a bare page."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client
from playwright.sync_api import Browser, FrameLocator, Page, expect
from pytest_django import Settings

from accounts.permissions import CorporateRole
from tests.factories import person
from tests.journeys.conftest import LONGEST_WAIT_MS
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor
from tests.training.making import publish, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RUNTIME = """<!doctype html><html lang="en"><title>Another learning system</title>
<style>iframe { width: 100%; height: 800px }</style><script src="scorm12.min.js"></script><script>
window.API = new Scorm12API({logLevel: 5});
const kept = JSON.parse(localStorage.getItem("kept") || "null");
API.loadFromFlattenedJSON({"cmi.core.student_name": "Ahmed, Rosa", ...kept}, "");
const keep = () => {
  const now = API.getFlattenedCMI();
  localStorage.setItem("kept", JSON.stringify({
    "cmi.core.lesson_status": now["cmi.core.lesson_status"],
    "cmi.core.lesson_location": now["cmi.core.lesson_location"],
    "cmi.core.score.raw": now["cmi.core.score.raw"],
    "cmi.suspend_data": now["cmi.suspend_data"],
  }));
};
API.on("LMSCommit", keep);
API.on("LMSFinish", keep);
</script><iframe src="course/index.html" title="Course"></iframe></html>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *said: Any) -> None:
        """Nothing."""


@pytest.fixture
def system(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Its folder and its address."""
    runtime = Path(ours.BASE_DIR) / "node_modules/scorm-again/dist/scorm12.min.js"
    (tmp_path / "scorm12.min.js").write_bytes(runtime.read_bytes())
    (tmp_path / "index.html").write_text(RUNTIME)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def downloaded(client: Client, slug: str) -> zipfile.ZipFile:
    client.force_login(person(CorporateRole.HR))
    answer = client.get(f"/training/{slug}/export/")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def state_of(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("API.getFlattenedCMI()")
    return found


def answer_questions(course: FrameLocator, *, rightly: bool) -> None:
    for _ in range(3):
        shown = course.locator(".quiz .question:not([hidden])")
        for answer in shown.locator("input[data-right]" if rightly else "input").all():
            answer.check()
        shown.get_by_role("button", name="Check the answer").click()
        expect(shown.locator(".verdict")).to_contain_text("ight")
        again = expect(shown.get_by_text("Read again: Lesson 1"))
        again.to_be_hidden() if rightly else again.to_be_visible()
        course.locator("#next").click()


def test_an_exported_course_is_left_resumed_failed_and_passed_elsewhere(
    browser: Browser, system: tuple[Path, str], client: Client, settings: Settings
) -> None:
    folder, address = system
    settings.MEDIA_ROOT = folder / "media"
    version = published(lessons=2, questions=5, questions_drawn=3, pass_mark=80, published_at=None)
    version.questions.update(taught_in=version.lessons.get(title="Lesson 1"))
    publish(version)
    downloaded(client, version.course.slug).extractall(folder / "course")
    context = browser.new_context()
    context.set_default_timeout(LONGEST_WAIT_MS)
    visitor = Visitor(context.new_page(), address)
    page = visitor.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visitor.open("/")
    course = page.frame_locator("iframe")
    expect(course.get_by_role("heading", name="Lesson 1")).to_be_visible()
    assert state_of(page)["cmi.core.lesson_status"] == "incomplete"
    course.get_by_role("button", name="Continue").click()
    expect(course.get_by_role("heading", name="Lesson 2")).to_be_visible()

    page.reload()
    expect(course.get_by_role("heading", name="Lesson 2")).to_be_visible()
    course.get_by_role("button", name="Start the quiz").click()
    assert course.locator(".quiz .question:not([hidden])").count() == 1
    drawn = json.loads(state_of(page)["cmi.suspend_data"])["drawn"]
    assert len(set(drawn)) == 3
    course.get_by_role("button", name="Check the answer").click()
    expect(course.locator(".quiz .question:not([hidden]) .missing")).to_have_text(
        "Choose an answer first."
    )
    page.reload()
    expect(course.get_by_text("Question 1 of 3")).to_be_visible()
    assert json.loads(state_of(page)["cmi.suspend_data"])["drawn"] == drawn

    answer_questions(course, rightly=False)
    expect(course.get_by_role("heading", name="You have not passed yet")).to_be_visible()
    assert state_of(page)["cmi.core.lesson_status"] == "failed"
    course.get_by_role("button", name="Try again").click()
    answer_questions(course, rightly=True)
    expect(course.get_by_role("heading", name="You have passed")).to_be_visible()
    state = state_of(page)
    assert state["cmi.core.lesson_status"] == "passed"
    assert float(state["cmi.core.score.raw"]) == 100
    assert (float(state["cmi.core.score.min"]), float(state["cmi.core.score.max"])) == (0, 100)
    assert state["cmi.core.lesson_location"] == "3"
    assert visitor.problems == []
    assert [url for url in asked if not url.startswith(address)] == []
    context.close()


def test_the_pages_of_an_exported_course_are_accessible(
    browser: Browser, system: tuple[Path, str], client: Client, settings: Settings
) -> None:
    folder, address = system
    settings.MEDIA_ROOT = folder / "media"
    version = published(lessons=1, questions=3, questions_drawn=3)
    downloaded(client, version.course.slug).extractall(folder / "course")
    context = browser.new_context()
    context.set_default_timeout(LONGEST_WAIT_MS)
    visitor = Visitor(context.new_page(), address)
    visitor.open("/course/index.html")
    page = visitor.page
    expect(page.get_by_text("outside a learning system")).to_be_visible()
    assert violations(visitor) == []
    page.locator("#next").click()
    assert violations(visitor) == []
    page.locator(".quiz .question:not([hidden]) input").first.check()
    page.locator(".quiz .question:not([hidden]) .check").click()
    assert violations(visitor) == []
    context.close()
