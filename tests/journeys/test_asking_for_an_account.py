"""A profile from the first thought to live: asked for, supported, accepted, checked, by three."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountRequest, AccountState, SocialAccount, User
from tests.accounts.requests.asking import asking
from tests.factories import (
    HazardFactory,
    ServiceAreaFactory,
    StrategicAimFactory,
    communications_officer,
    person,
)
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    ServiceAreaFactory(name="Museum")
    StrategicAimFactory(name="More people visit our places")
    manager = person(name="Mo Manager")
    return {
        "asker": person(name="Ann Asker", manager=manager),
        "manager": manager,
        "officer": communications_officer(name="Cat Comms"),
    }


def at_home(visitor: Visitor, user: User) -> Visitor:
    visitor.is_signed_in_as(user).open("/")
    return visitor


def fill(visitor: Visitor, **answers: str) -> None:
    for name, words in answers.items():
        visitor.page.locator(f"#id_{name}").fill(words)


def looks_well(visitor: Visitor) -> None:
    assert violations(visitor) == []
    visitor.page.set_viewport_size({"width": 1280, "height": 900})


def ask(ann: Visitor, manager: User) -> None:
    """Every task but the risk, and every page looked at."""
    ann.press("Accounts")
    ann.press("Requests")
    ann.press("Ask for an account")
    ann.page.get_by_label("Platform").select_option(label="X")
    fill(ann, handle="WealdmoorMuseum", name="Wealdmoor Museum")
    ann.page.get_by_label("Service area").select_option(label="Museum")
    looks_well(ann)
    ann.press("Save and go on")
    looks_well(ann)
    ann.press("About the account")
    fill(ann, purpose="What is on at the museum")
    ann.press("Save")
    ann.press("Why it is needed")
    fill(
        ann,
        why="The gallery opens in May.",
        audience="Families",
        why_not_existing="No other account speaks of exhibitions.",
    )
    ann.page.get_by_label("More people visit our places").check()
    looks_well(ann)
    ann.press("Save")
    ann.press("Content plan")
    fill(
        ann,
        content_kinds="Objects and their stories",
        content_rhythm="Twice a week",
        content_first_weeks="One object of the new gallery a day",
        content_replies="The museum desk, on opening days",
    )
    ann.press("Save")
    ann.press("People")
    ann.page.get_by_label("Deputy").select_option(label=f"{manager.name} ({manager.email})")
    ann.press("Save")
    ann.press("People")
    looks_well(ann)
    ann.press("Back")
    ann.press("Equality screening")
    ann.page.locator("#id_equality_adverse_1").check()
    ann.page.locator("#id_equality_positive_0").check()
    fill(ann, equality_positive_why="Every picture is described, every film has captions.")
    looks_well(ann)
    ann.press("Save")


def assess(ann: Visitor) -> None:
    """Whatever hazards the council asks about, each scored low."""
    ann.press("Risk assessment")
    for score in ann.page.locator("main select:not(#id_risk_owner)").all():
        score.select_option("2")
    for area in ann.page.locator("textarea").all():
        area.fill("Two people read every post.")
    in_a_year = timezone.localdate().replace(year=timezone.localdate().year + 1)
    ann.page.locator("#id_review_on").fill(f"{in_a_year:%d/%m/%Y}")
    ann.press("Save assessment")
    assert "Not signed off" in ann.words


def decide(visitor: Visitor, button: str, confirm: str) -> None:
    visitor.press("Requests to decide on")
    visitor.press("Wealdmoor Museum")
    looks_well(visitor)
    visitor.press(button)
    visitor.page.get_by_label("Reason").fill("It reaches people whom we do not reach.")
    looks_well(visitor)
    visitor.press(confirm)


def complete(cat: Visitor) -> None:
    """The go-live checklist, from its page."""
    cat.press("Go-live checklist")
    looks_well(cat)
    assert "Going live is blocked" in cat.words
    for item in ("The branding is the council’s", "The profile says what residents need"):
        cat.press(item)
        cat.page.get_by_label("Yes").check()
        cat.page.get_by_label("What you saw").fill("Looked at it on the platform.")
        cat.press("Save answer")
    cat.press("Two-factor sign-in is on")
    today = f"{timezone.localdate():%d/%m/%Y}"
    cat.page.get_by_label("On", exact=True).check()
    fill(
        cat,
        recovery_contact="social@wealdmoor.example",
        two_factor_checked_on=today,
        joint_access="Cat signed in as administrator",
        joint_access_on=today,
        reason="Going live",
    )
    looks_well(cat)
    cat.press("Save")


def test_a_profile_is_asked_for_and_goes_live_by_three_people(
    visitor: NewVisitor, people: dict[str, User]
) -> None:
    ann = at_home(visitor(), people["asker"])
    ask(ann, people["manager"])
    assess(ann)
    request = AccountRequest.objects.get()
    ann.open(reverse("request", args=[request.pk]))
    assert "Waiting for Mo Manager" in ann.words

    mo = at_home(visitor(), people["manager"])
    mo.press("Requests that name you")
    mo.press("Wealdmoor Museum")
    looks_well(mo)
    mo.press("Accept your part")

    ann.open(reverse("request", args=[request.pk]))
    ann.press("Check your answers")
    looks_well(ann)
    ann.press("Submit the request")
    assert "The request is sent to Mo Manager." in ann.words

    mo.open("/")
    decide(mo, "Support", "Support the request")
    assert "Communications decides next." in mo.words

    cat = at_home(visitor(), people["officer"])
    cat.press("Risk assessments to sign off")
    cat.press("Sign off")
    cat.open("/")
    decide(cat, "Accept", "Accept the request")
    assert "The request is accepted." in cat.words
    complete(cat)
    assert "Everything is done." in cat.words
    cat.press("Go live")
    assert "Wealdmoor Museum is live." in cat.words
    looks_well(cat)

    account = SocialAccount.objects.get()
    assert account.state == AccountState.LIVE
    assert (account.owner, account.deputy) == (people["asker"], people["manager"])


def test_a_request_is_written_without_a_script(visitor: NewVisitor) -> None:
    HazardFactory()
    begun = asking()
    ann = visitor(script=False).is_signed_in_as(begun.asker)
    ann.open(reverse("request", args=[begun.request.pk]))

    ann.press("Why it is needed")
    fill(ann, why="The gallery opens in May.")
    ann.press("Save")

    assert "Your answers are saved." in ann.words
    assert begun.fresh().why == "The gallery opens in May."
