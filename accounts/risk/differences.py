"""How two assessments of an account differ, in words for whoever signs off."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import AssessedHazard, RiskAssessment
from accounts.models.risk import IMPACTS, LIKELIHOODS

NOT_ASSESSED = "Not assessed"


@dataclass(frozen=True, slots=True)
class RiskDifference:
    what: str
    before: str
    now: str


def risk_differences(old: RiskAssessment, new: RiskAssessment) -> list[RiskDifference]:
    """What `new` says otherwise than `old`; empty where they agree. Reads their hazards."""
    return [*_between(_said(old), _said(new)), *_by_hazard(old, new)]


def _between(before: dict[str, str], now: dict[str, str]) -> list[RiskDifference]:
    return [
        RiskDifference(what, before[what], now[what]) for what in now if before[what] != now[what]
    ]


def _by_hazard(old: RiskAssessment, new: RiskAssessment) -> list[RiskDifference]:
    """A hazard is the same however it was worded; one that only one of them has says so."""
    before = {each.hazard_id: each for each in old.hazards.all()}
    now = {each.hazard_id: each for each in new.hazards.all()}
    found = []
    for hazard in {**now, **before}:
        had, has = before.get(hazard), now.get(hazard)
        name = (has or had).name  # type: ignore[union-attr]
        if had is None or has is None:
            found.append(RiskDifference(name, _in_short(had), _in_short(has)))
        else:
            found += _between(_said_of_hazard(had, name), _said_of_hazard(has, name))
    return found


def _said(assessment: RiskAssessment) -> dict[str, str]:
    likelihood, impact = assessment.likelihood, assessment.impact
    owner = assessment.risk_owner
    unsaid = "Stated for each hazard" if assessment.hazards.all() else "Not stated"
    return {
        "Level": f"{assessment.level.label} ({assessment.score} of 25)",
        "Likelihood": f"{likelihood} – {LIKELIHOODS[likelihood - 1]}",
        "Impact": f"{impact} – {IMPACTS[impact - 1]}",
        "What could go wrong": assessment.summary,
        "What is done about it": assessment.controls or unsaid,
        "Risk owner": owner.name if owner else "Not stated",
        "Review": f"{assessment.review_on:%-d %B %Y}",
    }


def _said_of_hazard(scored: AssessedHazard, name: str) -> dict[str, str]:
    return {
        f"{name}: before the controls": _scores(scored.likelihood, scored.impact),
        f"{name}: controls": scored.controls or "Not stated",
        f"{name}: with the controls": _scores(scored.residual_likelihood, scored.residual_impact),
    }


def _scores(likelihood: int, impact: int) -> str:
    return f"{LIKELIHOODS[likelihood - 1]} × {IMPACTS[impact - 1]} ({likelihood * impact} of 25)"


def _in_short(scored: AssessedHazard | None) -> str:
    return f"{scored.residual} of 25 with the controls" if scored else NOT_ASSESSED
