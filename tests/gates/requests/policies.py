"""What is asked of policies: reading, writing, consulting, deciding, publishing.

"asked": the draft of a guide about which the author, the drafter and somebody outside are asked.
"ready": the same, with nothing that holds it. "away": one that is put away.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.gates.small_council import Council
from training.actions.policy_consulting import ask_consultee, comment_on_draft
from training.actions.policy_drafts import Details, add_document, save_draft, seen_of
from training.actions.policy_publishing import record_decision
from training.actions.policy_putting_away import put_away
from training.models import (
    Consultee,
    Interest,
    PolicyDocument,
    PolicyKind,
    PolicyVersion,
    Verdict,
)

Body = dict[str, Any]
TITLE = "Guidelines on photographs"


def _draft(council: Council) -> PolicyVersion:
    there = PolicyVersion.objects.drafts().filter(document__title=TITLE)
    if draft := there.select_related("document").first():
        return draft
    officer = council.people["officer"]
    details = Details(TITLE, PolicyKind.GUIDELINES, "", None, 12, False)
    return add_document(by=officer, details=details, text="## 1. Ask\n\nAsk first.")


def _asked(council: Council) -> Consultee:
    """Of the three that are asked, the one outside."""
    draft, officer = _draft(council), council.people["officer"]
    if outside := draft.consultees.filter(user=None).first():
        return outside
    day = timezone.localdate() + timedelta(days=7)
    for user in (council.people["author"], council.people["drafter"]):
        if not draft.consultees.filter(user=user).exists():
            ask_consultee(
                by=officer, version=draft, interest=Interest.OTHER, answer_by=day, user=user
            )
    return ask_consultee(
        by=officer,
        version=draft,
        interest=Interest.TRADE_UNIONS,
        answer_by=day,
        name="Pat Reed",
    )


def _slug(council: Council, about: str) -> list[Any]:
    """Of the policy in force, or of the draft."""
    if about == "asked":
        return [_asked(council).version.document.slug]
    if about == "ready":
        draft = _draft(council)
        record_decision(
            by=council.people["officer"],
            version=draft,
            digest=draft.digest,
            verdict=Verdict.NONE_NEEDED,
            decided_on=timezone.localdate(),
            note="It only explains.",
        )
        return [draft.document.slug]
    if about == "away":
        return [_away(council).slug]
    return [council.policy.document.slug]


def _away(council: Council) -> PolicyDocument:
    """A guide that is put away."""
    there = PolicyDocument.objects.filter(title="Guidelines on faxes").first()
    officer = council.people["officer"]
    if there is None:
        details = Details("Guidelines on faxes", PolicyKind.GUIDELINES, "", None, 12, False)
        there = add_document(by=officer, details=details).document
    return put_away(by=officer, document=there, reason="Nobody sends any.")


def _version(council: Council, about: str) -> list[Any]:
    return [council.policy.document.slug, council.policy.number]


def _since(council: Council, about: str) -> list[Any]:
    """The first words of a draft about which some are asked, and which was changed since."""
    version = _asked(council).version
    now = PolicyVersion.objects.get(pk=version.pk)
    if not now.wordings.exists():
        officer = council.people["officer"]
        save_draft(by=officer, version=now, text="Ask.", what_changed="", seen=seen_of(now))
    return [version.document.slug, now.wordings.get().digest]


def _consultee(council: Council, about: str) -> list[Any]:
    return [_asked(council).pk]


def _comment(council: Council, about: str) -> list[Any]:
    version = _asked(council).version
    said = comment_on_draft(by=council.people["author"], version=version, text="And children?")
    return [said.pk]


def _day(ahead: int) -> str:
    return (timezone.localdate() + timedelta(days=ahead)).strftime("%d/%m/%Y")


def _newest() -> PolicyVersion:
    return PolicyVersion.objects.latest("pk")


def _details(council: Council, about: str) -> Body:
    return {"title": "Another guide", "kind": "guidelines", "summary": "", "valid_months": 12}


def _words(council: Council, about: str) -> Body:
    return {"text": "## 1. Ask\n\nAlways ask.", "seen": seen_of(_newest()), "do": "save"}


def _answer(council: Council, about: str) -> Body:
    digest = _newest().digest
    return {"opinion": "signed_off", "words": "", "digest": digest, "do": "answer"}


def _published(council: Council, about: str) -> Body:
    return {"in_force_from": _day(0), "needed_from": _day(28), "digest": _newest().digest}


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(("policy_version", "policy_changes", "policy_print"), _version),
    **dict.fromkeys(
        (
            "policy",
            "policy_details",
            "policy_start",
            "policy_put_away",
            "policy_bring_back",
            "policy_draft",
            "policy_draft_edit",
            "policy_draft_withdraw",
            "policy_ask",
            "policy_committee",
            "policy_publish",
            "policy_consultation",
            "policy_review",
            "policy_acknowledged",
            "policy_acknowledged_csv",
        ),
        _slug,
    ),
    **dict.fromkeys(
        ("policy_consultee_date", "policy_consultee_remove", "policy_consultee_answer"),
        _consultee,
    ),
    "policy_comment_reply": _comment,
    "policy_draft_since": _since,
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "policy": lambda council, about: {"version": council.policy.pk, "read": "on"},
    "policy_new": _details,
    "policy_details": _details,
    "policy_draft_edit": _words,
    "policy_draft_withdraw": lambda council, about: {"reason": "Two become one."},
    "policy_put_away": lambda council, about: {"reason": "Nobody needs it."},
    "policy_ask": lambda council, about: {
        "interest": "hr",
        "user": council.people["hr"].pk,
        "answer_by": _day(7),
    },
    "policy_committee": lambda council, about: {
        "verdict": "approved",
        "committee": "Policy Committee",
        "decided_on": _day(0),
        "minute": "PC 42/26",
        "digest": _newest().digest,
    },
    "policy_publish": _published,
    "policy_consultation": _answer,
    "policy_consultee_answer": _answer,
    "policy_consultee_date": lambda council, about: {"answer_by": _day(9)},
    "policy_comment_reply": lambda council, about: {"reply": "They are in it."},
    "policy_review": lambda council, about: {"note": "Read it.", "next_on": _day(300)},
}
