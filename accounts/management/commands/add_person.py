"""Add a person from the command line: the first member of the digital team has nobody to ask."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.actions.people import add_person
from accounts.actions.roles import grant_corporate_role
from accounts.models import User
from accounts.permissions import CorporateRole

GIVEN = sorted(set(CorporateRole.values) - {CorporateRole.MEMBER_OF_STAFF})


class Command(BaseCommand):
    help = (
        "Add a person, with a corporate role if one is given. Without a password they choose one "
        "by “Forgotten your password?” on the sign-in page."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--name", required=True)
        add("--email", required=True)
        add("--job-title", default="")
        add("--role", choices=GIVEN, help="a corporate role")
        add("--password-stdin", action="store_true", help="read a password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else None
        try:
            person = _add(options, password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{person.name} can sign in as {person.email}.")


@transaction.atomic
def _add(options: dict[str, Any], password: str | None) -> User:
    validate_email(options["email"])
    if password is not None:
        validate_password(password, User(name=options["name"], email=options["email"]))
    person = add_person(
        by=None,
        name=options["name"],
        email=options["email"],
        job_title=options["job_title"],
        password=password,
    )
    if options["role"]:
        grant_corporate_role(
            by=None,
            user=person,
            role=CorporateRole(options["role"]),
            reason="Given on the command line",
        )
    return person
