"""An account from before the policy: its owner assesses, an officer signs off, posts need two."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.actions.register import register_account
from accounts.models import AccountState, Hazard, SocialAccount, User
from publishing.models import PostState
from tests.factories import (
    AccountFactory,
    HazardFactory,
    RiskAssessmentFactory,
    ServiceAreaFactory,
    approver_of,
    communications_officer,
    digital_officer,
    drafter_of,
    person,
)
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor
from tests.publishing.making import fresh, in_hours, submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hazards(transactional_db: None) -> list[Hazard]:
    Hazard.objects.all().delete()
    return [
        HazardFactory(name="Defamation", usual_controls="Nobody is named without a check."),
        HazardFactory(name="Account takeover", usual_controls="Two-factor sign-in."),
    ]


@pytest.fixture
def account(hazards: list[Hazard]) -> SocialAccount:
    """As the digital team found it."""
    return register_account(
        by=digital_officer(),
        platform="facebook",
        handle="wealdmoormuseum",
        name="Wealdmoor Museum",
        service_area=ServiceAreaFactory(name="Leisure"),
        owner=person(name="Olu Owner"),
        predates_policy=True,
    )


@pytest.fixture
def officer(account: SocialAccount) -> User:
    return communications_officer(name="Ana Lewis")


def score(visitor: Visitor, hazard: Hazard, before: tuple[int, int], left: tuple[int, int]) -> None:
    group = visitor.page.get_by_role("group", name=hazard.name)
    for question, number in zip(
        ("Likelihood", "Impact", "Likelihood with the controls", "Impact with the controls"),
        (*before, *left),
        strict=True,
    ):
        group.get_by_label(question, exact=True).select_option(str(number))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_an_account_from_before_the_policy_is_assessed_in_retrospect(
    script: bool,
    visitor: NewVisitor,
    account: SocialAccount,
    officer: User,
    hazards: list[Hazard],
) -> None:
    assert account.state == AccountState.SUSPENDED
    defamation, takeover = hazards
    olu = visitor(script=script).is_signed_in_as(account.owner)
    olu.open("/")
    olu.press("Accounts to assess in retrospect")
    assert "Wealdmoor Museum" in olu.words
    assert "The assessment" in olu.words
    olu.press("Wealdmoor Museum")
    olu.press("Assess the risk")
    assert "Nobody is named without a check." in olu.page.content()
    score(olu, defamation, (3, 4), (2, 4))
    olu.page.get_by_label("The risk in a few sentences").fill("Artists are named each week.")
    olu.press("Save assessment")
    # What was left out is named, and nothing that was typed is lost.
    assert "Account takeover: choose the likelihood." in olu.words
    assert not script or violations(olu) == []
    score(olu, takeover, (4, 5), (3, 5))
    olu.press("Save assessment")
    assert "Ana Lewis" in olu.words
    assert not script or violations(olu) == []

    ana = visitor(script=script).is_signed_in_as(officer)
    ana.open("/")
    ana.press("Risk assessments to sign off")
    assert "in retrospect" in ana.words
    assert not script or violations(ana) == []
    ana.press("Return it")
    ana.page.get_by_label("What has to be put right?").fill("Say who holds the recovery codes.")
    ana.press("Return it")
    assert "is returned to Olu Owner" in ana.words

    olu.open("/")
    olu.press("Risk assessments returned to you")
    assert "Say who holds the recovery codes." in olu.words
    group = olu.page.get_by_role("group", name="Account takeover")
    group.get_by_role("textbox").fill("Two-factor sign-in. The digital team has the codes.")
    olu.press("Save assessment")

    ana.open("/")
    ana.press("Risk assessments to sign off")
    ana.press("Sign off")
    assert "High risk" in ana.words
    assert "2. Account takeover" in ana.words
    ana.open(reverse("risk_retrospective"))
    assert "Wealdmoor Museum" not in ana.words
    signed = account.risk_assessments.get(signed_off_at__isnull=False)
    assert (signed.score, signed.is_retrospective, signed.hazards.count()) == (15, True, 2)


def test_a_post_to_an_account_of_high_risk_is_read_by_two(visitor: NewVisitor) -> None:
    account = AccountFactory(platform="x", name="Wealdmoor Libraries", risk=None)
    RiskAssessmentFactory(account=account, likelihood=4, impact=4)
    author, approver = drafter_of(account, name="Priya Shah"), approver_of(account)
    officer = communications_officer(name="Ana Lewis")
    post = submitted(author, account, at=in_hours(5))

    david = visitor().is_signed_in_as(approver)
    david.open("/")
    david.press("Posts to approve")
    assert "Two people" in david.words
    david.press("Approve")
    assert "once somebody else has checked it again" in david.words
    assert violations(david) == []

    ana = visitor().is_signed_in_as(officer)
    ana.open("/")
    ana.press("Second checks to give")
    assert "Second check" in ana.words
    assert violations(ana) == []
    ana.press("Approve", twice=True)
    assert "is approved. It goes out on" in ana.words
    assert fresh(post).state == PostState.SCHEDULED
    assert fresh(post).deliveries.count() == 1
