"""How the consultation on a draft stands: who has answered, and whether on the present wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Prefetch
from django.utils import timezone

from accounts.models import User
from training.models import (
    APPROVING,
    CommitteeDecision,
    Consultee,
    ConsulteeAnswer,
    Opinion,
    PolicyVersion,
    Verdict,
)


class Stand(StrEnum):
    """The value is the key of the tag's colour."""

    SIGNED_OFF = "signed_off"
    CHANGES_ASKED = "changes_requested"
    EARLIER_WORDING = "earlier_wording"
    WAITING = "waiting"
    LATE = "overdue"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Stand.SIGNED_OFF: "Signed off",
    Stand.CHANGES_ASKED: "Changes asked for",
    Stand.EARLIER_WORDING: "Signed an earlier wording",
    Stand.WAITING: "Asked",
    Stand.LATE: "No answer in time",
}


@dataclass(frozen=True, slots=True)
class Position:
    """One consultee and where they stand."""

    consultee: Consultee
    answer: ConsulteeAnswer | None
    """The last that they gave, on whichever wording."""
    is_on_this_wording: bool
    is_over: bool
    """Whether the day by which they were to answer is over."""

    @property
    def stand(self) -> Stand:
        if self.answer and self.is_on_this_wording:
            signed = self.answer.answer == Opinion.SIGNED_OFF
            return Stand.SIGNED_OFF if signed else Stand.CHANGES_ASKED
        if self.answer and self.answer.answer == Opinion.SIGNED_OFF:
            return Stand.EARLIER_WORDING
        return Stand.LATE if self.is_over else Stand.WAITING

    @property
    def has_signed(self) -> bool:
        return self.stand is Stand.SIGNED_OFF

    @property
    def is_awaited(self) -> bool:
        """Nothing is said yet of the present wording."""
        return not (self.answer and self.is_on_this_wording)


def positions_of(version: PolicyVersion, on: date | None = None) -> list[Position]:
    """Every consultee of the draft, by interest. Two queries."""
    return positions_of_all([version], on).get(version.pk, [])


def positions_of_all(
    versions: Collection[PolicyVersion], on: date | None = None
) -> dict[int, list[Position]]:
    """The same for several drafts, by their ids. Two queries, however many there are."""
    day, digests = on or timezone.localdate(), {each.pk: each.digest for each in versions}
    rows = Consultee.objects.filter(version__in=versions).select_related("user")
    found = defaultdict(list)
    for consultee in rows.prefetch_related(_ANSWERS):
        answer = next(iter(consultee.answers.all()), None)
        same = answer is not None and answer.digest == digests[consultee.version_id]
        over = consultee.answer_by < day
        found[consultee.version_id].append(Position(consultee, answer, same, over))
    return found


_ANSWERS = Prefetch("answers", ConsulteeAnswer.objects.select_related("by"))


def asked_now(user: User) -> Iterator[Position]:
    """What waits for an answer of `user`: drafts of whose present wording they said nothing."""
    mine = Consultee.objects.of(user).select_related("version__document")
    for consultee in mine.prefetch_related("answers").order_by("answer_by", "pk"):
        answer = next(iter(consultee.answers.all()), None)
        same = answer is not None and answer.digest == consultee.version.digest
        position = Position(consultee, answer, same, consultee.answer_by < timezone.localdate())
        if position.is_awaited:
            yield position


def decision_on(version: PolicyVersion) -> CommitteeDecision | None:
    """The last decision about the present wording; what was decided of another does not count."""
    return decisions_on([version]).get(version.pk)


def decisions_on(versions: Collection[PolicyVersion]) -> dict[int, CommitteeDecision]:
    """The same for several drafts. One query."""
    digests = {each.pk: each.digest for each in versions}
    found: dict[int, CommitteeDecision] = {}
    for decision in CommitteeDecision.objects.filter(version__in=versions):
        if decision.digest == digests[decision.version_id]:
            found.setdefault(decision.version_id, decision)
    return found


def lets_publish(decision: CommitteeDecision | None) -> bool:
    return decision is not None and decision.verdict in (*APPROVING, Verdict.NONE_NEEDED)
