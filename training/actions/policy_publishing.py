"""Bringing a policy into force: what a committee decided, publishing, and the yearly review."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from pages.days import months_after
from training.actions.policy_drafts import StaleDraft, lock_draft, refuse_put_away
from training.models import (
    NEED_A_COMMITTEE,
    CommitteeDecision,
    PolicyDocument,
    PolicyKind,
    PolicyVersion,
    Verdict,
)
from training.policies.ready import Readiness, readiness_of

REVIEW_MONTHS = 12
DAYS_TO_ACKNOWLEDGE = 28
"""How long earlier acknowledgements count, unless whoever publishes says otherwise."""


@transaction.atomic
def record_decision(
    *,
    by: User,
    version: PolicyVersion,
    digest: str,
    verdict: Verdict,
    decided_on: date,
    committee: str = "",
    minute: str = "",
    link: str = "",
    note: str = "",
) -> CommitteeDecision:
    """Keep what a committee decided of the wording with that digest, or why none had to.

    Raises StaleDraft where the draft has another wording by now, and ValidationError.
    """
    draft = lock_draft(version)
    demand(by, Permission.EDIT_POLICIES)
    if draft.digest != digest:
        raise StaleDraft(draft)
    decision = CommitteeDecision(
        version=draft,
        digest=digest,
        verdict=verdict,
        committee=" ".join(committee.split()),
        decided_on=decided_on,
        minute=" ".join(minute.split()),
        link=link.strip(),
        note=note.replace("\r\n", "\n").strip(),
        recorded_by=by,
    )
    _check(decision)
    decision.save()
    after = {
        "version": draft.number,
        "committee": decision.committee,
        "decision": Verdict(verdict).label,
        "decided_on": decided_on,
        "minute": decision.minute,
        "wording": digest[:12],
    }
    record(Event.POLICY_DECIDED, by=by, on=draft.document, after=after, reason=decision.note)
    return decision


def _check(decision: CommitteeDecision) -> None:
    if decision.decided_on > timezone.localdate():
        raise ValidationError({"decided_on": "The day must be today or in the past."})
    if decision.verdict == Verdict.NONE_NEEDED:
        if PolicyKind(decision.version.document.kind) in NEED_A_COMMITTEE:
            raise ValidationError({"verdict": "A policy or a strategy needs a committee."})
        if not decision.note:
            raise ValidationError({"note": "Say why no committee is needed."})
        decision.committee = decision.minute = decision.link = ""
    else:
        missing = {}
        if not decision.committee:
            missing["committee"] = "Enter the committee’s name."
        if not decision.minute:
            missing["minute"] = "Enter the reference of the minute."
        if missing:
            raise ValidationError(missing)
    refuse_too_long(decision)


@transaction.atomic
def publish(
    *,
    by: User,
    version: PolicyVersion,
    digest: str,
    in_force_from: date,
    needed_from: date,
    went_on_because: str = "",
) -> PolicyVersion:
    """Publish the draft with that digest. From then on nothing in it changes.

    Earlier acknowledgements count until `needed_from`. Raises StaleDraft where the wording is
    another by now, and ValidationError for whatever holds publication (`policies.ready`).
    """
    draft = lock_draft(version)
    demand(by, Permission.EDIT_POLICIES)
    if draft.digest != digest:
        raise StaleDraft(draft)
    ready, because = readiness_of(draft), went_on_because.strip()
    _refuse_unready(ready, because)
    _refuse_days(in_force_from, needed_from)
    draft.in_force_from, draft.needed_from = in_force_from, needed_from
    draft.published_at, draft.published_by = timezone.now(), by
    draft.went_on_because = because if ready.passed_over else ""
    draft.save()
    document = draft.document
    document.review_on = months_after(in_force_from, REVIEW_MONTHS)
    document.owner = document.owner or by
    document.save(update_fields=["review_on", "owner"])
    after = {
        "version": draft.number,
        "in_force_from": in_force_from,
        "needed_from": needed_from,
        "wording": digest[:12],
        "without": ", ".join(str(each.consultee) for each in ready.passed_over),
    }
    reason = draft.went_on_because
    record(Event.POLICY_PUBLISHED, by=by, on=document, after=after, reason=reason)
    return draft


def _refuse_unready(ready: Readiness, because: str) -> None:
    if ready.obstacles:
        raise ValidationError(ready.obstacles)
    if ready.passed_over and not because:
        names = ", ".join(str(each.consultee) for each in ready.passed_over)
        words = f"Say why it goes on without the sign-off of {names}."
        raise ValidationError({"went_on_because": words})


def _refuse_days(in_force_from: date, needed_from: date) -> None:
    if in_force_from < timezone.localdate():
        raise ValidationError({"in_force_from": "The day must be today or later."})
    if needed_from < in_force_from:
        words = "The day must not be before the policy is in force."
        raise ValidationError({"needed_from": words})


def usual_days(today: date) -> tuple[date, date]:
    """From when it is in force, and from when it is needed, unless somebody says otherwise."""
    return today, today + timedelta(days=DAYS_TO_ACKNOWLEDGE)


@transaction.atomic
def keep_unchanged(*, by: User, document: PolicyDocument, note: str, next_on: date) -> None:
    """Keep that the policy was reviewed and is still right; by its owner or who keeps policies.

    Raises ValidationError for a next review that is not ahead.
    """
    locked = PolicyDocument.objects.select_for_update().get(pk=document.pk)
    if locked.owner_id != by.pk or not by.is_employed():
        demand(by, Permission.EDIT_POLICIES)
    refuse_put_away(locked)
    if not locked.versions.published().exists():
        raise ValidationError("Nothing of this document is published yet.")
    if not note.strip():
        raise ValidationError({"note": "Say what you looked at."})
    if next_on <= timezone.localdate():
        raise ValidationError({"next_on": "The next review must be after today."})
    before = {"review_on": locked.review_on}
    locked.review_on = next_on
    locked.save(update_fields=["review_on"])
    after = {"review_on": next_on}
    record(Event.POLICY_REVIEWED, by=by, on=locked, before=before, after=after, reason=note.strip())
