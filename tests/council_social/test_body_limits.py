"""What is too big is refused before a byte of it is read, and sooner from a stranger."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import person
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db

SMALL, BIG = settings.SIGNED_OUT_MAX_BYTES, settings.UPLOAD_MAX_BYTES


class Body:
    """Knows whether anybody has looked at it."""

    was_read = False

    def read(self, *sizes: int) -> bytes:
        self.was_read = True
        return b""

    readline = read


def announce(client: Client, length: object, path: str = "/sign-in/") -> tuple[Any, bool]:
    """Send a form that says how long it is: the answer, and whether the form was read."""
    body = Body()
    announced: dict[str, Any] = {
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(length),
        "wsgi.input": body,
    }
    return client.generic("POST", path, **announced), body.was_read


def stranger() -> Client:
    return with_a_token(Client())


def officer() -> Client:
    return with_a_token(as_person(person()))


def with_a_token(client: Client) -> Client:
    """Anybody can make one up; with it, the CSRF check looks into the form."""
    client.handler.enforce_csrf_checks = True
    client.cookies["csrftoken"] = "a" * 32
    return client


@pytest.mark.parametrize("path", ["/sign-in/", "/posts/new/", "/nothing/here/"])
def test_a_stranger_is_told_to_sign_in_and_nothing_is_read(path: str) -> None:
    answer, was_read = announce(stranger(), SMALL + 1, path)

    assert (answer.status_code, was_read) == (413, False)
    assert "Error: That is too big" in text_of(answer)
    assert "Sign in, then send it again." in text_of(answer)


def test_what_a_stranger_may_send_is_read() -> None:
    answer, was_read = announce(stranger(), SMALL)

    assert was_read
    assert answer.status_code != 413


def test_whoever_is_signed_in_may_send_a_video() -> None:
    answer, was_read = announce(officer(), BIG)

    assert was_read
    assert answer.status_code != 413


def test_nobody_may_send_more_than_an_upload() -> None:
    answer, was_read = announce(officer(), BIG + 1)

    assert (answer.status_code, was_read) == (413, False)
    assert "a video 500 MB" in text_of(answer)


@pytest.mark.parametrize("length", ["", "many", "-1"])
def test_a_body_without_a_length_is_never_read(length: str) -> None:
    """A chunked one has none: it is an empty form."""
    answer, was_read = announce(stranger(), length)

    assert not was_read
    assert answer.status_code in (400, 403)
