"""What a request says, card by card, in the words of its questions: for reading and checking."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import AccountRequest
from accounts.models.requests import Answer

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """The answers to one task. `task` is its key in `accounts.requests.tasks`."""

    task: str
    title: str
    rows: list[Row]


def cards_of(request: AccountRequest) -> list[Card]:
    """Every answer but the risk, which has a page of its own. No query of its own."""
    return [
        Card("about", "About the account", _about(request)),
        Card("why", "Why it is needed", _why(request)),
        Card("content", "Content plan", _content(request)),
        Card("people", "People", _people(request)),
        Card("manager", "Line manager", [("Asked to support it", _name(request.line_manager))]),
        Card("equality", "Equality screening", _equality(request)),
    ]


def _about(request: AccountRequest) -> list[Row]:
    account = request.account
    return [
        ("Platform", account.platform_name),
        ("Handle", f"@{account.handle}"),
        ("Name", account.name),
        ("Service area", account.service_area.name),
        ("Purpose", account.purpose),
        ("Asked for by", request.asked_by.name),
    ]


def _why(request: AccountRequest) -> list[Row]:
    account = request.account
    return [
        ("What it is needed for", request.why),
        ("Strategic aims", "; ".join(aim.name for aim in account.aims.all())),
        ("Audience", account.audience),
        ("Why an existing account will not do", request.why_not_existing),
    ]


def _content(request: AccountRequest) -> list[Row]:
    return [
        ("What will be posted", request.content_kinds),
        ("How often", request.content_rhythm),
        ("The first four weeks", request.content_first_weeks),
        ("Who answers residents, and when", request.content_replies),
    ]


def _people(request: AccountRequest) -> list[Row]:
    account = request.account
    accepted = {
        (each.part, each.user_id)
        for each in account.answerables.all()
        if each.until is None and each.accepted_at
    }
    rows = [
        (label, f"{user.name}: {_accepted((part, user.pk) in accepted)}" if user else "")
        for part, label, user in (
            ("owner", "Site owner", account.owner),
            ("deputy", "Deputy", account.deputy),
        )
    ]
    rows += [
        (each.get_role_display(), f"{each.user.name}: {_accepted(bool(each.accepted_at))}")
        for each in request.officers.all()
    ]
    return rows


def _equality(request: AccountRequest) -> list[Row]:
    rows = [
        ("a. Adverse impact", _answer(request.equality_adverse, request.equality_adverse_why)),
        (
            "b. Positive contribution",
            _answer(request.equality_positive, request.equality_positive_why),
        ),
    ]
    if request.equality_adverse == Answer.YES or request.equality_steps:
        rows.append(("c. Steps", request.equality_steps))
    return rows


def _answer(answer: str, why: str) -> str:
    label = Answer(answer).label if answer else ""
    return f"{label}. {why}" if why else label


def _accepted(accepted: bool) -> str:
    return "accepted" if accepted else "has not accepted yet"


def _name(person: object) -> str:
    return str(person) if person else ""
