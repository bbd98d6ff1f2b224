"""What a source says that a post needs, and what follows when several say so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from accounts.permissions import Permission
from publishing.models import Stage

RIGHT_FOR = {
    Stage.APPROVAL: Permission.APPROVE_POST,
    Stage.SECOND_CHECK: Permission.GIVE_SECOND_CHECK,
    Stage.ELECTION_CHECK: Permission.GIVE_ELECTION_CHECK,
}
"""What whoever decides at a stage must hold on every account of the post."""
ORDER = (Stage.APPROVAL, Stage.SECOND_CHECK, Stage.ELECTION_CHECK)
IN_WORDS = {
    Stage.APPROVAL: "approval",
    Stage.SECOND_CHECK: "a second check",
    Stage.ELECTION_CHECK: "the Monitoring Officer’s check",
}
"""Inside a sentence: it needs …, it awaits …"""


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a route names: whoever holds the role, or one of the people (their ids)."""

    route: str
    role: str = ""
    people: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Need:
    """That a post needs a stage, says one source."""

    stage: Stage
    because: str
    """Ends the sentence “It needs this because …”; empty where it goes without saying."""
    who: Who | None = None
    position: int = 0
    """Where several name somebody, the one with the lowest counts."""
    is_firm: bool = False
    """The stage's own right is needed, whomever a route names."""


@dataclass(frozen=True, slots=True)
class Needed:
    """A stage that a post needs, who may give it, and because of what."""

    stage: Stage
    right: Permission
    """To be held on every account of the post, also by those whom a route names."""
    who: Who | None = None
    """None: everybody with the right."""
    because: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.stage.label

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.stage]

    @property
    def missing_in_words(self) -> str:
        return f"{self.in_words[0].upper()}{self.in_words[1:]} is missing"


EVERY_POST = Need(Stage.APPROVAL, "")


def together(needs: Collection[Need]) -> tuple[Needed, ...]:
    """The stages that one post needs, in order, if each of `needs` is to be met."""
    all_of_them = [EVERY_POST, *needs]
    return tuple(
        _needed(stage, of_it)
        for stage in ORDER
        if (of_it := [need for need in all_of_them if need.stage is stage])
    )


def _needed(stage: Stage, needs: Collection[Need]) -> Needed:
    in_order = sorted(needs, key=lambda need: need.position)
    who = next((need.who for need in in_order if need.who), None)
    right = RIGHT_FOR[stage]
    # A route may name for its own second check whoever may approve; not for one that the risk
    # asks for: routes make the way longer, never easier.
    if stage is Stage.SECOND_CHECK and who and not any(need.is_firm for need in needs):
        right = Permission.APPROVE_POST
    because = tuple(dict.fromkeys(need.because for need in in_order if need.because))
    return Needed(stage, right, who, because)
