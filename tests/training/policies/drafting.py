"""Drafts of policies on their way: written, consulted on, decided on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from tests.factories import UserFactory
from training.actions.policy_consulting import answer_consultation, ask_consultee
from training.actions.policy_drafts import Details, add_document, save_draft, seen_of, start_version
from training.actions.policy_publishing import publish, record_decision, usual_days
from training.models import (
    CommitteeDecision,
    Consultee,
    Interest,
    Opinion,
    PolicyDocument,
    PolicyKind,
    PolicyVersion,
    Verdict,
)

TEXT = "## 1. Purpose\n\nBe kind.\n\n## 2. Scope\n\nEverybody who works here."


def details(title: str = "Photographs policy", **changed: Any) -> Details:
    given = {
        "title": title,
        "kind": PolicyKind.POLICY,
        "summary": "Who may show whom.",
        "owner": None,
        "valid_months": 12,
        "needed_to_write": False,
    }
    return Details(**{**given, **changed})


def drafted(by: User, text: str = TEXT, **changed: Any) -> PolicyVersion:
    return add_document(by=by, details=details(**changed), text=text)


def next_draft(by: User, document: PolicyDocument, text: str, changed: str = "") -> PolicyVersion:
    return edited(by, start_version(by=by, document=document), text, changed)


def edited(by: User, version: PolicyVersion, text: str, changed: str = "") -> PolicyVersion:
    now = PolicyVersion.objects.get(pk=version.pk)
    return save_draft(by=by, version=now, text=text, what_changed=changed, seen=seen_of(now))


def asked(by: User, version: PolicyVersion, **more: Any) -> Consultee:
    given: dict[str, Any] = {
        "interest": Interest.LEGAL,
        "answer_by": timezone.localdate() + timedelta(days=14),
    }
    if "name" not in more:
        given["user"] = UserFactory()
    return ask_consultee(by=by, version=version, **{**given, **more})


def self_of(consultee: Consultee) -> User:
    """The person here who is asked."""
    assert consultee.user
    return consultee.user


def signed(consultee: Consultee, by: User | None = None) -> None:
    answer_consultation(
        by=by or consultee.user or consultee.asked_by,
        consultee=consultee,
        opinion=Opinion.SIGNED_OFF,
        digest=PolicyVersion.objects.get(pk=consultee.version_id).digest,
    )


def decided(
    by: User, version: PolicyVersion, verdict: Verdict = Verdict.APPROVED, **more: Any
) -> CommitteeDecision:
    given: dict[str, Any] = {
        "committee": "Policy Committee",
        "minute": "PC 42/26",
        "decided_on": timezone.localdate(),
        "digest": version.digest,
    }
    return record_decision(by=by, version=version, verdict=verdict, **{**given, **more})


def published(by: User, version: PolicyVersion, **more: Any) -> PolicyVersion:
    """With the day and the time to acknowledge that are usual."""
    in_force, needed = usual_days(timezone.localdate())
    given: dict[str, Any] = {
        "in_force_from": in_force,
        "needed_from": needed,
        "digest": version.digest,
    }
    return publish(by=by, version=version, **{**given, **more})


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)
