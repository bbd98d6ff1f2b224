"""Asking for an account: beginning, answering the tasks, submitting, and calling it off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import Explanation, NotAllowed, demand
from accounts.actions.answerable import name_people
from accounts.actions.locking import lock_account
from accounts.actions.states import step
from accounts.evidence import Missing
from accounts.lengths import refuse_too_long
from accounts.models import (
    REQUEST_TRANSITIONS,
    AccountRequest,
    AccountState,
    RequestState,
    ServiceArea,
    SocialAccount,
    User,
)
from accounts.permissions import Permission
from accounts.register.facts import set_aims
from accounts.register.handles import check_handle
from accounts.requests.digest import ANSWERS, fingerprint_of_answers
from accounts.requests.tasks import not_done
from audit.catalogue import Event
from audit.record import record
from platforms.known import known_platforms

CHANGED_MEANWHILE = (
    "Somebody else changed this page while you were typing. Compare what you entered with the"
    " request, then open this page again."
)


@transaction.atomic
def begin_request(
    *, by: User, platform: str, handle: str, name: str, service_area: ServiceArea
) -> AccountRequest:
    """A draft of a request, with an account that is not on the register yet.

    The asker is the owner until they name somebody else, and their line manager is asked to
    support it. Raises ValidationError for a place that is not free.
    """
    demand(by, Permission.ASK_FOR_ACCOUNT)
    handle = _free_handle(platform, handle)
    account = SocialAccount(
        platform=platform,
        handle=handle,
        name=name.strip() or handle,
        url=known_platforms()[platform].profile_url(handle),
        service_area=service_area,
        owner=by,
        state=AccountState.DRAFT,
    )
    refuse_too_long(account)
    account.save()
    name_people(account, owner=by, deputy=None, by=by)
    manager = by.manager if by.manager and by.manager.is_employed() else None
    request = AccountRequest.objects.create(account=account, asked_by=by, line_manager=manager)
    record(Event.REQUEST_BEGUN, by=by, on=account)
    return request


@transaction.atomic
def answer_request(
    *, by: User, request: AccountRequest, task: str, answers: Mapping[str, Any], seen: str = ""
) -> AccountRequest:
    """Keep what was answered to one task; what is left out may be answered later.

    `answers` are facts of the account or of the request by their names. `seen` is the
    `fingerprint_of_answers` as the person saw them. Raises ValidationError where somebody else
    changed them since, and for what cannot be; NotAllowed for who does not take part.
    """
    locked = locked_request(request)
    demand_part(by, locked)
    _guard_open(locked)
    if seen and seen != fingerprint_of_answers(locked, tuple(answers)):
        raise ValidationError(CHANGED_MEANWHILE)
    _put(locked, answers)
    record(Event.REQUEST_CHANGED, by=by, on=locked.account, after={"part": task.lower()})
    return locked


@transaction.atomic
def submit_request(*, by: User, request: AccountRequest) -> AccountRequest:
    """Send it to the line manager; the account is on the register as requested from now on.

    Raises ValidationError with everything that is left to do.
    """
    locked = locked_request(request)
    demand_part(by, locked)
    move_request(locked, RequestState.WITH_MANAGER)
    left = not_done(locked)
    if left:
        raise ValidationError(left)
    account = locked.account
    _free_handle(account.platform, account.handle)
    try:
        with transaction.atomic():
            step(account, AccountState.REQUESTED, by=by)
    except IntegrityError:
        taken = f"@{account.handle} was put on the register just now. Choose another handle."
        raise ValidationError(taken) from None
    locked.submitted_at = timezone.now()
    locked.save(update_fields=["state", "submitted_at"])
    record(Event.REQUEST_SUBMITTED, by=by, on=account)
    return locked


@transaction.atomic
def withdraw_request(*, by: User, request: AccountRequest, reason: str) -> AccountRequest:
    """Call it off, as long as nobody has decided; what was answered stays to be read."""
    locked = locked_request(request)
    demand_part(by, locked)
    if not reason.strip():
        raise ValidationError({"reason": "Enter a reason."})
    move_request(locked, RequestState.WITHDRAWN)
    locked.save(update_fields=["state"])
    step(locked.account, AccountState.CLOSED, by=by, reason=reason)
    record(Event.REQUEST_WITHDRAWN, by=by, on=locked.account, reason=reason)
    return locked


def locked_request(request: AccountRequest) -> AccountRequest:
    """The request with all its answers; its account's row first, then its own, are locked."""
    lock_account(request.account)
    rows = AccountRequest.objects.with_answers().select_for_update(of=("self",))
    return rows.get(pk=request.pk)


def takes_part(user: User, request: AccountRequest) -> bool:
    """Whether `user` writes this request: whoever asked, the owner and the deputy do."""
    account = request.account
    return user.is_employed() and user.pk in (
        request.asked_by_id,
        account.owner_id,
        account.deputy_id,
    )


def demand_part(by: User, request: AccountRequest) -> None:
    """Raise NotAllowed unless `by` writes this request."""
    if not takes_part(by, request):
        what = "Only whoever asked for the account, its owner and its deputy write this request."
        missing = Missing(what, request.asked_by.name)
        raise NotAllowed(Explanation(Permission.ASK_FOR_ACCOUNT, (missing,)))


def move_request(request: AccountRequest, to: RequestState) -> None:
    """Change the state of a locked request, without saving it."""
    before = RequestState(request.state)
    if to not in REQUEST_TRANSITIONS[before]:
        raise ValidationError(f"This request is “{before.label.lower()}”: that is not possible.")
    request.state = to


def _guard_open(request: AccountRequest) -> None:
    if request.state != RequestState.DRAFT:
        label = RequestState(request.state).label.lower()
        raise ValidationError(
            f"This request cannot be changed now (state: {label}). It can when it is returned."
        )


def _put(request: AccountRequest, answers: Mapping[str, Any]) -> None:
    account = request.account
    values: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in answers.items()
    }
    aims = values.pop("aims", None)
    if "handle" in values:
        platform = values.get("platform", account.platform)
        values["handle"] = _free_handle(platform, values["handle"])
        values["url"] = known_platforms()[platform].profile_url(values["handle"])
    for name, value in values.items():
        setattr(request if name in ANSWERS else account, name, value)
    if not account.name:
        raise ValidationError({"name": "Enter the account’s name."})
    for row in (account, request):
        refuse_too_long(row)
        row.save()
    if aims is not None:
        set_aims(account, aims)


def _free_handle(platform: str, handle: str) -> str:
    if platform not in known_platforms():
        raise ValidationError({"platform": "Choose a platform on the list."})
    handle = handle.strip().lstrip("@")
    check_handle(platform, handle)
    return handle
