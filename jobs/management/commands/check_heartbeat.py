"""For containers and monitoring: fails when a part of the background work is late."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jobs.heartbeats import LABELS, statuses


class Command(BaseCommand):
    help = "Fails when beat or the worker of a queue has not been seen for a minute."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="+", choices=list(LABELS), metavar="NAME")

    def handle(self, *args: Any, **options: Any) -> None:
        late = [
            status.name
            for status in statuses(timezone.now())
            if status.name in options["names"] and not status.alive
        ]
        if late:
            raise CommandError(f"Not seen for a minute: {', '.join(late)}.")
