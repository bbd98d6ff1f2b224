"""Every page there is, with something on it, with nothing on it, and with something wrong."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import Settings

from accounts.permissions import CorporateRole
from tests.factories import person
from tests.gates.requests.ask import ask
from tests.gates.small_council import ROLES, Council, make_council
from tests.gates.test_urls_by_role import LINES, SECTIONS
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import send, violations
from tests.journeys.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("second_host"),
]

ANSWERS = {line: answers for section in SECTIONS.values() for line, answers in section.items()}
READERS = ("officer", "digital", "author", "hr", "duty", "anonymous")
FILES = (
    "training_export",
    "media_file",
    "lesson_file",
    "certificate_pdf",
    "library_file",
    "library_thumbnail",
    "post_captions",
    "calendar_feed",
    "plan_csv",
    "promotions_csv",
    "session_attendance_csv",
    "training_session_calendar",
    "training_matrix_csv",
    "training_progress_csv",
    "training_matrix_excel",
    "post_presence",
    "emoji",
    "removal_proof",
    "mentions_by_day_csv",
    "audit_csv",
    "audit_bundle",
    "accounts_csv",
    "account_archive",
    "housekeeping_csv",
    "rationalisation_csv",
    "job_file",
    "access_csv",
    "access_reviews_csv",
    "register_import_template",
    "register_import_problems",
    "post_import_example",
    "post_import_problems",
    "completion_import_example",
    "completion_import_problems",
    "completion_scan",
    "accounts_suggested",
    "people_suggested",
    "policy_acknowledged_csv",
    "strategy_action_picture",
    "brand_css",
    "health",
)
PARTS = ("_report", "_save", "_preview", "_own_texts", "_suggested", "_logout")
"""Answers that are swapped into a page, and the one that ends the visit."""
ERRORS = {  # what cannot be reached with an empty form, as the officer
    "403": "/admin/people/",
    "no right to publish in an emergency": "/posts/emergency/",
    "404": "/posts/999999/",
    "no such mention": "/inbox/999999/",
    "no posts match": "/posts/?tab=published&words=zebra",
    "no pictures match": "/library/?words=zebra",
    "a month without posts": "/calendar/?month=2031-02",
    "a month that is none": "/calendar/?month=99999-13",
    "no posts match in a month": "/calendar/list/?author=zebra",
    "a day of the calendar": "/calendar/list/?day=2031-02-03",
    "no accounts match in the plan": "/plan/?platform=flickr",
    "no mentions match": "/inbox/?words=zebra",
    "a day that is none": "/inbox/?since=yesterday",
    "no ambassadors match": "/training/ambassadors/?words=zebra",
    "no accounts match on paper": "/accounts/print/?words=zebra",
    "no accounts match": "/accounts/?words=zebra",
    "the accounts of one finding": "/accounts/housekeeping/?finding=standards",
    "no accounts of a finding": "/accounts/housekeeping/?finding=owner_left",
    "a finding that is none": "/accounts/housekeeping/?finding=zebra",
}
LISTS = {
    "digital": [
        "home",
        "calendar",
        "calendar_week",
        "calendar_list",
        "calendar_print",
        "calendar_feeds",
        "plan",
        "all_series",
        "posts",
        "inbox",
        "accounts",
        "housekeeping",
        "rationalisation",
        "people",
        "aims",
        "hazards",
        "checks",
        "words",
        "word_new",
        "topics",
        "topic_new",
        "accounts_print",
        "jobs",
        "register_import_new",
        "admin",
        "stop",
        "audit",
    ],
    "officer": [
        "home",
        "calendar",
        "calendar_week",
        "calendar_list",
        "calendar_print",
        "calendar_feeds",
        "plan",
        "all_series",
        "posts",
        "library",
        "templates",
        "post_import_new",
        "snippets",
        "inbox",
        "accounts",
        "requests",
        "training",
        "risk_retrospective",
        "access_reviews",
        "emergencies",
    ],
    "duty": ["home", "posts", "post_emergency", "emergencies"],
    "hr": [
        "home",
        "training",
        "training_sessions",
        "training_sessions_past",
        "ambassadors",
        "training_records",
        "personal_codes",
        "completion_import_new",
        "profile",
    ],
    "staff": [
        "home",
        "training",
        "training_sessions",
        "training_sessions_past",
        "ambassadors",
        "profile",
        "posts",
        "mfa_index",
    ],
}


def reader_of(line: str) -> str | None:
    """A role that is shown this page."""
    answers = dict(zip(ROLES, ANSWERS[line], strict=True))
    return next((role for role in READERS if answers[role] == "200"), None)


PAGES = [
    line
    for line in LINES
    if line.startswith("GET ") and line.split()[1] not in FILES and reader_of(line)
]
FORMS = [
    line
    for line in LINES
    if line.startswith("POST ")
    and {"302", "200"} & set(ANSWERS[line])
    and not line.split()[1].endswith(PARTS)
]


@pytest.fixture
def council(transactional_db: None) -> Council:
    return make_council()


def as_role(visitor: Visitor, council: Council, role: str) -> Visitor:
    if role in council.people:
        visitor.is_signed_in_as(council.people[role])
    return visitor


@pytest.mark.parametrize("role", READERS)
def test_every_page_with_something_on_it(role: str, visitor: NewVisitor, council: Council) -> None:
    reader = as_role(visitor(), council, role)
    wrong = {}
    for line in PAGES:
        if reader_of(line) == role:
            reader.open(ask(council, line).address)
            wrong[line] = violations(reader)
    assert {line: found for line, found in wrong.items() if found} == {}


@pytest.mark.parametrize("role", LISTS)
def test_every_list_with_nothing_on_it(role: str, visitor: NewVisitor) -> None:
    roles = {
        "digital": CorporateRole.DIGITAL_TEAM,
        "officer": CorporateRole.COMMUNICATIONS_OFFICER,
        "hr": CorporateRole.HR,
        "duty": CorporateRole.DUTY_OFFICER,
    }
    reader = visitor().is_signed_in_as(person(roles.get(role)))
    wrong = {}
    for name in LISTS[role]:
        reader.open(reverse(name))
        wrong[name] = violations(reader)
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("role", ["officer", "digital", "hr", "duty", "anonymous"])
def test_every_form_sent_empty(role: str, visitor: NewVisitor, council: Council) -> None:
    sender = as_role(visitor(), council, role)
    # A page with a form: it brings the token that every other form needs too.
    start = reverse("account_login" if role == "anonymous" else "account_logout")
    wrong = {}
    for line in FORMS:
        answers = dict(zip(ROLES, ANSWERS[line], strict=True))
        takes = next((each for each in READERS if answers[each] in ("302", "200")), None)
        if takes == role:
            asked = ask(council, line)
            sender.open(start)
            send(sender, asked.address, dict.fromkeys(asked.body, ""))
            wrong[line] = violations(sender)
    assert {line: found for line, found in wrong.items() if found} == {}


def test_every_refusal(visitor: NewVisitor, council: Council) -> None:
    officer = as_role(visitor(), council, "officer")
    wrong = {}
    for name, address in ERRORS.items():
        officer.open(address)
        wrong[name] = violations(officer)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_public_page_that_is_off_by_default(
    visitor: NewVisitor, council: Council, settings: Settings
) -> None:
    settings.PUBLIC_ACCOUNTS = True
    resident = visitor()
    wrong = {}
    for query in ("", "?words=wmlibraries", "?words=zebra"):
        resident.open(reverse("public_accounts") + query)
        wrong[query] = violations(resident)
    assert {query: found for query, found in wrong.items() if found} == {}
