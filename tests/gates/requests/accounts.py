"""What is asked of people, accounts, requests, risk, connections, training and mentions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import SocialAccount
from accounts.register.facts import fingerprint_of
from tests.accounts.register.spreadsheets import upload
from tests.accounts.risk.assessing import typed_assessment
from tests.factories import PASSWORD
from tests.gates.small_council import Council, rows_of_accounts

Body = dict[str, Any]


def _job(council: Council, about: str) -> list[Any]:
    return [council.jobs[about or "failed"].pk]


def _account(council: Council, about: str) -> SocialAccount:
    return council.ready if about == "ready" else council.account


def _of_staff(council: Council, about: str) -> list[Any]:
    return [council.people["leaver" if about == "leaver" else "staff"].pk]


def _to_close(council: Council, about: str) -> list[Any]:
    return [council.closing.pk if about == "closing" else council.account.pk]


def _person(council: Council, about: str) -> Body:
    return {"name": "Jo Newcomer", "email": "jo@wealdmoor.example", "job_title": "Librarian"}


def _facts(council: Council, about: str) -> Body:
    return {
        "handle": "wmarchive",
        "name": "Wealdmoor Archive",
        "url": "https://x.example/wmarchive",
        "service_area": council.area.pk,
        "audience": "Readers",
        "aims": [council.aim.pk],
        "two_factor": "unknown",
        "reason": "In a test",
        "seen": fingerprint_of(council.account),
    }


def _new_account(council: Council, about: str) -> Body:
    owner = council.people["owner"].pk
    return {**_facts(council, about), "platform": "flickr", "owner": owner, "run_by": "council"}


def _task(council: Council, about: str) -> Body:
    """One task of the draft, as it was answered."""
    of = council.requests["draft"]
    bodies: dict[str, Body] = {
        "why": {"why": "A new gallery.", "audience": "Families", "why_not_existing": "None."},
        "people": {"owner": of.asker.pk, "deputy": of.deputy.pk},
        "manager": {"line_manager": of.manager.pk},
    }
    return bodies[about]


def _place(council: Council, about: str) -> Body:
    area = council.area.pk
    return {"platform": "x", "handle": "wmnew", "name": "Wealdmoor New", "service_area": area}


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(
        (
            "account",
            "account_change",
            "account_people",
            "account_timeline",
            "account_access",
            "access_new",
            "access_on_a_day",
            "access_csv",
            "connection",
            "connection_connect",
            "connection_disconnect",
            "standards",
            "standards_check",
            "access_review",
        ),
        lambda council, about: [council.account.pk],
    ),
    "go_live": lambda council, about: [_account(council, about).pk],
    "go_live_check": lambda council, about: [council.ready.pk, "branding"],
    "account_safety": lambda council, about: [council.ready.pk],
    "account_state": lambda council, about: [council.account.pk, "suspended"],
    "account_accept": lambda council, about: [council.account.pk],
    **dict.fromkeys(
        (
            "request",
            "request_check",
            "request_accept",
            "request_decline",
            "request_withdraw",
            "request_officer",
        ),
        lambda council, about: [council.requests[about].request.pk],
    ),
    "request_task": lambda council, about: [council.requests["draft"].request.pk, about],
    "request_officer_remove": lambda council, about: [
        council.requests[about].request.pk,
        council.requests[about].request.officers.get().pk,
    ],
    "request_decide": lambda council, about: [council.requests[about].request.pk, "yes"],
    "aim_change": lambda council, about: [council.aim.pk],
    **dict.fromkeys(
        ("rationalisation_round", "rationalisation_csv", "rationalisation_end"),
        lambda council, about: [council.fix.round.pk],
    ),
    **dict.fromkeys(
        ("rationalisation_decision", "rationalisation_done"),
        lambda council, about: [council.fix.round.pk, council.account.pk],
    ),
    "connection_callback": lambda council, about: [council.account.platform],
    "account_reset_password_from_key": lambda council, about: ["1", "forged-key"],
    "person": _of_staff,
    "person_change": _of_staff,
    "person_leave": _of_staff,
    "person_return": _of_staff,
    "person_hand_on": lambda council, about: [council.people["owner"].pk],
    "corporate_role_new": _of_staff,
    "corporate_role_end": lambda council, about: [
        council.people["hr"].pk,
        council.corporate_grant.pk,
    ],
    "account_role_new": _of_staff,
    "account_role_end": lambda council, about: [
        council.people["drafter"].pk,
        council.account_grant.pk,
    ],
    **dict.fromkeys(("job", "job_try_again", "job_file"), _job),
    **dict.fromkeys(
        ("access_change", "access_end"),
        lambda council, about: [council.account.pk, council.account_grant.pk],
    ),
    **dict.fromkeys(
        (
            "account_close",
            "account_close_posts",
            "account_close_archive",
            "account_close_finish",
            "account_close_give_up",
        ),
        _to_close,
    ),
    "account_archive": lambda council, about: [
        council.closing.pk,
        council.closing.archives.get().pk,
    ],
    **dict.fromkeys(
        ("register_import", "register_import_problems", "register_import_take"),
        lambda council, about: [council.offered.pk],
    ),
    "risk": lambda council, about: [council.account.pk],
    "risk_new": lambda council, about: [council.account.pk],
    **dict.fromkeys(
        ("risk_sign_off", "risk_return", "risk_assessment"),
        lambda council, about: [council.account.pk, council.assessment.pk],
    ),
    **dict.fromkeys(("hazard_change", "hazard_move"), lambda council, about: [council.hazard.pk]),
    "mention": lambda council, about: [council.mention.pk],
}

_REASON: Body = {"reason": "In a test"}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "account_login": lambda council, about: {
        "login": council.people["staff"].email,
        "password": PASSWORD,
    },
    "account_reauthenticate": lambda council, about: {"password": PASSWORD},
    "account_reset_password": lambda council, about: {"email": council.people["staff"].email},
    "account_change_password": lambda council, about: {
        "oldpassword": PASSWORD,
        "password1": "three other random words",
        "password2": "three other random words",
    },
    "account_new": _new_account,
    "account_change": _facts,
    "account_people": lambda council, about: {
        **_REASON,
        "owner": council.people["staff"].pk,
        "deputy": council.people["owner"].pk,
    },
    "connection_disconnect": lambda council, about: {**_REASON, "way": "only_here"},
    "standards_check": lambda council, about: {"purpose": "met", "purpose_note": "It does."},
    "go_live_check": lambda council, about: {"is_met": "yes", "proof": "Seen on the platform"},
    "account_safety": lambda council, about: {
        **_REASON,
        "recovery_contact": "social@wealdmoor.example",
        "two_factor": "unknown",
        "seen": fingerprint_of(council.ready),
    },
    "account_state": lambda council, about: _REASON,
    "request_new": _place,
    "request_task": _task,
    "request_decline": lambda council, about: _REASON,
    "request_withdraw": lambda council, about: _REASON,
    "request_officer": lambda council, about: {
        "user": council.people["staff"].pk,
        "role": "approver",
    },
    "request_decide": lambda council, about: {
        **_REASON,
        "digest": council.requests[about].digest,
    },
    "register_import_new": lambda council, about: {
        "file": upload(rows_of_accounts(council.people))
    },
    "rationalisation_new": lambda council, about: {
        "name": "Spring tidy-up",
        "due_on": (timezone.localdate() + timedelta(days=60)).strftime("%d/%m/%Y"),
    },
    "rationalisation_decision": lambda council, about: {**_REASON, "fate": "keep"},
    "rationalisation_end": lambda council, about: _REASON,
    "aim_new": lambda council, about: {"name": "More readers"},
    "aim_change": lambda council, about: {"name": "Even more readers", "is_in_use": "on"},
    "person_new": _person,
    "person_change": _person,
    "person_leave": lambda council, about: {
        **_REASON,
        "last_day": timezone.localdate().strftime("%d/%m/%Y"),
    },
    "person_return": lambda council, about: _REASON,
    "person_hand_on": lambda council, about: {
        **_REASON,
        f"owner_{council.account.pk}": council.people["staff"].pk,
    },
    "corporate_role_new": lambda council, about: {**_REASON, "role": "auditor"},
    "corporate_role_end": lambda council, about: _REASON,
    "account_role_new": lambda council, about: {
        **_REASON,
        "role": "approver",
        "account": council.account.pk,
    },
    "account_role_end": lambda council, about: _REASON,
    "account_close": lambda council, about: {"reason": "Merged with another."},
    "account_close_give_up": lambda council, about: {"reason": "Kept after all."},
    "account_close_posts": lambda council, about: {"do": "cancel_all"},
    "risk_new": lambda council, about: typed_assessment(council.account),
    "risk_return": lambda council, about: {"reason": "The controls are not stated."},
    "hazard_new": lambda council, about: {"name": "Weather", "description": "Snow"},
    "hazard_change": lambda council, about: {"name": "Snow", "is_in_use": "on"},
    "hazard_move": lambda council, about: {"to": "up"},
    "access_new": lambda council, about: {
        **_REASON,
        "user": council.people["staff"].pk,
        "role": "drafter",
    },
    "access_change": lambda council, about: {
        **_REASON,
        "ends_on": (timezone.localdate() + timedelta(days=7)).strftime("%d/%m/%Y"),
    },
    "access_end": lambda council, about: _REASON,
    "access_review": lambda council, about: {
        f"keeps_{council.reviewed.pk}": "keeps",
    },
    "training_record_new": lambda council, about: {
        "person": council.people["staff"].pk,
        "course": council.course.pk,
        "completed_on": timezone.localdate().strftime("%d/%m/%Y"),
        "how": "paper",
    },
}
