"""The pages of the register and of one account, as tabs: each reader gets those they may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from accounts.access import may
from accounts.checklists import NOT_CHECKED
from accounts.models import AccountState, SocialAccount, User
from accounts.permissions import Permission


@dataclass(frozen=True, slots=True)
class Section:
    """`page` is the name of its address; `needs` is the right to open it."""

    text: str
    page: str
    needs: Permission = Permission.SEE_REGISTER
    not_in: tuple[AccountState, ...] = ()
    """States in which an account has no such page."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One section as `components/sub_navigation.html` draws it."""

    text: str
    href: str
    active: bool
    count: int | None = None


REGISTER = (
    Section("Register", "accounts"),
    Section("Requests", "requests"),
    Section("Housekeeping", "housekeeping"),
    Section("Rationalisation", "rationalisation", Permission.RATIONALISE),
    Section("To assess in retrospect", "risk_retrospective", Permission.ASSESS_RISK),
    Section("Access reviews", "access_reviews", Permission.SEE_ACCESS),
    Section("Import", "register_import_new", Permission.MANAGE_ACCOUNTS),
)
ACCOUNT = (
    Section("Overview", "account"),
    Section("Risk", "risk"),
    Section("Access", "account_access", Permission.SEE_ACCESS),
    Section("Connection", "connection", Permission.MANAGE_ACCOUNTS),
    Section("Standards", "standards"),
    Section("Go-live checklist", "go_live", not_in=NOT_CHECKED),
    Section("Closing", "account_close", Permission.CLOSE_ACCOUNT),
    Section("What happened", "account_timeline"),
)


def register_sections(reader: User, current: str) -> list[Tab]:
    """The tabs above the register; `current` is the name of the page at hand."""
    return [
        Tab(each.text, reverse(each.page), each.page == current)
        for each in REGISTER
        if may(reader, each.needs)
    ]


def account_sections(account: SocialAccount, reader: User, current: str) -> list[Tab]:
    """The tabs above an account's pages; none while it is only being asked for."""
    if account.state == AccountState.DRAFT:
        return []
    return [
        Tab(each.text, reverse(each.page, args=[account.pk]), each.page == current)
        for each in ACCOUNT
        if account.state not in each.not_in and may(reader, each.needs, on=account)
    ]
