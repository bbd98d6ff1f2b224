"""Deciding about a request: the line manager first, then communications, each with a reason.

Nobody decides about what they asked for, are to own or are to use, and whoever supports it does
not accept it. The line manager may be the deputy: who stands in for an officer is often the one
whose team it is. Communications may not.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import Explanation, NotAllowed, demand
from accounts.actions.requesting import locked_request, move_request
from accounts.actions.roles import give_as_decided
from accounts.actions.states import step
from accounts.evidence import Missing
from accounts.lengths import refuse_too_long
from accounts.models import (
    AccountRequest,
    AccountState,
    DecisionStage,
    RequestDecision,
    RequestState,
    RequestVerdict,
    User,
)
from accounts.permissions import AccountRole, Permission
from accounts.requests.digest import digest_of
from accounts.requests.tasks import not_done
from audit.catalogue import Event
from audit.record import record

STAGES = {
    RequestState.WITH_MANAGER: DecisionStage.MANAGER,
    RequestState.WITH_COMMUNICATIONS: DecisionStage.COMMUNICATIONS,
}
NEEDED = {
    DecisionStage.MANAGER: Permission.SUPPORT_REQUEST,
    DecisionStage.COMMUNICATIONS: Permission.DECIDE_REQUEST,
}


class RequestChanged(ValidationError):
    """The answers are not those that the person read."""


@transaction.atomic
def say_yes(*, by: User, request: AccountRequest, digest: str, reason: str) -> AccountRequest:
    """Support it as the line manager, or accept it as communications.

    `digest` is the `digest_of` what `by` read. Accepted, the account is approved and the named
    officers hold their roles. Raises RequestChanged, ValidationError, NotAllowed.
    """
    locked, stage = _begin(by, request, digest, reason)
    _guard_ready(locked)
    if stage is DecisionStage.MANAGER:
        locked.supported_by = by
        move_request(locked, RequestState.WITH_COMMUNICATIONS)
        _keep(locked, stage, RequestVerdict.YES, by, reason)
        record(Event.REQUEST_SUPPORTED, by=by, on=locked.account, reason=reason)
    else:
        _accept(locked, by, reason)
    return locked


@transaction.atomic
def send_back(*, by: User, request: AccountRequest, digest: str, reason: str) -> AccountRequest:
    """Return it for changes: a draft again, and both decide anew once it is submitted."""
    locked, stage = _begin(by, request, digest, reason)
    locked.supported_by = None
    move_request(locked, RequestState.DRAFT)
    _keep(locked, stage, RequestVerdict.RETURNED, by, reason)
    step(locked.account, AccountState.DRAFT, by=by, reason=reason)
    record(Event.REQUEST_RETURNED, by=by, on=locked.account, reason=reason)
    return locked


@transaction.atomic
def say_no(*, by: User, request: AccountRequest, digest: str, reason: str) -> AccountRequest:
    """Refuse it, for good: the account is closed, and stays on the register as such."""
    locked, stage = _begin(by, request, digest, reason)
    move_request(locked, RequestState.REFUSED)
    _keep(locked, stage, RequestVerdict.NO, by, reason)
    step(locked.account, AccountState.CLOSED, by=by, reason=reason)
    record(Event.REQUEST_REFUSED, by=by, on=locked.account, reason=reason)
    return locked


def why_not(user: User, request: AccountRequest) -> str:
    """Why `user` may not decide about it, whatever their roles; empty where nothing speaks so."""
    account = request.account
    parts: dict[int | None, str] = {
        **dict.fromkeys(
            (each.user_id for each in request.officers.all()),
            "You are to use this account: somebody else decides.",
        ),
        account.owner_id: "You are to own this account: somebody else decides.",
        request.asked_by_id: "You asked for this account: somebody else decides.",
    }
    if request.state == RequestState.WITH_COMMUNICATIONS:
        parts[account.deputy_id] = "You are to be the deputy: somebody else decides."
        parts[request.supported_by_id] = "You supported this request: somebody else accepts it."
    elif request.line_manager and user != request.line_manager:
        parts.setdefault(user.pk, f"This request waits for {request.line_manager.name}.")
    return parts.get(user.pk, "")


def _begin(
    by: User, request: AccountRequest, digest: str, reason: str
) -> tuple[AccountRequest, DecisionStage]:
    """Lock, permit and guard what every decision needs."""
    locked = locked_request(request)
    stage = STAGES.get(RequestState(locked.state))
    if stage is None:
        label = RequestState(locked.state).label.lower()
        raise RequestChanged(f"There is nothing to decide any more: the request is “{label}”.")
    demand_decision(by, locked, stage)
    if digest != digest_of(locked):
        raise RequestChanged("The request was changed since you opened it. Read it again.")
    if not reason.strip():
        raise ValidationError({"reason": "Enter a reason."})
    return locked, stage


def demand_decision(by: User, request: AccountRequest, stage: DecisionStage) -> None:
    """The right over whom or what it is about, and no part of one's own."""
    refused = why_not(by, request)
    if refused:
        missing = Missing(refused, "the digital team")
        raise NotAllowed(Explanation(NEEDED[stage], (missing,)))
    if stage is DecisionStage.COMMUNICATIONS:
        demand(by, Permission.DECIDE_REQUEST, on=request.account)
        return
    theirs = [u for u in (request.asked_by, request.account.owner) if u.manager_id == by.pk]
    demand(by, Permission.SUPPORT_REQUEST, on=theirs[0] if theirs else request.asked_by)


def _guard_ready(request: AccountRequest) -> None:
    """Somebody may have left since it was submitted."""
    left = not_done(request)
    if left:
        raise ValidationError([*left, "Return it, so that this can be put right."])


def _accept(request: AccountRequest, by: User, reason: str) -> None:
    supported = request.decisions.filter(stage=DecisionStage.MANAGER).last()
    if supported is None or supported.digest != digest_of(request):
        raise ValidationError(
            "It was changed since the line manager supported it. Return it, so that both decide"
            " about the same."
        )
    request.accepted_by = by
    move_request(request, RequestState.ACCEPTED)
    _keep(request, DecisionStage.COMMUNICATIONS, RequestVerdict.YES, by, reason)
    for state in (AccountState.ASSESSED, AccountState.APPROVED):
        step(request.account, state, by=by, reason=reason)
    for officer in request.officers.all():
        give_as_decided(
            by=by,
            user=officer.user,
            account=request.account,
            role=AccountRole(officer.role),
            reason=f"Request of {request.asked_by.name}",
        )
    record(Event.REQUEST_ACCEPTED, by=by, on=request.account, reason=reason)


def _keep(
    request: AccountRequest, stage: DecisionStage, verdict: RequestVerdict, by: User, reason: str
) -> None:
    """Save the request's new state, and the decision with what it was about."""
    request.save(update_fields=["state", "supported_by", "accepted_by"])
    decision = RequestDecision(
        request=request,
        stage=stage,
        verdict=verdict,
        reason=reason.strip(),
        by=by,
        digest=digest_of(request),
    )
    refuse_too_long(decision)
    decision.save()
