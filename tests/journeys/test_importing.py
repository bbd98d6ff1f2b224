"""The digital team imports a file of accounts: what is wrong is named, the rest comes in."""

from __future__ import annotations

from threading import Event, Thread

import pytest
from django.db import connection
from playwright.sync_api import FilePayload

from accounts.actions import importing
from accounts.models import SocialAccount
from jobs import kinds
from jobs import progress as told
from jobs.kinds import Kind, Outcome
from jobs.models import Job
from jobs.progress import Progress
from jobs.running import run
from tests.accounts.register.spreadsheets import a_council, a_row, file_of
from tests.factories import digital_officer
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = [a_row(handle=f"branch{number}", purpose="=cmd") for number in range(40)]
BAD = [a_row(platform="MySpace", opened_on="31/02/2026"), a_row(handle="branch7")]
FILE: FilePayload = {
    "name": "accounts.csv",
    "mimeType": "text/csv",
    "buffer": file_of([*ROWS, *BAD]),
}


def in_the_background(job: Job) -> Thread:
    def work() -> None:
        run(job.pk)
        connection.close()

    worker = Thread(target=work)
    worker.start()
    return worker


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_from_the_file_to_the_register(
    script: bool, visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "TOLD_EVERY_S", 0)
    half, seen = Event(), Event()

    def stopping_half_way(job: Job, progress: Progress) -> Outcome:
        progress.expect(40)
        progress.step(20)
        half.set()
        assert seen.wait(30)
        return importing.KIND.work(job, progress)

    patched = Kind(importing.KIND.key, stopping_half_way, importing.KIND.demand)
    monkeypatch.setitem(kinds._kinds, patched.key, patched)
    a_council()
    keeper = visitor(script=script).is_signed_in_as(digital_officer())
    page = keeper.page

    keeper.open("/accounts/")
    keeper.press("Import")
    page.get_by_label("File").set_input_files(FILE)
    keeper.press("Check the file")
    for words in ("There is no platform “MySpace”.", "Enter a real date", "Row 9 has this handle"):
        assert words in keeper.words
    assert not script or violations(keeper) == []
    keeper.press("Import the 40 good rows")
    assert "Waiting to start" in keeper.words

    worker = in_the_background(Job.objects.get())
    assert half.wait(30)
    if script:
        # The page asks for itself, and says so aloud.
        page.get_by_text("20 of 40 rows").first.wait_for()
        assert page.get_by_role("status").filter(has_text="50% done").count() == 1
        assert violations(keeper) == []
        seen.set()
        page.get_by_text("40 accounts are on the register.").wait_for()
    else:
        keeper.press("See how far it is now")
        assert "20 of 40 rows" in keeper.words
        seen.set()
        worker.join(30)
        keeper.press("See how far it is now")
        assert "40 accounts are on the register." in keeper.words
    worker.join(30)
    keeper.press("See what came of it")
    assert "The good rows are on the register" in keeper.words
    assert SocialAccount.objects.filter(purpose="=cmd").count() == 40
