"""Who answers for an account: its owner and its deputy, from when to when."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.actions.locking import lock_account
from accounts.lengths import refuse_too_long
from accounts.models import AccountState, Answerable, Part, SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record


@transaction.atomic
def change_owner(
    *, by: User | None, account: SocialAccount, owner: User, deputy: User | None, reason: str = ""
) -> SocialAccount:
    """Who answers for the account, and who stands in. Whoever is new has yet to accept it."""
    locked = lock_account(account)
    if by is not None:
        demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    check_people(owner, deputy)
    before = people_of(locked)
    if (locked.owner, locked.deputy) == (owner, deputy):
        return locked
    name_people(locked, owner=owner, deputy=deputy, by=by)
    record(
        Event.ACCOUNT_CHANGED,
        by=by,
        on=locked,
        before=before,
        after=people_of(locked),
        reason=reason,
    )
    return locked


@transaction.atomic
def accept_part(*, by: User, account: SocialAccount) -> None:
    """`by` accepts to answer for the account, as its owner or its deputy.

    Raises ValidationError for anybody else, for who has accepted it, and for a closed account.
    """
    locked = lock_account(account)
    if locked.state == AccountState.CLOSED:
        raise ValidationError(f"{locked} is closed.")
    part = locked.answerables.open().filter(user=by).select_for_update().first()
    if part is None:
        raise ValidationError(f"You are neither the owner nor the deputy of {locked}.")
    if part.accepted_at:
        raise ValidationError("You have accepted this already.")
    part.accepted_at = timezone.now()
    part.save(update_fields=["accepted_at"])
    record(Event.PART_ACCEPTED, by=by, on=locked, after={"part": part.get_part_display().lower()})


def name_people(
    account: SocialAccount, *, owner: User, deputy: User | None, by: User | None
) -> None:
    """Write who answers for a locked or new account, and since when; the caller records it.

    Who names themselves accepts it by that. Who changes places is asked again.
    """
    account.owner, account.deputy = owner, deputy
    account.save(update_fields=["owner", "deputy"])
    now = timezone.now()
    for part, person in ((Part.OWNER, owner), (Part.DEPUTY, deputy)):
        ended = account.answerables.open().filter(part=part)
        (ended.exclude(user=person) if person else ended).update(until=now)
    for part, person in ((Part.OWNER, owner), (Part.DEPUTY, deputy)):
        if person:
            Answerable.objects.get_or_create(
                account=account,
                part=part,
                user=person,
                until=None,
                defaults={
                    "named_by": by,
                    "since": now,
                    "accepted_at": now if by and by.pk == person.pk else None,
                },
            )


def name_people_of_new(accounts: Sequence[SocialAccount], *, by: User | None) -> None:
    """The same for several accounts that were just put on the register. One query or a few."""
    now = timezone.now()
    Answerable.objects.bulk_create(
        Answerable(
            account=account,
            part=part,
            user=person,
            named_by=by,
            since=now,
            accepted_at=now if by and by.pk == person.pk else None,
        )
        for account in accounts
        for part, person in ((Part.OWNER, account.owner), (Part.DEPUTY, account.deputy))
        if person
    )


def accept_on_paper(account: SocialAccount, *, paper: str, by: User | None) -> None:
    """Keep that whoever answers for a locked account accepted it elsewhere: `paper` shows where."""
    paper = paper.strip()
    if not paper:
        return
    for part in not_accepted(account):
        part.accepted_at, part.accepted_on_paper = timezone.now(), paper
        refuse_too_long(part)
        part.save(update_fields=["accepted_at", "accepted_on_paper"])
        after = {
            "part": part.get_part_display().lower(),
            "person": part.user.name,
            "shown_by": paper,
        }
        record(Event.PART_ACCEPTED_ON_PAPER, by=by, on=account, after=after)


def not_accepted(account: SocialAccount) -> list[Answerable]:
    """The owner and the deputy, as far as they have not accepted it. One query."""
    asked = account.answerables.open().filter(accepted_at__isnull=True)
    return list(asked.select_related("user").order_by("-part"))


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
