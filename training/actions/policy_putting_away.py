"""Putting a policy away when nobody has to follow it any more, and bringing it back."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.actions.policy_drafts import withdraw_draft
from training.models import Assignment, PolicyDocument


@transaction.atomic
def put_away(*, by: User, document: PolicyDocument, reason: str) -> PolicyDocument:
    """Nobody is asked for it or reminded of it any more; what was published and accepted stays.

    A draft is withdrawn with it, and so its consultation ends. Doing it again changes nothing.
    Raises ValidationError where posting or an assignment still needs it.
    """
    locked = PolicyDocument.objects.select_for_update().get(pk=document.pk)
    demand(by, Permission.EDIT_POLICIES)
    if locked.archived_at:
        return locked
    if still := needed_because(locked):
        raise ValidationError(still)
    because = " ".join(reason.split())
    if not because:
        raise ValidationError({"reason": "Say why it is put away."})
    for draft in locked.versions.drafts():
        withdraw_draft(by=by, version=draft, reason=because)
    locked.archived_at, locked.archived_by = timezone.now(), by
    locked.archived_because = because
    refuse_too_long(locked)
    locked.save(update_fields=["archived_at", "archived_by", "archived_because"])
    record(Event.POLICY_PUT_AWAY, by=by, on=locked, reason=because)
    return locked


@transaction.atomic
def bring_back(*, by: User, document: PolicyDocument) -> PolicyDocument:
    """In use again, as it was, without the draft. Doing it again changes nothing."""
    locked = PolicyDocument.objects.select_for_update().get(pk=document.pk)
    demand(by, Permission.EDIT_POLICIES)
    if locked.archived_at is None:
        return locked
    before = {"put_away": timezone.localdate(locked.archived_at), "why": locked.archived_because}
    locked.archived_at, locked.archived_by, locked.archived_because = None, None, ""
    locked.save(update_fields=["archived_at", "archived_by", "archived_because"])
    record(Event.POLICY_BROUGHT_BACK, by=by, on=locked, before=before)
    return locked


def needed_because(document: PolicyDocument) -> list[str]:
    """Why the policy cannot be put away, in sentences that say what to do first."""
    reasons = []
    if document.needed_to_write:
        reasons.append("Posting needs this document. Take that back in its details first.")
    asking = Assignment.objects.in_force().filter(policy=document)
    for each in asking.select_related("policy", "service_area", "person"):
        reasons.append(f"It is assigned to: {each.whom}. End that assignment first.")
    return reasons
