"""Roles: who gives them, who takes them away, and what is written down about it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.actions.last_digital_officer import keep_a_digital_officer
from accounts.models import AccountGrant, AccountState, CorporateGrant, SocialAccount, User
from accounts.models.roles import Grant, GrantQuerySet
from accounts.permissions import AccountRole, CorporateRole, Permission
from audit.catalogue import Event
from audit.record import record


@transaction.atomic
def grant_corporate_role(
    *,
    by: User | None,
    user: User,
    role: CorporateRole,
    reason: str = "",
    ends_on: date | None = None,
) -> CorporateGrant:
    """Give `user` a role that holds everywhere, until the end of `ends_on` where given.

    Raises ValidationError for a role they have, for oneself and for somebody who has left.
    """
    person, ends_on = _locked_receiver(by, user, ends_on)
    role = CorporateRole(role)
    if role is CorporateRole.MEMBER_OF_STAFF:
        raise ValidationError({"role": "Whoever works for the council has this role already."})
    _close_or_refuse(person.corporate_grants.filter(role=role), person, role.label)
    grant = CorporateGrant.objects.create(
        user=person, role=role, granted_by=by, reason=reason, ends_on=ends_on
    )
    record(
        Event.ROLE_GIVEN,
        by=by,
        on=person,
        after={"role": role.label, "ends_on": ends_on},
        reason=reason,
    )
    return grant


@transaction.atomic
def end_corporate_role(
    *, by: User | None, user: User, role: CorporateRole, reason: str = ""
) -> None:
    """Take a role away, at once. Raises ValidationError for the last of the digital team."""
    role = CorporateRole(role)
    if role is CorporateRole.DIGITAL_TEAM:
        keep_a_digital_officer(without=user)
    if by is not None:
        demand(by, Permission.MANAGE_PEOPLE)
    _end(CorporateGrant.objects.filter(user=user, role=role), by, f"{user.name}: {role.label}")
    record(Event.ROLE_REMOVED, by=by, on=user, before={"role": role.label}, reason=reason)


@transaction.atomic
def grant_account_role(
    *,
    by: User | None,
    user: User,
    account: SocialAccount,
    role: AccountRole,
    reason: str = "",
    ends_on: date | None = None,
) -> AccountGrant:
    """Give `user` a role on one account, until the end of `ends_on` where given."""
    person, ends_on = _locked_receiver(by, user, ends_on)
    return _give_on_account(by, person, account, AccountRole(role), reason, ends_on)


@transaction.atomic
def give_as_decided(
    *, by: User, user: User, account: SocialAccount, role: AccountRole, reason: str
) -> AccountGrant:
    """What `grant_account_role` does, for a decision about a request: that was the permit."""
    person, ends_on = _locked_receiver(None, user, None)
    return _give_on_account(by, person, account, role, reason, ends_on)


@transaction.atomic
def end_account_role(
    *,
    by: User | None,
    user: User,
    account: SocialAccount,
    role: AccountRole,
    reason: str = "",
) -> None:
    """Take a role on one account away, at once."""
    role = AccountRole(role)
    if by is not None:
        demand(by, Permission.MANAGE_PEOPLE)
    _end(
        AccountGrant.objects.filter(user=user, account=account, role=role),
        by,
        f"{user.name}: {role.label} of {account}",
    )
    record_removal(by=by, user=user, account=account, role=role, reason=reason)


def record_removal(
    *, by: User | None, user: User, account: SocialAccount, role: AccountRole, reason: str
) -> None:
    record(
        Event.ACCOUNT_ROLE_REMOVED,
        by=by,
        on=account,
        before={"person": user.name, "role": role.label},
        reason=reason,
    )


@transaction.atomic
def change_end_of_account_role(
    *, by: User | None, grant: AccountGrant, ends_on: date | None, reason: str = ""
) -> AccountGrant:
    """Another last day for a role that is in force, or none. Raises ValidationError.

    Never a day that is over: who could post until today stays as it was.
    """
    locked = (
        AccountGrant.objects.select_for_update(of=("self",))
        .select_related("user", "account")
        .in_force()
        .filter(pk=grant.pk)
        .first()
    )
    if by is not None:
        demand(by, Permission.MANAGE_PEOPLE)
        if by.pk == grant.user_id:
            raise ValidationError("Nobody changes their own role. Ask another of the digital team.")
    if locked is None:
        raise ValidationError("This role is not in force any more. Give it anew.")
    ends_on = _last_day(locked.user, ends_on)
    if locked.ends_on == ends_on:
        return locked
    facts = {"person": locked.user.name, "role": AccountRole(locked.role).label}
    before = {**facts, "ends_on": locked.ends_on}
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    record(
        Event.ACCOUNT_ROLE_CHANGED,
        by=by,
        on=locked.account,
        before=before,
        after={**facts, "ends_on": ends_on},
        reason=reason,
    )
    return locked


def _last_day(person: User, ends_on: date | None) -> date | None:
    """`ends_on`, or the last day of employment where that comes first: no role outlasts it."""
    if ends_on and ends_on < timezone.localdate():
        raise ValidationError({"ends_on": "The last day must be today or later."})
    days = [day for day in (ends_on, person.employed_until) if day]
    return min(days, default=None)


def _locked_receiver(by: User | None, user: User, ends_on: date | None) -> tuple[User, date | None]:
    """The person's row, locked so that the same role is not given twice at once; the last day."""
    person = User.objects.select_for_update().get(pk=user.pk)
    if by is not None:
        demand(by, Permission.MANAGE_PEOPLE)
        if by.pk == person.pk:
            raise ValidationError(
                "Nobody gives a role to themselves. Ask another member of the digital team."
            )
    if not person.is_employed():
        raise ValidationError(f"{person.name} does not work for the council any more.")
    return person, _last_day(person, ends_on)


def _give_on_account(
    by: User | None,
    person: User,
    account: SocialAccount,
    role: AccountRole,
    reason: str,
    ends_on: date | None,
) -> AccountGrant:
    if account.state == AccountState.CLOSED:
        raise ValidationError({"account": f"{account} is closed."})
    _close_or_refuse(person.account_grants.filter(account=account, role=role), person, role.label)
    grant = AccountGrant.objects.create(
        user=person, account=account, role=role, granted_by=by, reason=reason, ends_on=ends_on
    )
    record(
        Event.ACCOUNT_ROLE_GIVEN,
        by=by,
        on=account,
        after={"person": person.name, "role": role.label, "ends_on": ends_on},
        reason=reason,
    )
    return grant


def _close_or_refuse(same: GrantQuerySet[Grant], person: User, role: str) -> None:
    if same.in_force().exists():
        raise ValidationError({"role": f"{person.name} has the role {role} already."})
    # One that ran out on its planned day is still open, and only one may be open at a time.
    same.filter(ended_at__isnull=True).update(ended_at=timezone.now())


def _end(grants: GrantQuerySet[Grant], by: User | None, what: str) -> None:
    grant: Grant | None = grants.select_for_update().in_force().first()
    if grant is None:
        raise ValidationError(f"There is no such role to take away any more ({what}).")
    grant.ended_at = timezone.now()
    grant.ended_by = by
    grant.save(update_fields=["ended_at", "ended_by"])
