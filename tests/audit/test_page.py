"""The audit trail as an auditor meets it: the list, its filters, and its downloads."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from audit.record import Subject, record
from audit.standalone import verify_audit
from council_social.reports import audit_export
from tests.audit.trail import A_POST, record_several
from tests.factories import CorporateGrantFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGE, CSV, BUNDLE = "/reports/audit/", "/reports/audit.csv", "/reports/audit.zip"


@pytest.fixture
def auditor() -> User:
    person = UserFactory(name="Alun Price", email="alun.price@wealdmoor.example")
    CorporateGrantFactory(user=person, role=CorporateRole.AUDITOR)
    return person


@pytest.fixture
def browser(client: Client, auditor: User) -> Client:
    client.force_login(auditor)
    return client


def noted(event: Event, by: User | None = None, day: int = 7, **more: object) -> Entry:
    """An entry made at noon in London on a day of May 2026."""
    noon = datetime(2026, 5, day, 11, tzinfo=UTC)
    with time_machine.travel(noon, tick=False), transaction.atomic():
        return record(event, by=by, on=more.pop("on", A_POST), **more)  # type: ignore[arg-type]


def shown(browser: Client, **filters: str) -> list[int]:
    """The sequence numbers of the entries that the page shows."""
    response = browser.get(PAGE, filters)
    assert response.status_code == 200
    return [line.entry.sequence for line in response.context["lines"]]


def body(response: Any) -> bytes:
    """All that was streamed."""
    return b"".join(response.streaming_content)


def test_the_addresses_are_those_that_other_pages_use() -> None:
    assert (reverse("audit"), reverse("audit_csv")) == (PAGE, CSV)


def test_each_entry_is_a_sentence_with_its_details_to_unfold(browser: Client) -> None:
    priya = UserFactory(name="Priya Shah")
    noted(
        Event.POST_APPROVED,
        by=priya,
        before={"state": "awaiting approval"},
        after={"state": "approved", "version": 3},
        reason="Checked with <b>Highways</b>",
    )
    page = browser.get(PAGE).content.decode()
    assert "Priya Shah approved version 3 of “Library opens on Sundays”." in page
    assert "Reason: Checked with &lt;b&gt;Highways&lt;/b&gt;" in page
    assert "awaiting approval → approved" in page
    assert "7 May 2026 at midday" in page
    assert Entry.objects.get(event="post.approved").hash in page


def test_the_newest_entry_comes_first_and_each_page_leads_to_the_next_and_back(
    browser: Client,
) -> None:
    record_several(60)
    newest = Entry.objects.order_by("-sequence").values_list("sequence", flat=True)
    first = browser.get(PAGE)
    numbers = [line.entry.sequence for line in first.context["lines"]]
    assert numbers == list(newest[:25])
    second = browser.get(PAGE + first.context["next"])
    assert [line.entry.sequence for line in second.context["lines"]] == list(newest[25:50])
    third = browser.get(PAGE + second.context["next"])
    assert third.context["next"] == ""
    back = browser.get(PAGE + third.context["previous"])
    assert [line.entry.sequence for line in back.context["lines"]] == list(newest[25:50])


class TestFilters:
    @pytest.fixture(autouse=True)
    def _entries(self, auditor: User) -> None:
        self.priya = UserFactory(name="Priya Shah", email="priya@wealdmoor.example")
        self.tom = UserFactory(name="Tom Ellis", email="tom@wealdmoor.example")
        stop = Subject("publishing.stop", "3", "everything")
        self.drafted = noted(Event.POST_DRAFTED, by=self.tom, day=1)
        self.approved = noted(Event.POST_APPROVED, by=self.priya, day=5, reason="Highways agree")
        self.stopped = noted(Event.STOP_PLACED, by=self.priya, day=7, on=stop)
        self.sent = noted(Event.DELIVERY_PUBLISHED, day=9)

    def test_without_a_filter_everything_is_shown(self, browser: Client) -> None:
        assert len(shown(browser)) == Entry.objects.count()

    def test_by_one_event(self, browser: Client) -> None:
        assert shown(browser, event="stop.placed") == [self.stopped.sequence]

    def test_by_a_group_of_events(self, browser: Client) -> None:
        assert shown(browser, event="post") == [self.approved.sequence, self.drafted.sequence]

    @pytest.mark.parametrize("words", ["Priya Shah", "priya@wealdmoor.example", "priya", "PRIYA"])
    def test_by_who_did_it(self, browser: Client, words: str) -> None:
        assert shown(browser, person=words) == [self.stopped.sequence, self.approved.sequence]

    def test_by_the_system(self, browser: Client) -> None:
        assert self.sent.sequence in shown(browser, person="Council Social")
        assert self.drafted.sequence not in shown(browser, person="Council Social")

    def test_by_somebody_who_is_not_on_the_register_any_more(self, browser: Client) -> None:
        User.objects.filter(pk=self.tom.pk).delete()
        assert shown(browser, person="Tom Ellis") == [self.drafted.sequence]

    @pytest.mark.parametrize("reference", ["post 12", "Post 12", "publishing.post:12", "post #12"])
    def test_by_what_it_was_done_to(self, browser: Client, reference: str) -> None:
        assert shown(browser, subject=reference) == [
            self.sent.sequence,
            self.approved.sequence,
            self.drafted.sequence,
        ]

    @pytest.mark.parametrize("words", ["highways", "high agree", "agree Priya"])
    def test_by_words(self, browser: Client, words: str) -> None:
        assert shown(browser, words=words) == [self.approved.sequence]

    @pytest.mark.parametrize("words", ["' OR 1=1", "& | !", "%", "library:*", "\\"])
    def test_by_words_that_mean_something_to_a_database(self, browser: Client, words: str) -> None:
        shown(browser, words=words)

    def test_by_days_in_london_both_included(self, browser: Client) -> None:
        assert shown(browser, since="05/05/2026", until="07/05/2026") == [
            self.stopped.sequence,
            self.approved.sequence,
        ]
        assert shown(browser, until="04/05/2026") == [self.drafted.sequence]

    def test_by_days_before_and_after_all_entries(self, browser: Client) -> None:
        assert shown(browser, until="01/01/2020") == []
        assert shown(browser, since="01/01/2090") == []

    def test_by_several_at_once(self, browser: Client) -> None:
        assert shown(browser, person="priya", event="post") == [self.approved.sequence]
        page = browser.get(PAGE, {"person": "priya", "event": "post"}).content.decode()
        assert "Everything: posts" in page

    def test_a_page_with_nothing_offers_to_clear_the_filters(self, browser: Client) -> None:
        page = browser.get(PAGE, {"words": "hedgehog"}).content.decode()
        assert "No entries match" in page
        assert "Clear filters" in page

    @pytest.mark.parametrize(
        ("filters", "words"),
        [
            ({"since": "yesterday"}, "date"),
            ({"since": "07/05/2026", "until": "05/05/2026"}, "same as or after"),
            ({"subject": "that thing"}, "like “post 12”"),
            ({"event": "post.liked"}, "valid choice"),
        ],
    )
    @pytest.mark.parametrize("address", [PAGE, CSV])
    def test_what_cannot_be_filtered_by_is_said_and_kept(
        self, browser: Client, address: str, filters: dict[str, str], words: str
    ) -> None:
        response = browser.get(address, filters)
        assert response.status_code == 422
        page = response.content.decode()
        assert "<title>Error:" in page
        assert words in page
        assert not Entry.objects.filter(event="audit.exported").exists()


def test_the_page_takes_few_queries_and_more_entries_take_no_more(browser: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(PAGE, {"since": "01/01/2020", "until": "01/01/2090", "person": "priya"})
        return len(captured)

    record_several(2)
    few = queries()
    record_several(30)
    assert queries() == few <= 10


def test_the_csv_holds_what_the_filters_show_and_is_itself_in_the_trail(
    browser: Client, auditor: User
) -> None:
    noted(Event.POST_DRAFTED)
    noted(Event.STOP_PLACED)
    response = browser.get(CSV, {"event": "stop"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="audit-trail-')
    assert response.streaming
    text = body(response).decode("utf-8-sig")
    assert "stop.placed" in text
    assert "post.drafted" not in text
    entry = Entry.objects.order_by("sequence").last()
    assert entry is not None
    assert (entry.event, entry.actor_name) == ("audit.exported", auditor.name)
    assert entry.details["after"] == {"format": "CSV", "filters": {"event": "Everything: stops"}}
    assert entry.address == "127.0.0.1"


def test_too_many_entries_are_downloaded_only_for_a_range_of_dates(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_several(8)
    monkeypatch.setattr(audit_export, "WITHOUT_RANGE", 5)
    response = browser.get(CSV)
    assert response.status_code == 422
    assert "Enter a from date and a to date" in response.content.decode()
    assert not Entry.objects.filter(event="audit.exported").exists()
    ranged = browser.get(CSV, {"since": "01/01/2020", "until": "01/01/2090"})
    assert body(ranged).count(b"post.approved") == 8


def test_the_evidence_bundle_verifies_and_is_itself_in_the_trail(
    browser: Client, tmp_path: Path
) -> None:
    record_several(3)
    response = browser.get(BUNDLE)
    archive = zipfile.ZipFile(io.BytesIO(body(response)))
    archive.extractall(tmp_path)
    said = verify_audit.verify(tmp_path / "audit-trail")
    assert said.startswith(f"Unbroken: {Entry.objects.count()} entries.")
    assert Entry.objects.filter(event="audit.exported").exists()


@pytest.mark.parametrize("address", [PAGE, CSV, BUNDLE])
def test_only_those_who_may_see_the_trail_reach_it(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302
    client.force_login(UserFactory())
    assert client.get(address).status_code == 403
    assert not Entry.objects.filter(event="audit.exported").exists()


@pytest.mark.parametrize("address", [CSV, BUNDLE])
def test_a_download_is_only_got(browser: Client, address: str) -> None:
    assert browser.post(address).status_code == 405
    assert browser.head(address).status_code == 405
