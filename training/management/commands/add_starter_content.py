"""Add the courses and policies that come with the product, from the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from training.actions.starter import add_starter_courses, add_starter_policies


class Command(BaseCommand):
    help = (
        "Add the courses and policies that come with the product and are not here yet. "
        "What is here stays as it is. Posting needs the policies after four weeks."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--needed",
            action="store_true",
            help="posting and approving need the courses that were written for them, at once",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        courses = add_starter_courses(by=None, needed=options["needed"])
        policies = add_starter_policies(by=None)
        for each in (*courses, *policies):
            self.stdout.write(f"Added “{each}”.")
        if not courses and not policies:
            self.stdout.write("Everything that comes with the product is here already.")
