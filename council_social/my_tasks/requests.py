"""What waits for a person because of requests for accounts, and of accounts that go live."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from accounts.access import holds
from accounts.checklists import NOT_CHECKED
from accounts.models import (
    AccountRequest,
    AccountState,
    Answerable,
    RequestState,
    SocialAccount,
    User,
)
from accounts.permissions import Permission
from accounts.requests.lists import to_accept, to_decide
from council_social.my_tasks.task import Task


def requests(user: User) -> Iterator[Task]:
    """Requests for accounts: to accept a part in, to decide on, and returned to whoever asked."""
    waiting = reverse("requests") + "?show=waiting"
    yield Task("Requests that name you", "Say whether you accept", to_accept(user), waiting)
    yield Task(
        "Requests to decide on", "Read, then decide, with a reason", to_decide(user), waiting
    )
    mine = AccountRequest.objects.filter(asked_by=user, state=RequestState.DRAFT)
    returned = mine.filter(submitted_at__isnull=False)
    yield Task("Requests returned to you", "See why, change, submit", returned, reverse("requests"))


def going_live(user: User) -> Iterator[Task]:
    """Accounts whose owner or deputy has not accepted, and those with a checklist to complete."""
    parts = Answerable.objects.open().filter(user=user, accepted_at__isnull=True)
    mine = SocialAccount.objects.exclude(state__in=NOT_CHECKED).filter(answerables__in=parts)
    register = reverse("accounts")
    yield Task("Accounts that name you", "Say whether you accept", mine, f"{register}?mine=on")
    if holds(user, Permission.CHECK_ACCOUNT):
        approved = SocialAccount.objects.filter(state=AccountState.APPROVED)
        hint = "Approved: complete the go-live checklist"
        yield Task("Accounts to take live", hint, approved, f"{register}?state=approved")
