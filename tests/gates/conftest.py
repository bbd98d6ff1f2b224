from __future__ import annotations

import logging
from collections.abc import Iterator
from pickle import dumps, loads

import pytest
from django.http import HttpRequest, HttpResponse
from pytest_django import DjangoDbBlocker

from council_social import errors
from tests.gates.small_council import Council, make_council, taken_back


@pytest.fixture(scope="package")
def standing_council(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[bytes]:
    """Made once for all the tests here, in a transaction around theirs."""
    with django_db_blocker.unblock(), taken_back():
        yield dumps(make_council())


@pytest.fixture
def council(standing_council: bytes, db: None) -> Council:
    """A council of the test's own: neither its rows nor its objects are seen by the next."""
    mine: Council = loads(standing_council)  # noqa: S301 - pickled above
    return mine


@pytest.fixture
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most requests are refused, and what the refusal looks like is for other tests to say."""

    def undrawn(
        request: HttpRequest, template: str, context: object = None, status: int = 200
    ) -> HttpResponse:
        return HttpResponse(template, status=status)

    monkeypatch.setattr(errors, "render", undrawn)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of requests, most of them refused: nobody reads their log lines."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
