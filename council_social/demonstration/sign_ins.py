"""Whom to sign in as in the demonstration, and what there is to see for each."""

from __future__ import annotations

from dataclasses import dataclass

from council_social.demonstration.council import PASSWORD, PEOPLE
from council_social.demonstration.without_email import CODE, COLLECTORS

__all__ = ["AT_THE_TERMINAL", "PASSWORD", "SIGN_INS", "SignIn", "TerminalSignIn"]


@dataclass(frozen=True, slots=True)
class SignIn:
    name: str
    role: str
    email: str
    to_try: str


_TO_TRY = (
    ("priya.shah", "Writes for the libraries", "Write a post; change the one that was returned"),
    (
        "david.brandt",
        "Communications, approves",
        "Approve what waits; answer “Is it live?”; decide on the museum’s request",
    ),
    ("grace.holloway", "Site owner and line manager", "Approve for the libraries; see the team"),
    (
        "tom.okafor",
        "Digital team, administers",
        "Give a role; connect an account again; stop all delivery",
    ),
    (
        "ingrid.vale",
        "Monitoring Officer",
        "See the coming by-election; enter another; see what it asks of posts",
    ),
    ("ruth.alder", "Chief executive, holds a budget", "Agree to a promotion, or refuse it"),
    ("hugh.penrose", "HR", "Record training; see who lacks it"),
    ("owen.clarke", "Internal audit", "Read the trail; take its proof away"),
    ("cllr.hartley", "Elected member", "Read what was published"),
    ("lucy.marsh", "Her training has lapsed", "Try to write: see what is missing"),
    ("carol.dean", "Member of staff, no role", "See the register"),
    ("peter.vance", "Has left the council", "Try to sign in"),
)


def _sign_ins() -> tuple[SignIn, ...]:
    people = {person.key: person for person in PEOPLE}
    return tuple(
        SignIn(people[key].name, role, people[key].email, to_try) for key, role, to_try in _TO_TRY
    )


SIGN_INS = _sign_ins()


@dataclass(frozen=True, slots=True)
class TerminalSignIn:
    name: str
    number: str
    code: str


AT_THE_TERMINAL = TerminalSignIn(COLLECTORS[0][1], COLLECTORS[0][3], CODE)
"""With what to sign in at the shared terminal."""
