"""Handing on what somebody who leaves answers for: accounts, and work that they began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import handing_on
from accounts.access import demand
from accounts.actions.answerable import check_people, name_people, people_of
from accounts.actions.locking import lock_accounts
from accounts.models import AccountState, SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who takes what over: by the number of an account, and by the key of a kind of work."""

    owners: Mapping[int, User] = field(default_factory=dict)
    deputies: Mapping[int, User | None] = field(default_factory=dict)
    """None: the account is without a deputy from then on."""
    work: Mapping[str, User] = field(default_factory=dict)


@transaction.atomic
def hand_on(*, by: User | None, person: User, to: Heirs, reason: str = "") -> None:
    """Give what `person` answers for to others, at once; whoever takes over has yet to accept.

    All or nothing. Raises ValidationError under the form's names (`owner_7`, `deputy_7`, the key
    of a kind of work) for an heir who cannot take it over, and NotAllowed.
    """
    accounts = lock_accounts_of(person)
    locked, heirs = lock_people(person, to)
    if by is not None:
        demand(by, Permission.MANAGE_PEOPLE)
    hand_on_locked(by=by, person=locked, accounts=accounts, to=heirs, reason=reason)


def lock_accounts_of(person: User) -> list[SocialAccount]:
    """The accounts that `person` answers for, locked: accounts come before people everywhere."""
    mine = SocialAccount.objects.answered_for_by(person).exclude(state=AccountState.CLOSED)
    return lock_accounts(mine)


def lock_people(person: User, to: Heirs) -> tuple[User, Heirs]:
    """`person` and the heirs as they are now, locked together and in one order.

    So an heir who leaves at the same moment is found out, and two leavers do not wait for each
    other.
    """
    heirs = (*to.owners.values(), *to.deputies.values(), *to.work.values())
    ids = {person.pk, *(heir.pk for heir in heirs if heir)}
    rows = User.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    now = {user.pk: user for user in rows}
    return now[person.pk], Heirs(
        owners={account: now[heir.pk] for account, heir in to.owners.items()},
        deputies={key: now[heir.pk] if heir else None for key, heir in to.deputies.items()},
        work={kind: now[heir.pk] for kind, heir in to.work.items()},
    )


def hand_on_locked(
    *, by: User | None, person: User, accounts: list[SocialAccount], to: Heirs, reason: str
) -> None:
    """What `hand_on` does, once accounts and people are locked and the permit is asked."""
    for account in accounts:
        if account.owner_id == person.pk and account.pk in to.owners:
            _pass_on(by, person, account, to.owners[account.pk], reason)
        elif account.deputy_id == person.pk and account.pk in to.deputies:
            _replace_deputy(by, person, account, to.deputies[account.pk], reason)
    for kind in handing_on.kinds():
        if heir := to.work.get(kind.key):
            _check_heir(kind.key, person, heir)
            kind.hand_on(by=by, person=person, to=heir, reason=reason)


def _pass_on(
    by: User | None, person: User, account: SocialAccount, owner: User, reason: str
) -> None:
    """A new owner; a deputy who becomes the owner leaves their place open."""
    name = f"owner_{account.pk}"
    _check_heir(name, person, owner)
    deputy = account.deputy if account.deputy_id != owner.pk else None
    if deputy and not deputy.is_employed():
        deputy = None
    _name(by, account, owner, deputy, reason, name)


def _replace_deputy(
    by: User | None, person: User, account: SocialAccount, deputy: User | None, reason: str
) -> None:
    name = f"deputy_{account.pk}"
    if deputy:
        _check_heir(name, person, deputy)
    if deputy and deputy.pk == account.owner_id:
        raise ValidationError({name: f"{deputy.name} is the owner. Choose somebody else."})
    before = people_of(account)
    name_people(account, owner=account.owner, deputy=deputy, by=by)
    _record(by, account, before, reason)


def _name(
    by: User | None,
    account: SocialAccount,
    owner: User,
    deputy: User | None,
    reason: str,
    name: str,
) -> None:
    before = people_of(account)
    try:
        check_people(owner, deputy)
    except ValidationError as refusal:
        raise ValidationError({name: refusal.messages}) from None
    name_people(account, owner=owner, deputy=deputy, by=by)
    _record(by, account, before, reason)


def _record(by: User | None, account: SocialAccount, before: dict[str, str], reason: str) -> None:
    after = people_of(account)
    record(Event.ACCOUNT_HANDED_ON, by=by, on=account, before=before, after=after, reason=reason)


def _check_heir(name: str, person: User, heir: User) -> None:
    if heir.pk == person.pk:
        raise ValidationError({name: f"{person.name} is leaving. Choose somebody else."})
    if not heir.is_employed():
        wrong = f"{heir.name} does not work for the council any more."
        raise ValidationError({name: wrong})
