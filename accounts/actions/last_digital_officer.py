"""The council is never without a digital team: somebody must be able to give roles."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import CorporateGrant, User
from accounts.permissions import CorporateRole
from pages.days import midnight_after


def keep_a_digital_officer(*, without: User, after: date | None = None) -> None:
    """Raise ValidationError if `without` is the digital team's last member.

    `after` is the last day on which they still count (by default they stop now). Locks the
    team's grants until the transaction ends, so that the last two cannot leave at once.
    """
    team = CorporateGrant.objects.select_for_update().filter(
        role=CorporateRole.DIGITAL_TEAM, ended_at__isnull=True
    )
    holders = {grant.pk: grant.user_id for grant in team.order_by("pk")}
    if without.pk not in holders.values():
        return
    moment = midnight_after(after) if after else timezone.now()
    remaining = (
        CorporateGrant.objects.in_force(moment)
        .filter(pk__in=holders)
        .exclude(user=without)
        .values_list("user_id", flat=True)
    )
    if not User.objects.employed(timezone.localdate(moment)).filter(pk__in=remaining).exists():
        raise ValidationError(
            f"{without.name} is the last member of the digital team. Give somebody else that role"
            " first."
        )
