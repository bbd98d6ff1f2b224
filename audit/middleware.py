"""Keeps the client's address at hand for the audit trail."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from audit.address import coming_from


class AddressMiddleware:
    """Sets the address for the time of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with coming_from(client_address(request)):
            return self.get_response(request)


def client_address(request: HttpRequest) -> str:
    """The client's address, or "" where none can be trusted.

    `X-Forwarded-For` counts only as far as our own proxies wrote it: with
    `TRUSTED_PROXY_COUNT` n, the n-th from its right. The rest a client can invent.
    """
    count = settings.TRUSTED_PROXY_COUNT
    given = request.META.get("REMOTE_ADDR", "")
    if count:
        hops = request.headers.get("x-forwarded-for", "").split(",")
        given = hops[-count] if len(hops) >= count else ""
    try:
        return str(ipaddress.ip_address(given.strip()))
    except ValueError:
        return ""
