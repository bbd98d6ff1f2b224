"""How two assessments of an account differ, in words for whoever signs off."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import RiskAssessment
from accounts.models.risk import IMPACTS, LIKELIHOODS


@dataclass(frozen=True, slots=True)
class RiskDifference:
    what: str
    before: str
    now: str


def risk_differences(old: RiskAssessment, new: RiskAssessment) -> list[RiskDifference]:
    """What `new` says otherwise than `old`; empty where they agree."""
    before, now = _said(old), _said(new)
    return [
        RiskDifference(what, before[what], now[what]) for what in now if before[what] != now[what]
    ]


def _said(assessment: RiskAssessment) -> dict[str, str]:
    likelihood, impact = assessment.likelihood, assessment.impact
    return {
        "Level": f"{assessment.level.label} ({assessment.score} of 25)",
        "Likelihood": f"{likelihood} – {LIKELIHOODS[likelihood - 1]}",
        "Impact": f"{impact} – {IMPACTS[impact - 1]}",
        "What could go wrong": assessment.summary,
        "What is done about it": assessment.controls or "Not stated",
        "Review": f"{assessment.review_on:%-d %B %Y}",
    }
