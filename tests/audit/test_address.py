from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from audit import address
from audit.middleware import AddressMiddleware, client_address


def request(remote: str, forwarded: str = "") -> HttpRequest:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)


def test_the_address_is_at_hand_within_the_request_only() -> None:
    seen: list[str] = []

    def view(_: HttpRequest) -> HttpResponse:
        seen.append(address.current())
        return HttpResponse()

    AddressMiddleware(view)(request("192.0.2.7"))
    assert seen == ["192.0.2.7"]
    assert address.current() == ""


def test_a_client_cannot_invent_its_address() -> None:
    assert client_address(request("192.0.2.7", "10.9.9.9")) == "192.0.2.7"


@pytest.mark.parametrize(
    ("count", "forwarded", "expected"),
    [
        (1, "10.9.9.9, 203.0.113.5", "203.0.113.5"),
        (2, "10.9.9.9, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", ""),
        (1, "", ""),
        (1, "not an address", ""),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_behind_proxies_of_our_own_the_hop_that_they_saw_counts(
    settings: Any, count: int, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = count
    assert client_address(request("10.0.0.1", forwarded)) == expected


def test_a_unix_socket_has_no_address() -> None:
    assert client_address(request("")) == ""
