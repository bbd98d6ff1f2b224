"""Load the demonstration council, once; `./run demo` calls it at every start."""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from council_social.demonstration.refusal import refuse_elsewhere
from platforms.sandbox.remote import Control

STALE_DAYS = 3
"""From then on more posts have missed their slots, and fewer lie ahead, than is believable."""


class Command(BaseCommand):
    help = "Load the demonstration council into an empty database; does nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_elsewhere()
        # Only now: what it needs is not installed in production.
        loading = import_module("council_social.demonstration.load")
        control = Control(settings.SANDBOX_URL)
        started = time.perf_counter()
        try:
            if loading.is_loaded():
                loading.connect_again(control)
                self._say_how_old(loading.days_old())
                return
        except loading.AnotherCouncil:
            raise CommandError(
                "This database holds another council. The demonstration needs an empty one: set "
                "DATABASE_URL or VAR_DIR to another place."
            ) from None
        self.stdout.write("Loading the demonstration council…")
        self.stdout.flush()
        loading.load(control)
        seconds = time.perf_counter() - started
        self.stdout.write(f"Loaded {settings.COUNCIL_NAME} in {seconds:.0f} seconds.")

    def _say_how_old(self, days: int) -> None:
        if days >= STALE_DAYS:
            self.stdout.write(
                f"This demonstration was loaded {days} days ago, and its dates show it."
                " `./run demo --fresh` starts a new one and keeps this."
            )
