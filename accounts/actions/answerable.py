"""Who answers for an account: its owner and its deputy."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import demand
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record


@transaction.atomic
def change_owner(
    *, by: User | None, account: SocialAccount, owner: User, deputy: User | None, reason: str = ""
) -> SocialAccount:
    """Who answers for the account, and who stands in."""
    locked = (
        SocialAccount.objects.select_for_update(of=("self",))
        .select_related("owner", "deputy")
        .get(pk=account.pk)
    )
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    check_people(owner, deputy)
    before = people_of(locked)
    if (locked.owner, locked.deputy) == (owner, deputy):
        return locked
    locked.owner, locked.deputy = owner, deputy
    locked.save(update_fields=["owner", "deputy"])
    record(
        Event.ACCOUNT_CHANGED,
        by=by,
        on=locked,
        before=before,
        after=people_of(locked),
        reason=reason,
    )
    return locked


def check_people(owner: User, deputy: User | None) -> None:
    """Raise ValidationError unless these two can answer for an account."""
    for field, person in (("owner", owner), ("deputy", deputy)):
        if person and not person.is_employed():
            raise ValidationError({field: f"{person.name} does not work for the council any more."})
    if deputy and deputy.pk == owner.pk:
        raise ValidationError({"deputy": "The deputy must be somebody else than the owner."})


def people_of(account: SocialAccount) -> dict[str, str]:
    """The two by name, as the audit trail keeps them."""
    return {"owner": account.owner.name, "deputy": account.deputy.name if account.deputy else ""}
