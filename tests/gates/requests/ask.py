"""Asking: a line of the table becomes a request.

Each area says what stands in its addresses (`PLACES`) and in its forms (`BODIES`), by the names of
the addresses. A place may make what it is about: every request is taken back afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.gates import requests
from tests.gates.small_council import Council

Body = dict[str, Any]
AREAS = [
    import_module(f"{requests.__name__}.{area.name}")
    for area in iter_modules(requests.__path__)
    if area.name != "ask"
]
PLACES = {name: place for area in AREAS for name, place in area.PLACES.items()}
BODIES = {name: body for area in AREAS for name, body in area.BODIES.items()}


@dataclass(frozen=True)
class Ask:
    """One request: what it asks for, and what a form there would hold."""

    method: str
    name: str
    about: str
    address: str
    body: Body

    def by(self, client: Client) -> HttpResponseBase:
        if self.method == "GET":
            return client.get(self.address)
        return client.post(self.address, self.body)


def ask(council: Council, line: str, **changed: Any) -> Ask:
    """The request of a line such as "POST post_approve awaiting", with its body `changed`."""
    method, name, about = (*line.split(), "")[:3]
    places = PLACES[name](council, about) if name in PLACES else []
    body = BODIES[name](council, about) if method == "POST" and name in BODIES else {}
    return Ask(method, name, about, reverse(name, args=places), {**body, **changed})
