"""What a draft still needs before it can be published, in the order in which one does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from training.models import NEED_A_COMMITTEE, CommitteeDecision, PolicyKind, PolicyVersion
from training.policies.consultation import (
    Position,
    decision_on,
    decisions_on,
    lets_publish,
    positions_of,
    positions_of_all,
)


@dataclass(frozen=True, slots=True)
class Readiness:
    """How a draft stands on its way into force."""

    version: PolicyVersion
    positions: list[Position]
    decision: CommitteeDecision | None

    @property
    def unwritten(self) -> str:
        """What is missing in the draft itself; empty: nothing."""
        if not self.version.text.strip():
            return "The draft has no text yet."
        if self.version.number > 1 and not self.version.what_changed.strip():
            return "Say in plain words what changed since the last version."
        return ""

    @property
    def awaited(self) -> list[Position]:
        """Those who have not signed the present wording, and have time left."""
        return [each for each in self.positions if not each.has_signed and not each.is_over]

    @property
    def passed_over(self) -> list[Position]:
        """Those who have not signed it and whose day is over: it may go on without them."""
        return [each for each in self.positions if not each.has_signed and each.is_over]

    @property
    def undecided(self) -> str:
        """What is missing of the committee; empty: nothing."""
        if lets_publish(self.decision):
            return ""
        if PolicyKind(self.version.document.kind) in NEED_A_COMMITTEE:
            return "No committee has approved this wording."
        return "Record a committee’s approval of this wording, or why none is needed."

    @property
    def obstacles(self) -> list[str]:
        """Everything that holds publication; a reason for going on is asked besides."""
        found = [self.unwritten]
        if self.awaited:
            names = ", ".join(str(each.consultee) for each in self.awaited)
            found.append(f"Not signed off yet, with time left to answer: {names}.")
        found.append(self.undecided)
        return [each for each in found if each]

    @property
    def next_step(self) -> str:
        """In a few words, for a list."""
        if self.unwritten:
            return "Finish the draft"
        if self.awaited:
            signed = sum(each.has_signed for each in self.positions)
            return f"In consultation: {signed} of {len(self.positions)} signed off"
        if self.undecided:
            return "Waits for the committee" if self.positions else "Ask consultees"
        return "Ready to publish"


def readiness_of(version: PolicyVersion, on: date | None = None) -> Readiness:
    """Three queries."""
    day = on or timezone.localdate()
    return Readiness(version, positions_of(version, day), decision_on(version))


def readiness_of_all(versions: list[PolicyVersion]) -> dict[int, Readiness]:
    """By the drafts’ ids. Three queries, however many there are."""
    positions, decisions = positions_of_all(versions), decisions_on(versions)
    return {
        each.pk: Readiness(each, positions.get(each.pk, []), decisions.get(each.pk))
        for each in versions
    }
