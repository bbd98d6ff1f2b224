"""Acknowledging a policy: each person for themselves, and only the version in force."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from pages.days import months_after
from training.models import Acknowledgement, PolicyVersion


@transaction.atomic
def acknowledge(*, by: User, version: PolicyVersion) -> Acknowledgement:
    """Keep that `by` has read and accepted `version`.

    Pressing the button twice keeps one. Raises ValidationError for a version that is not, or not
    any more, the one in force, and for a document that is put away.
    """
    person = User.objects.select_for_update().get(pk=by.pk)
    today = timezone.localdate()
    current = PolicyVersion.objects.current(today).filter(document=version.document).first()
    if current is None or current.pk != version.pk:
        raise ValidationError(
            f"{version} is not in force. Read and acknowledge the version that is."
        )
    if current.document.archived_at:
        raise ValidationError(f"{current.document} was put away. Nobody has to acknowledge it.")
    same_day = person.acknowledgements.filter(version=current, acknowledged_at__date=today).first()
    if same_day:
        return same_day
    kept = Acknowledgement.objects.create(
        document=current.document,
        version=current,
        version_number=current.number,
        user=person,
        expires_on=months_after(today, current.document.valid_months),
    )
    record(
        Event.POLICY_ACKNOWLEDGED,
        by=person,
        on=current.document,
        after={"version": current.number, "expires_on": kept.expires_on},
    )
    return kept
