"""Error pages say what happened and what to do, whatever is broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.access import Explanation, NotAllowed
from accounts.evidence import Missing
from accounts.permissions import Permission
from council_social import errors

STATUSES = ["400", "403", "403_csrf", "404", "409", "410", "413", "422", "429", "500", "503"]


def asked(path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def raising(error: Exception) -> HttpResponse:
    try:
        raise error
    except type(error):
        return errors.server_error(asked())


@pytest.mark.parametrize("name", STATUSES)
def test_every_error_page_says_error_in_its_title_and_can_be_read(name: str) -> None:
    html = text(render(asked(), f"{name}.html"))

    assert re.search(r"<title>Error: \w", html)
    assert html.count("<h1") == 1
    assert "Council Social" in html
    assert " style=" not in html


def test_what_you_may_not_do_says_what_is_missing_and_who_can_help() -> None:
    missing = Missing("You have no role on Libraries.", "Ana Lewis (site owner)")
    refusal = NotAllowed(Explanation(Permission.APPROVE_POST, (missing,)))

    answer = errors.permission_denied(asked(), refusal)

    assert answer.status_code == 403
    assert "You have no role on Libraries." in text(answer)
    assert "Ana Lewis (site owner)" in text(answer)
    assert "approve posts" in text(answer)


def test_what_one_can_put_right_oneself_leads_there() -> None:
    missing = Missing("The course is not done.", "Priya Shah, under Training", "/training/")
    refusal = NotAllowed(Explanation(Permission.WRITE_POST, (missing,)))

    answer = errors.permission_denied(asked(), refusal)

    assert '<a href="/training/">Priya Shah, under Training</a>' in answer.content.decode()


def test_a_refusal_without_explanation_names_whom_to_ask(settings: Settings) -> None:
    settings.HELP_CONTACT = "the web team"

    answer = errors.permission_denied(asked(), PermissionDenied())

    assert "the web team" in text(answer)


def test_a_page_that_is_not_there_is_a_404_in_our_look(client: Client, db: None) -> None:
    answer = client.get("/nothing/here/")

    assert answer.status_code == 404
    assert "<title>Error: Page not found" in text(answer)


def test_what_is_too_big_is_413_and_what_makes_no_sense_400() -> None:
    assert errors.bad_request(asked(), RequestDataTooBig()).status_code == 413
    assert errors.bad_request(asked(), SuspiciousOperation()).status_code == 400


def test_a_broken_page_is_500_and_asks_the_database_nothing(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = raising(ValueError("secret detail"))

    assert answer.status_code == 500
    assert "secret detail" not in text(answer)


def test_no_database_is_503_with_when_to_come_back() -> None:
    answer = raising(OperationalError("could not connect"))

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"


def test_a_form_from_elsewhere_is_refused_in_our_look(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a@b.example"})

    assert answer.status_code == 403
    assert "This form is out of date" in text(answer)


@pytest.mark.parametrize(
    ("name", "context", "shown"),
    [
        ("409", {"what": "Changed at 3:02pm.", "action": "Review again"}, "Review again"),
        ("409", {"yours": "My <own> words"}, "My &lt;own&gt; words"),
        ("410", {"what": "The picture was removed."}, "The picture was removed."),
        ("413", {"what": "15 MB at most."}, "15 MB at most."),
        ("422", {"title": "Choose a new time", "what": "That is past."}, "Choose a new time"),
        ("503", {"what": "Facebook is not answering."}, "Facebook is not answering."),
    ],
)
def test_a_view_may_say_more(name: str, context: dict[str, str], shown: str) -> None:
    assert shown in text(render(asked(), f"{name}.html", context))


@pytest.mark.parametrize(
    "handler", [errors.bad_request, errors.permission_denied, errors.not_found]
)
def test_handlers_do_without_an_exception(handler: Callable[..., HttpResponse]) -> None:
    assert handler(asked()).status_code in {400, 403, 404}


def test_an_exception_with_some_other_explanation_does_no_harm() -> None:
    odd = PermissionDenied()
    odd.explanation = SimpleNamespace(missing=())  # type: ignore[attr-defined]

    assert errors.permission_denied(asked(), odd).status_code == 403
