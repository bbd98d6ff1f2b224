"""Which requests somebody sees, and which of them wait for that person: for lists and pages."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import AccountRequest, NamedOfficer, RequestState, SocialAccount, User
from accounts.models.requests import AccountRequestQuerySet
from accounts.permissions import Permission
from accounts.reach import holds_everywhere


def requests_visible_to(user: User) -> AccountRequestQuerySet:
    """Those that `user` takes part in; for the corporate team all that were ever submitted."""
    if not user.is_employed():
        return AccountRequest.objects.none()
    if sees_all(user):
        mine = AccountRequest.objects.involving(user).values("pk")
        return AccountRequest.objects.filter(Q(submitted_at__isnull=False) | Q(pk__in=mine))
    return AccountRequest.objects.involving(user)


def sees_all(user: User) -> bool:
    """Whether a corporate role shows `user` every request: to decide, or to audit."""
    return any(
        holds_everywhere(user, each) for each in (Permission.DECIDE_REQUEST, Permission.SEE_AUDIT)
    )


def to_accept(user: User) -> AccountRequestQuerySet:
    """Drafts in which `user` is named and has not said whether they accept."""
    drafts = AccountRequest.objects.filter(state=RequestState.DRAFT)
    named = NamedOfficer.objects.filter(user=user, accepted_at__isnull=True).values("request")
    answers = Q(
        account__answerables__user=user,
        account__answerables__until__isnull=True,
        account__answerables__accepted_at__isnull=True,
    )
    return drafts.filter(answers | Q(pk__in=named)).distinct()


def to_decide(user: User) -> AccountRequestQuerySet:
    """Requests about which `user` decides next, as `accounts.actions.deciding` lets them."""
    theirs = Q(account__owner=user) | Q(asked_by=user)
    used = NamedOfficer.objects.filter(user=user).values("request")
    waiting = Q(state=RequestState.WITH_MANAGER, line_manager=user)
    if holds_everywhere(user, Permission.DECIDE_REQUEST):
        with_communications = Q(state=RequestState.WITH_COMMUNICATIONS)
        waiting |= with_communications & ~Q(supported_by=user) & ~Q(account__deputy=user)
    return AccountRequest.objects.filter(waiting).exclude(theirs).exclude(pk__in=used)


def is_asked_for(account: SocialAccount) -> bool:
    """Whether a request of the account was not accepted (yet)."""
    asked = AccountRequest.objects.filter(account=account)
    return asked.exclude(state=RequestState.ACCEPTED).exists()
