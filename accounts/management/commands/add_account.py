"""Register a live account from the command line: identity proved, risk signed off, connected."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.actions.credentials import MAX_BYTES, parse_credential
from accounts.actions.register import Assessment, Readiness, add_live_account, check_place
from accounts.connection.identity import prove_identity
from accounts.models import ServiceArea, SocialAccount, TwoFactorState, User
from accounts.register.facts import Facts
from platforms.known import is_publishable, name_of
from platforms.registry import PLATFORMS


class Command(BaseCommand):
    help = (
        "Register a live account. The credential is read from standard input, as a JSON object. "
        "The platform is asked whose it is; nothing is kept unless everything is right."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--platform", required=True, help=f"one of: {', '.join(sorted(PLATFORMS))}")
        add("--handle", required=True, help="the account's name at the platform, without @")
        add("--service-area", required=True, help="the service area's name")
        add("--owner", required=True, metavar="EMAIL", help="the site owner")
        add("--deputy", default="", metavar="EMAIL", help="who stands in for the owner")
        add("--name", default="", help="how the register calls it; the platform's name if left out")
        add("--purpose", default="", help="what the account is for")
        add("--server-url", default="", help="the server's address, where it is the account's own")
        add(
            "--credential-json",
            required=True,
            metavar="-",
            help="always “-”: the secret is read from standard input, never from the command line",
        )
        add("--risk-likelihood", required=True, type=int, help="from 1 to 5")
        add("--risk-impact", required=True, type=int, help="from 1 to 5")
        add("--risk-summary", required=True, help="what the risk is and what you do about it")
        add("--review-on", required=True, metavar="YYYY-MM-DD", help="when it is assessed again")
        add("--assessed-by", required=True, metavar="EMAIL", help="who assessed the risk")
        add("--signed-off-by", required=True, metavar="EMAIL", help="who signed it off: another")
        self._add_checklist(parser)
        add(
            "--by",
            default="",
            metavar="EMAIL",
            help="for whom you do this: kept in the audit trail",
        )

    def _add_checklist(self, parser: ArgumentParser) -> None:
        """What going live asks for; what is left out is named in the answer."""
        add = parser.add_argument_group("go-live checklist").add_argument
        add("--accepted", default="", help="what shows that owner and deputy accepted it")
        add("--branding", default="", help="what shows that the branding is the council’s")
        add("--profile-text", default="", help="what shows that the profile says what is needed")
        add("--joint-access", default="", help="what proves the corporate team’s joint access")
        add("--joint-access-on", default="", metavar="YYYY-MM-DD", help="when it was proved")
        add("--two-factor", default="unknown", help=f"one of: {', '.join(TwoFactorState.values)}")
        add("--two-factor-checked-on", default="", metavar="YYYY-MM-DD", help="when you looked")
        add("--recovery-contact", default="", help="where the platform sends what gets it back")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            account = _add(options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except PermissionDenied as error:
            raise CommandError(f"Not allowed: {error}") from None
        self.stdout.write(f"{account} is live; the platform confirmed {account.url}.")


def _add(options: Mapping[str, Any]) -> SocialAccount:
    if options["credential_json"] != "-":
        raise ValidationError(
            "Give “--credential-json -” and the JSON on standard input: what stands on a command"
            " line can be read by others on this machine."
        )
    handle = options["handle"].strip().lstrip("@")
    check_place(options["platform"], handle, options["server_url"])
    if not is_publishable(options["platform"]):
        raise ValidationError(
            f"Nothing connects to {name_of(options['platform'])} yet: add the account on the page"
            " of the register."
        )
    facts: dict[str, Any] = {
        "platform": options["platform"],
        "handle": handle,
        "service_area": _service_area(options["service_area"]),
        "owner": _person(options["owner"], "owner"),
        "deputy": _person(options["deputy"], "deputy") if options["deputy"] else None,
        "server_url": options["server_url"],
    }
    by = _person(options["by"], "by") if options["by"] else None
    assessment, safety = _assessment(options), _safety(options)
    credential = parse_credential(PLATFORMS[options["platform"]], _standard_input())
    identity = prove_identity(SocialAccount(name=options["name"] or handle, **facts), credential)
    return add_live_account(
        by=by,
        name=options["name"],
        purpose=options["purpose"],
        identity=identity,
        credential=credential,
        assessment=assessment,
        ready=Readiness(
            accepted=options["accepted"],
            branding=options["branding"],
            profile_text=options["profile_text"],
        ),
        **safety,
        **facts,
    )


def _safety(options: Mapping[str, Any]) -> Facts:
    return {
        "joint_access": options["joint_access"],
        "joint_access_on": _day_if_given(options, "joint_access_on"),
        "two_factor": options["two_factor"],
        "two_factor_checked_on": _day_if_given(options, "two_factor_checked_on"),
        "recovery_contact": options["recovery_contact"],
    }


def _standard_input() -> str:
    try:
        return sys.stdin.read(MAX_BYTES + 1)
    except UnicodeDecodeError:
        raise ValidationError("The credential is not valid JSON: it is not UTF-8.") from None


def _assessment(options: Mapping[str, Any]) -> Assessment:
    return Assessment(
        likelihood=options["risk_likelihood"],
        impact=options["risk_impact"],
        summary=options["risk_summary"],
        assessed_by=_person(options["assessed_by"], "assessed-by"),
        signed_off_by=_person(options["signed_off_by"], "signed-off-by"),
        review_on=_day(options, "review_on"),
    )


def _day_if_given(options: Mapping[str, Any], name: str) -> date | None:
    return _day(options, name) if options[name] else None


def _day(options: Mapping[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(options[name])
    except ValueError:
        option = name.replace("_", "-")
        raise ValidationError(f"--{option} must be a day such as 2027-03-31.") from None


def _service_area(name: str) -> ServiceArea:
    area = ServiceArea.objects.filter(name__iexact=name.strip()).first()
    if area is None:
        known = ", ".join(ServiceArea.objects.values_list("name", flat=True)[:10]) or "none yet"
        raise ValidationError(f"There is no service area called “{name}” (there are: {known}).")
    return area


def _person(email: str, option: str) -> User:
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None or not person.is_employed():
        raise ValidationError(f"--{option}: nobody here has the e-mail address “{email}”.")
    return person
