"""What somebody says of each hazard in an assessment, and what follows from it as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from accounts.models import AssessedHazard, Hazard

QUESTIONS = ("likelihood", "impact", "controls", "residual_likelihood", "residual_impact")
"""What is asked about each hazard: before the controls, what they are, and with them."""


@dataclass(frozen=True, slots=True)
class HazardScores:
    """Scores are 1 to 5; `residual` is what is left with the controls."""

    hazard: Hazard
    likelihood: int
    impact: int
    residual_likelihood: int
    residual_impact: int
    controls: str = ""

    @property
    def residual(self) -> int:
        return self.residual_likelihood * self.residual_impact


def field_of(question: str, hazard: Hazard) -> str:
    """The name under which a form asks the question, and a refusal speaks of it."""
    return f"{question}_{hazard.pk}"


def worst_of(scores: Collection[HazardScores]) -> HazardScores:
    """The hazard whose residual score is the account's; of equal ones that with more impact."""
    return max(scores, key=lambda each: (each.residual, each.residual_impact))


def refuse_wrong_scores(scores: Collection[HazardScores], asked: Collection[Hazard]) -> None:
    """Raise ValidationError, by field, unless each hazard `asked` about is scored as it can be."""
    errors = dict(_wrong(scores))
    scored = [each.hazard.pk for each in scores]
    for hazard in asked:
        if hazard.pk not in scored:
            errors[field_of("likelihood", hazard)] = f"{hazard}: choose the likelihood."
    if errors:
        raise ValidationError(errors)
    if sorted(scored) != sorted(hazard.pk for hazard in asked):
        raise ValidationError("The template of hazards was changed meanwhile. Read it again.")


def rows_of(scores: Collection[HazardScores]) -> list[AssessedHazard]:
    """As they are kept, without their assessment."""
    return [
        AssessedHazard(
            hazard=each.hazard,
            name=each.hazard.name,
            controls=each.controls.strip(),
            **{name: getattr(each, name) for name in QUESTIONS if name != "controls"},
        )
        for each in scores
    ]


def _wrong(scores: Collection[HazardScores]) -> Iterator[tuple[str, str]]:
    longest = AssessedHazard._meta.get_field("controls").max_length or 0
    for each in scores:
        for question in QUESTIONS:
            value = getattr(each, question)
            if question != "controls" and not 1 <= value <= 5:
                yield field_of(question, each.hazard), f"{each.hazard}: give a score from 1 to 5."
        for question in ("likelihood", "impact"):
            if getattr(each, f"residual_{question}") > getattr(each, question):
                wrong = f"{each.hazard}: the controls cannot make the {question} higher."
                yield field_of(f"residual_{question}", each.hazard), wrong
        lowered = each.residual < each.likelihood * each.impact
        if lowered and not each.controls.strip():
            wrong = f"{each.hazard}: say which controls lower the score."
            yield field_of("controls", each.hazard), wrong
        elif len(each.controls.strip()) > longest:
            wrong = f"{each.hazard}: the controls must be {longest} characters or fewer."
            yield field_of("controls", each.hazard), wrong
