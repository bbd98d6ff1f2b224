"""Assessing hazard by hazard: what is asked, what is refused, what follows for the account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actions.hazards import change_hazard
from accounts.actions.risk import assess
from accounts.models import AssessedHazard, Hazard, RiskAssessment, SocialAccount
from accounts.risk.differences import risk_differences
from accounts.risk.hazard_scores import HazardScores, field_of
from tests.accounts.conftest import Trail
from tests.accounts.risk.assessing import all_scored, scored, typed_assessment
from tests.factories import AccountFactory, RiskAssessmentFactory, person
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def defamation() -> Hazard:
    return Hazard.objects.get(name="Defamation")


def assessed(account: SocialAccount, hazards: list[HazardScores], **facts: Any) -> RiskAssessment:
    in_half_a_year = timezone.localdate() + timedelta(days=180)
    words = {"summary": "It is read by children.", "review_on": in_half_a_year, **facts}
    return assess(by=account.owner, account=account, hazards=hazards, **words)


def with_one(hazard: Hazard, **changed: Any) -> list[HazardScores]:
    """Every hazard alike, but for one."""
    return [scored(hazard, **changed) if each.hazard == hazard else each for each in all_scored()]


def test_the_highest_residual_score_is_the_accounts(
    account: SocialAccount, defamation: Hazard, trail: Trail
) -> None:
    worst = {"likelihood": 4, "impact": 5, "residual_likelihood": 2, "residual_impact": 5}

    made = assessed(account, with_one(defamation, **worst), risk_owner=account.owner)

    assert (made.likelihood, made.impact, made.score) == (2, 5, 10)
    assert made.hazards.count() == Hazard.objects.in_use().count()
    kept = made.hazards.get(hazard=defamation)
    assert (kept.score, kept.residual, kept.name) == (20, 10, "Defamation")
    said = trail.last.details["after"]
    assert "Defamation: 20, with the controls 10" in said["hazards"]
    assert said["risk_owner"] == "Olu Owner"


def test_of_equal_scores_the_one_with_more_impact_is_the_accounts(
    account: SocialAccount, defamation: Hazard
) -> None:
    all_alike = {"residual_likelihood": 3, "residual_impact": 2}
    scores = [
        scored(each.hazard, **all_alike) if each.hazard != defamation else each
        for each in all_scored()
    ]

    made = assessed(account, scores)

    assert (made.likelihood, made.impact) == (2, 3)


@pytest.mark.parametrize(
    ("changed", "question", "message"),
    [
        ({"likelihood": 6}, "likelihood", "Defamation: give a score from 1 to 5."),
        ({"residual_impact": 0}, "residual_impact", "Defamation: give a score from 1 to 5."),
        (
            {"residual_impact": 5},
            "residual_impact",
            "Defamation: the controls cannot make the impact higher.",
        ),
        ({"controls": " "}, "controls", "Defamation: say which controls lower the score."),
        ({"controls": "x" * 501}, "controls", "Defamation: the controls must be 500"),
    ],
)
def test_a_score_that_cannot_be_is_refused_by_its_hazards_name(
    account: SocialAccount,
    defamation: Hazard,
    changed: dict[str, Any],
    question: str,
    message: str,
) -> None:
    with pytest.raises(ValidationError) as refused:
        assessed(account, with_one(defamation, **changed))

    [said] = refused.value.message_dict[field_of(question, defamation)]
    assert said.startswith(message)
    assert not account.risk_assessments.exists()


def test_every_hazard_in_use_is_assessed_and_no_other(
    account: SocialAccount, defamation: Hazard
) -> None:
    too_few = [each for each in all_scored() if each.hazard != defamation]
    with pytest.raises(ValidationError, match="Defamation: choose the likelihood"):
        assessed(account, too_few)

    everything = all_scored()
    Hazard.objects.filter(pk=defamation.pk).update(is_in_use=False)
    with pytest.raises(ValidationError, match="was changed meanwhile"):
        assessed(account, everything)
    with pytest.raises(ValidationError, match="was changed meanwhile"):
        assessed(account, [*too_few, too_few[0]])
    assert assessed(account, too_few)


def test_a_hazard_without_controls_keeps_its_score(
    account: SocialAccount, defamation: Hazard
) -> None:
    as_it_is = {"residual_likelihood": 3, "residual_impact": 4, "controls": ""}

    assert assessed(account, with_one(defamation, **as_it_is)).score == 12


def test_the_risk_owner_works_here(account: SocialAccount) -> None:
    gone = person(employed_until=timezone.localdate() - timedelta(days=1))

    with pytest.raises(ValidationError) as refused:
        assessed(account, all_scored(), risk_owner=gone)
    assert "risk_owner" in refused.value.message_dict


def test_the_database_refuses_controls_that_add_to_a_hazard(
    account: SocialAccount, defamation: Hazard
) -> None:
    made = RiskAssessmentFactory(account=account)
    scores = {"likelihood": 2, "impact": 2, "residual_likelihood": 3, "residual_impact": 2}

    with pytest.raises(IntegrityError), transaction.atomic():
        AssessedHazard.objects.create(assessment=made, hazard=defamation, name="x", **scores)


def test_an_assessment_does_not_change_with_the_template(
    account: SocialAccount, defamation: Hazard
) -> None:
    made = assessed(account, all_scored())
    words: dict[str, Any] = {"description": "", "usual_controls": "", "is_in_use": False}

    change_hazard(by=None, hazard=defamation, name="Libel and slander", **words)

    assert made.hazards.get(hazard=defamation).name == "Defamation"


def test_the_page_asks_about_each_hazard_and_shows_what_was_said(account: SocialAccount) -> None:
    owner = as_person(account.owner)
    address = reverse("risk_new", args=[account.pk])
    page = text_of(owner.get(address))
    for hazard in Hazard.objects.in_use():
        assert hazard.name in page
        assert hazard.usual_controls in page

    assert owner.post(address, typed_assessment(account)).status_code == 302

    page = text_of(owner.get(reverse("risk", args=[account.pk])))
    assert "4. Defamation" in page
    assert "3 × 4 = 12" in page
    assert "2 × 3 = 6" in page
    assert "Risk owner Olu Owner" in page


def test_what_is_wrong_about_a_hazard_is_said_at_the_top_and_nothing_typed_is_lost(
    account: SocialAccount, defamation: Hazard
) -> None:
    typed = typed_assessment(
        account,
        **{
            field_of("likelihood", defamation): "",
            field_of("controls", defamation): "Typed words",
        },
    )

    answer = as_person(account.owner).post(reverse("risk_new", args=[account.pk]), typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    where = f"#id_{field_of('likelihood', defamation)}"
    assert f'<a href="{where}">Defamation: choose the likelihood.</a>' in page
    assert "Typed words" in page
    assert not account.risk_assessments.exists()


def test_what_the_action_refuses_is_said_beside_the_hazard(
    account: SocialAccount, defamation: Hazard
) -> None:
    typed = typed_assessment(account, **{field_of("residual_impact", defamation): "5"})

    answer = as_person(account.owner).post(reverse("risk_new", args=[account.pk]), typed)

    assert answer.status_code == 422
    assert "Defamation: the controls cannot make the impact higher." in text_of(answer)


def test_a_new_assessment_begins_with_the_scores_of_the_last_one(
    account: SocialAccount, defamation: Hazard
) -> None:
    assessed(account, with_one(defamation, controls="Known controls.", likelihood=5))

    form = as_person(account.owner).get(reverse("risk_new", args=[account.pk])).context["form"]

    assert form.initial[field_of("controls", defamation)] == "Known controls."
    assert form.initial[field_of("likelihood", defamation)] == 5
    assert form.initial["risk_owner"] == account.owner_id


def test_an_empty_template_leaves_two_scores_as_a_whole(account: SocialAccount) -> None:
    Hazard.objects.all().delete()
    owner = as_person(account.owner)
    typed = typed_assessment(account)
    assert "likelihood" in typed

    owner.post(reverse("risk_new", args=[account.pk]), typed)

    made = account.risk_assessments.get()
    assert (made.score, made.controls) == (8, "Two people read every post.")
    assert "Two people read every post." in text_of(owner.get(reverse("risk", args=[account.pk])))


def test_the_differences_are_told_hazard_by_hazard(
    account: SocialAccount, defamation: Hazard
) -> None:
    old = assessed(account, with_one(defamation, controls="Old words."))
    Hazard.objects.filter(name="Resource").update(is_in_use=False)
    new = assessed(account, with_one(defamation, controls="New words.", likelihood=5, impact=5))

    told = {each.what: (each.before, each.now) for each in risk_differences(old, new)}

    assert told == {
        "Defamation: before the controls": (
            "Possible × Major (12 of 25)",
            "Almost certain × Catastrophic (25 of 25)",
        ),
        "Defamation: controls": ("Old words.", "New words."),
        "Resource": ("6 of 25 with the controls", "Not assessed"),
    }
    assert risk_differences(new, new) == []


def test_an_earlier_assessment_can_be_read_with_its_differences(account: SocialAccount) -> None:
    first = RiskAssessmentFactory(account=account, summary="As a whole, before the template.")
    second = assessed(account, all_scored())
    reader = as_person(person())

    old = text_of(reader.get(reverse("risk_assessment", args=[account.pk, first.pk])))
    new = text_of(reader.get(reverse("risk_assessment", args=[account.pk, second.pk])))

    assert "As a whole, before the template." in old
    assert "Different from the last one" not in old
    assert "Different from the last one" in new
    elsewhere = reverse("risk_assessment", args=[AccountFactory().pk, first.pk])
    assert reader.get(elsewhere).status_code == 404


def test_the_page_asks_as_much_for_many_assessments_as_for_few(
    account: SocialAccount, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader = as_person(account.owner)
    for _ in range(6):
        assessed(account, all_scored())

    with django_assert_max_num_queries(15):
        reader.get(reverse("risk", args=[account.pk]))
