"""A request for each address and way of asking it, with all in it that makes it succeed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SocialAccount
from accounts.register.facts import fingerprint_of
from publishing.models import Delivery, Post
from publishing.models.stops import Stop
from tests.accounts.register.spreadsheets import upload
from tests.accounts.risk.assessing import typed_assessment
from tests.factories import PASSWORD
from tests.gates.small_council import Council, rows_of_accounts, typed_post
from tests.publishing.making import newest

Body = dict[str, Any]


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
    places = _PLACES.get(name, _nowhere)(council, about)
    body = _BODIES[name](council, about) if method == "POST" and name in _BODIES else {}
    return Ask(method, name, about, reverse(name, args=places), {**body, **changed})


def _nowhere(council: Council, about: str) -> list[Any]:
    return []


def _post(council: Council, about: str) -> list[Any]:
    return [council.posts[about].pk]


def _delivery(council: Council, about: str) -> list[Any]:
    return [council.posts[about].pk, delivery_of(council.posts[about]).pk]


def delivery_of(post: Post) -> Delivery:
    return post.deliveries.get()


def _job(council: Council, about: str) -> list[Any]:
    return [council.jobs[about or "failed"].pk]


def _account(council: Council, about: str) -> SocialAccount:
    return council.ready if about == "ready" else council.account


def _of_staff(council: Council, about: str) -> list[Any]:
    return [council.people["leaver" if about == "leaver" else "staff"].pk]


def _to_close(council: Council, about: str) -> list[Any]:
    return [council.closing.pk if about == "closing" else council.account.pk]


_PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
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
    "policy": lambda council, about: [council.policy.document.slug],
    "mention": lambda council, about: [council.mention.pk],
    "media_file": lambda council, about: [council.media.pk],
    "delivery_answer": _delivery,
    "delivery_try_again": _delivery,
    **dict.fromkeys(
        (
            "post",
            "post_edit",
            "post_save",
            "post_preview",
            "post_own_texts",
            "post_take_back",
            "post_check",
            "post_approve",
            "post_changes",
            "post_schedule",
            "post_withdraw",
            "post_archive",
            "post_compare",
            "post_results",
        ),
        _post,
    ),
}


def _decision(council: Council, about: str) -> Body:
    """The newest version; for a draft that has none, somebody else's."""
    post = council.posts[about]
    version = newest(post if post.version else council.posts["awaiting"])
    return {"version": version.pk, "digest": version.digest, "comment": "Which library?"}


def _move(council: Council, about: str) -> Body:
    in_a_week = timezone.localdate() + timedelta(days=7)
    when = {"publish_on": in_a_week.strftime("%d/%m/%Y"), "publish_time": "9am"}
    return {**_decision(council, about), **when, "do": "move"}


def _written(council: Council, about: str) -> Body:
    return typed_post(council.posts.get(about), council.account)


def _answer(council: Council, about: str) -> Body:
    return {f"delivery-{delivery_of(council.posts[about]).pk}-answer": "leave"}


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


def _release(council: Council, about: str) -> Body:
    stop = Stop.objects.in_force().first()
    return {"stop": stop.pk if stop else 1, "reason": "It is over."}


_REASON: Body = {"reason": "In a test"}
_BODIES: dict[str, Callable[[Council, str], Body]] = {
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
    },
    "policy": lambda council, about: {"version": council.policy.pk, "read": "on"},
    "post_new": _written,
    "post_new_save": _written,
    "post_new_preview": _written,
    "post_new_own_texts": _written,
    "post_edit": _written,
    "post_save": _written,
    "post_preview": _written,
    "post_own_texts": _written,
    "post_check": lambda council, about: {"revision": council.posts[about].draft.revision},
    "post_approve": _decision,
    "post_changes": _decision,
    "post_schedule": _move,
    "delivery_answer": _answer,
    "stop_place": lambda council, about: {"reason": "There is an emergency."},
    "stop_release": _release,
}
