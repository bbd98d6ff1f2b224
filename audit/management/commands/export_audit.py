"""manage.py export_audit --to FOLDER: the evidence bundle."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit.catalogue import Event
from audit.evidence_bundle import write_bundle
from audit.record import Subject, record


class Command(BaseCommand):
    help = "Writes the whole audit trail, its signed head and a stand-alone verifier to a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, required=True, help="the folder to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["to"]
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty. Name a new folder.")
        trail = Subject("audit.entry", "", "the audit trail")
        with transaction.atomic():
            record(Event.AUDIT_EXPORTED, by=None, on=trail, after={"format": "evidence bundle"})
        try:
            write_bundle(folder)
        except OSError as error:
            raise CommandError(f"The audit trail could not be written: {error}") from error
        self.stdout.write(
            f"Written to {folder}. To check it: python {folder / 'verify_audit.py'} {folder}"
        )
