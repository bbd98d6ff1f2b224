"""Assessments of the risk of an account, scored hazard by hazard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Hazard, SocialAccount
from accounts.risk.hazard_scores import QUESTIONS, HazardScores, field_of


def scored(hazard: Hazard, **changed: Any) -> HazardScores:
    """12 before its controls, 6 with them."""
    scores = {
        "likelihood": 3,
        "impact": 4,
        "controls": "Two people read every post.",
        "residual_likelihood": 2,
        "residual_impact": 3,
    }
    return HazardScores(hazard, **{**scores, **changed})


def all_scored(**changed: Any) -> list[HazardScores]:
    """Every hazard of the template."""
    return [scored(hazard, **changed) for hazard in Hazard.objects.in_use()]


def typed_assessment(account: SocialAccount, **changed: Any) -> dict[str, Any]:
    """What a browser sends for the form: every hazard of the template, or two scores as a whole."""
    in_half_a_year = timezone.localdate() + timedelta(days=180)
    return {
        "summary": "Somebody posts at night.",
        "risk_owner": account.owner.pk,
        "review_on": in_half_a_year.strftime("%d/%m/%Y"),
        **_typed_scores(),
        **changed,
    }


def _typed_scores() -> dict[str, Any]:
    if not Hazard.objects.in_use().exists():
        return {"likelihood": "2", "impact": "4", "controls": "Two people read every post."}
    return {
        field_of(question, each.hazard): getattr(each, question)
        for each in all_scored()
        for question in QUESTIONS
    }
