"""manage.py verify_audit: is the audit trail what was written?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from sqlite3 import DatabaseError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import chain
from audit.standalone import verify_audit


class Command(BaseCommand):
    help = (
        "Checks every entry of the audit trail and says which is the first that is wrong. "
        "Exit code 0: unbroken; 1: broken; 2: could not be checked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", type=Path, help="a copy of an SQLite database file")
        parser.add_argument("--head", type=Path, help="a head.json exported earlier")
        parser.add_argument("--key", help="the public key that signed it, in hexadecimal")

    def handle(self, *args: Any, **options: Any) -> None:
        database, head, key = options["database"], options["head"], options["key"]
        try:
            verdict = _of_file(database, head, key) if database else chain.verify(head, key)
        except (OSError, ValueError) as error:
            raise CommandError(
                f"The audit trail could not be checked: {error}", returncode=2
            ) from error
        if not verdict.unbroken:
            raise CommandError(f"The audit trail is broken. {verdict.words}", returncode=1)
        self.stdout.write(f"The audit trail is unbroken. {verdict.words}")


def _of_file(database: Path, head: Path | None, key: str | None) -> chain.Verdict:
    try:
        return chain.Verdict(True, verify_audit.verify(database, head, key))
    except verify_audit.Broken as broken:
        return chain.Verdict(False, str(broken))
    except DatabaseError as error:
        return chain.Verdict(False, f"The database file cannot be read: {error}.")
