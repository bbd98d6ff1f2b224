"""Somebody who opens pages of one database, in a process of its own.

Each line that it reads is a JSON object with the `path` of a page, how many `times` to open it, and
the `body` of a form, where one is sent there; `{turn}` in its text differs each time. Its answer is
a line with the milliseconds of each time and how many questions the page asks. In a path
`{account}`, `{person}` and `{round}` stand for the ids of the first of them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Min
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.rows import AUDITOR, OFFICER
from council_social.memory import keep_what_is_loaded
from tools.places import ROOT

DIGITAL = ("/reports/", "/accounts/", "/admin/")
"""What the digital team opens here; the communications officer opens the rest."""


Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Visits:
    milliseconds: list[float]
    processor: float
    """Milliseconds of the process's own, on average: what is left when nobody else is at work."""
    queries: int


def joined(several: list[Visits]) -> Visits:
    took = [one for visits in several for one in visits.milliseconds]
    processor = statistics.mean(visits.processor for visits in several)
    return Visits(took, processor, max(visits.queries for visits in several))


@dataclass(frozen=True, slots=True)
class Visitor:
    """The other end: asks the process."""

    process: subprocess.Popen[str]

    def open(self, path: str, times: int, body: Body | None = None, by: str = "") -> Visits:
        """`by`: the address of somebody else than the two who open most pages."""
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("The visitor has no ends to talk to.")
        asked = {"path": path, "times": times, "body": body, "by": by}
        stdin.write(json.dumps(asked) + "\n")
        stdin.flush()
        line = stdout.readline()
        if not line:
            raise RuntimeError("The visitor ended: see its message above.")
        return Visits(**json.loads(line))


@contextmanager
def visitor(database: str) -> Iterator[Visitor]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.visitor"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Visitor(process)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def main() -> None:
    django.setup()
    settings.ROOT_URLCONF = "benchmarks.bare"
    keep_what_is_loaded()  # As the web server does.
    kinds = {"account": "SocialAccount", "person": "User", "round": "RationalisationRound"}
    first = {name: _first(kind) for name, kind in kinds.items()}
    for line in sys.stdin:
        asked = json.loads(line)
        path = asked["path"].format(**first)
        usual = AUDITOR if path.startswith(DIGITAL) else OFFICER
        client = signed_in(asked["by"] or usual)
        print(json.dumps(_open(client, path, asked["times"], asked["body"])), flush=True)


def _first(kind: str) -> int | None:
    return apps.get_model("accounts", kind).objects.aggregate(first=Min("pk"))["first"]


@cache
def signed_in(email: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.get(email=email))
    return client


def _open(client: Client, path: str, times: int, body: Body | None) -> dict[str, Any]:
    turns = count(1)

    def ask() -> Any:
        if body is None:
            return client.get(path)
        typed = str(body["text"]).replace("{turn}", str(next(turns)))
        return client.post(path, {**body, "text": typed})

    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    queries = len(asked)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}.")
    took = []
    used = time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        ask()
        took.append((time.perf_counter() - began) * 1000)
    used = (time.process_time() - used) * 1000 / times
    return {"milliseconds": took, "processor": used, "queries": queries}


if __name__ == "__main__":
    main()
