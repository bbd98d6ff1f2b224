"""The go-live checklist: what must be so before an account is live, and what of it is missing.

`missing_for_live` is the one guard for every way into that state. Some items a person answers with
the proof (`accounts.actions.checking`); the rest follows from what the register and others know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts import evidence
from accounts.evidence import Missing
from accounts.health import RiskHealth, risk_health
from accounts.models import (
    AccountState,
    Checklist,
    ChecklistAnswer,
    Part,
    SocialAccount,
    TwoFactorState,
    User,
)
from accounts.permissions import Permission

NOT_CHECKED = (AccountState.DRAFT, AccountState.CLOSED, AccountState.PARTNER)
"""Not on the register yet, not any more, or not the council's to check."""
WHO_CHECKS = "a communications officer or the digital team"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist. `is_asked`: a person answers it, with the proof."""

    key: str
    question: str
    hint: str
    checklist: Checklist = Checklist.GO_LIVE
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """How an account stands with one item: complete when nothing is missing."""

    item: Item
    missing: tuple[Missing, ...]
    answer: ChecklistAnswer | None = None


RISK = Item(
    "risk",
    "The risk is assessed",
    "Signed off by somebody else than whoever assessed it, and not due for review",
)
PEOPLE = Item(
    "people", "The owner and the deputy have accepted", "Both work here, and both said that they do"
)
TRAINED = Item(
    "trained",
    "The owner and the deputy are trained",
    "Their courses are in date, and they have acknowledged the policies",
)
BRANDING = Item(
    "branding",
    "The branding is the council’s",
    "Logo, colours and name as the council’s guidelines have them",
    is_asked=True,
)
PROFILE_TEXT = Item(
    "profile_text",
    "The profile says what residents need",
    "Whose account it is, what it is for, when somebody answers, and where to report a problem",
    is_asked=True,
)
JOINT_ACCESS = Item(
    "joint_access",
    "Joint access is proved",
    "The corporate team has signed in and can administer the account",
)
TWO_FACTOR = Item(
    "two_factor", "Two-factor sign-in is on", "Checked at the platform; or the platform has none"
)
RECOVERY = Item(
    "recovery",
    "The recovery contact is known",
    "Where the platform sends what gets a lost account back",
)
GO_LIVE = (RISK, PEOPLE, TRAINED, BRANDING, PROFILE_TEXT, JOINT_ACCESS, TWO_FACTOR, RECOVERY)
"""In the order of the page."""


def missing_for_live(account: SocialAccount, at: datetime | None = None) -> list[Missing]:
    """What keeps `account` from being live at that moment (now by default)."""
    return [missing for check in checks_for_live(account, at) for missing in check.missing]


def checks_for_live(account: SocialAccount, at: datetime | None = None) -> list[Check]:
    """Every item of the go-live checklist. The same number of queries for any account."""
    moment = at or timezone.now()
    answers = {
        each.item: each
        for each in account.checklist_answers.filter(checklist=Checklist.GO_LIVE).select_related(
            "by"
        )
    }
    return [
        _asked(item, answers.get(item.key))
        if item.is_asked
        else Check(item, tuple(_FACTS[item.key](account, moment)))
        for item in GO_LIVE
    ]


def _asked(item: Item, answer: ChecklistAnswer | None) -> Check:
    if answer is None:
        what = f"Nobody has checked: {_begin_small(item.question)}."
    elif not answer.is_met:
        proof = answer.proof.removesuffix(".")
        what = f"To be put right before “{_begin_small(item.question)}” is true: {proof}."
    else:
        return Check(item, (), answer)
    return Check(item, (Missing(what, WHO_CHECKS),), answer)


def _risk(account: SocialAccount, at: datetime) -> Iterator[Missing]:
    health = risk_health(account, at)
    if health is not RiskHealth.IN_DATE:
        yield Missing(
            f"{account} needs a risk assessment that is signed off and in date first"
            f" (now: {health.value.lower()}).",
            "the site owner, and whoever signs it off",
        )


def _people(account: SocialAccount, at: datetime) -> Iterator[Missing]:
    day = timezone.localdate(at)
    opened = account.answerables.at(at).filter(accepted_at__lte=at)
    accepted = set(opened.values_list("part", "user_id"))
    for part, user in _answerable(account):
        name = part.label.lower()
        if user is None:
            yield Missing(f"Nobody is named as the {name}.", "the digital team")
        elif not user.is_employed(day):
            yield Missing(
                f"{user.name}, the {name}, does not work for the council any more.",
                "the digital team",
            )
        elif (part, user.pk) not in accepted:
            yield Missing(f"{user.name} has not accepted to be the {name}.", user.name)


def _trained(account: SocialAccount, at: datetime) -> Iterator[Missing]:
    people = [user for _, user in _answerable(account) if user]
    names = {user.pk: user.name for user in people}
    for lack in evidence.lacks_of(people, at):
        if Permission.WRITE_POST in lack.permissions:
            missing = lack.missing
            yield Missing(f"{names[lack.user_id]}: {missing.what}", missing.who_can_help)


def _joint_access(account: SocialAccount, at: datetime) -> Iterator[Missing]:
    if not account.joint_access:
        yield Missing("Joint access is not proved.", WHO_CHECKS)


def _two_factor(account: SocialAccount, at: datetime) -> Iterator[Missing]:
    if account.two_factor not in (TwoFactorState.ON, TwoFactorState.NOT_OFFERED):
        found = TwoFactorState(account.two_factor).label.lower()
        yield Missing(f"Two-factor sign-in must be on (now: {found}).", WHO_CHECKS)


def _recovery(account: SocialAccount, at: datetime) -> Iterator[Missing]:
    if not account.recovery_contact:
        yield Missing("The recovery contact is not known.", WHO_CHECKS)


_FACTS: dict[str, Callable[[SocialAccount, datetime], Iterator[Missing]]] = {
    RISK.key: _risk,
    PEOPLE.key: _people,
    TRAINED.key: _trained,
    JOINT_ACCESS.key: _joint_access,
    TWO_FACTOR.key: _two_factor,
    RECOVERY.key: _recovery,
}


def _answerable(account: SocialAccount) -> tuple[tuple[Part, User | None], ...]:
    return ((Part.OWNER, account.owner), (Part.DEPUTY, account.deputy))


def _begin_small(words: str) -> str:
    return words[:1].lower() + words[1:]
