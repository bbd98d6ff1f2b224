"""The people of a request: who is named for which part, and whether they accept it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.answerable import accept_part, check_people, name_people, people_of
from accounts.actions.requesting import CHANGED_MEANWHILE, demand_part, locked_request
from accounts.models import AccountRequest, NamedOfficer, RequestState, User
from accounts.permissions import AccountRole
from accounts.requests.digest import fingerprint_of_people
from accounts.requests.tasks import managers_to_choose, waiting_for
from audit.catalogue import Event
from audit.record import record

ROLES = (AccountRole.DRAFTER, AccountRole.APPROVER)


@transaction.atomic
def name_answerable(
    *, by: User, request: AccountRequest, owner: User, deputy: User | None, seen: str = ""
) -> AccountRequest:
    """Who is to be the owner and the deputy. Whoever is new is asked to accept.

    Raises ValidationError for a leaver, for one person in both parts, and where somebody else
    changed the people since `seen`.
    """
    locked = _open_to(by, request, seen)
    check_people(owner, deputy)
    account = locked.account
    before = people_of(account)
    name_people(account, owner=owner, deputy=deputy, by=by)
    _record_people(locked, by, before, people_of(account))
    return locked


@transaction.atomic
def choose_manager(
    *, by: User, request: AccountRequest, line_manager: User, seen: str = ""
) -> AccountRequest:
    """Who is asked to support it: the line manager of whoever asked, or of the owner."""
    locked = _open_to(by, request, seen)
    if line_manager not in managers_to_choose(locked):
        wrong = f"{line_manager.name} is not the line manager of the asker or the owner."
        raise ValidationError({"line_manager": wrong})
    before = locked.line_manager.name if locked.line_manager else ""
    locked.line_manager = line_manager
    locked.save(update_fields=["line_manager"])
    _record_people(locked, by, {"line_manager": before}, {"line_manager": locked.line_manager.name})
    return locked


@transaction.atomic
def name_officer(
    *, by: User, request: AccountRequest, user: User, role: AccountRole
) -> NamedOfficer:
    """Name somebody who is to write or approve posts on the account, and ask them."""
    locked = _open_to(by, request)
    if role not in ROLES:
        raise ValidationError({"role": "Choose one of the roles on the list."})
    if not user.is_employed():
        wrong = f"{user.name} does not work for the council any more."
        raise ValidationError({"user": wrong})
    if locked.officers.filter(user=user).exists():
        raise ValidationError({"user": f"{user.name} is named already."})
    accepted = timezone.now() if user.pk == by.pk else None
    named = NamedOfficer.objects.create(
        request=locked, user=user, role=AccountRole(role), accepted_at=accepted
    )
    after = {"person": user.name, "role": named.get_role_display()}
    _record_people(locked, by, {}, after)
    return named


@transaction.atomic
def unname_officer(*, by: User, request: AccountRequest, officer: NamedOfficer) -> None:
    """Take somebody off the list. What is gone already is gone."""
    locked = _open_to(by, request)
    there = locked.officers.filter(pk=officer.pk).select_related("user").first()
    if there:
        before = {"person": there.user.name, "role": there.get_role_display()}
        there.delete()
        _record_people(locked, by, before, {})


@transaction.atomic
def accept_parts(*, by: User, request: AccountRequest) -> None:
    """`by` accepts everything that they are named for in this request."""
    locked = _asked(by, request)
    account = locked.account
    if account.answerables.open().filter(user=by, accepted_at__isnull=True).exists():
        accept_part(by=by, account=account)
    for officer in locked.officers.filter(user=by, accepted_at__isnull=True):
        officer.accepted_at = timezone.now()
        officer.save(update_fields=["accepted_at"])
        after = {"part": officer.get_role_display().lower()}
        record(Event.PART_ACCEPTED, by=by, on=account, after=after)


@transaction.atomic
def decline_parts(*, by: User, request: AccountRequest, reason: str) -> None:
    """`by` takes no part: whoever asked is the owner again, or there is no deputy yet."""
    locked = _asked(by, request)
    if not reason.strip():
        raise ValidationError({"reason": "Enter a reason."})
    account = locked.account
    if by.pk == account.owner_id == locked.asked_by_id:
        raise ValidationError(
            "You asked for this account. Name somebody else as its owner instead."
        )
    parts = []
    if by.pk == account.owner_id:
        parts.append("site owner")
        deputy = account.deputy if account.deputy_id != locked.asked_by_id else None
        name_people(account, owner=locked.asked_by, deputy=deputy, by=None)
    elif by.pk == account.deputy_id:
        parts.append("deputy")
        name_people(account, owner=account.owner, deputy=None, by=None)
    for officer in locked.officers.filter(user=by):
        parts.append(officer.get_role_display().lower())
        officer.delete()
    after = {"part": " and ".join(parts)}
    record(Event.PART_DECLINED, by=by, on=account, after=after, reason=reason)


def _open_to(by: User, request: AccountRequest, seen: str = "") -> AccountRequest:
    """The locked request, if `by` may change it and nobody did since `seen`."""
    locked = locked_request(request)
    demand_part(by, locked)
    _guard_draft(locked)
    if seen and seen != fingerprint_of_people(locked):
        raise ValidationError(CHANGED_MEANWHILE)
    return locked


def _asked(by: User, request: AccountRequest) -> AccountRequest:
    """The locked request, if it waits for `by` to accept a part."""
    locked = locked_request(request)
    _guard_draft(locked)
    if by not in waiting_for(locked):
        raise ValidationError("Nothing in this request waits for you to accept it.")
    return locked


def _guard_draft(request: AccountRequest) -> None:
    if request.state != RequestState.DRAFT:
        raise ValidationError("The people can change only while the request is a draft.")


def _record_people(
    request: AccountRequest, by: User, before: dict[str, str], after: dict[str, str]
) -> None:
    if before != after:
        record(
            Event.REQUEST_CHANGED,
            by=by,
            on=request.account,
            before=before,
            after={**after, "part": "people"},
        )
