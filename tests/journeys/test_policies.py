"""A consultee signs off a policy, it is published, and a member of staff acknowledges it."""

from __future__ import annotations

import pytest
from django.core import mail

from tests.factories import UserFactory, communications_officer
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.training.policies.drafting import asked, decided, drafted, in_days, next_draft, self_of
from training.actions.timetable import Plan, add_action, add_phase, move_action
from training.models import Acknowledgement, ActionState, PolicyVersion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_consultee_signs_off_it_is_published_and_acknowledged(
    script: bool, visitor: NewVisitor
) -> None:
    officer = communications_officer(name="Ana Lewis")
    draft = drafted(officer)
    consultee = self_of(asked(officer, draft))

    reader = visitor(script=script).is_signed_in_as(consultee)
    reader.open("/")
    reader.press("Say what you think of “Photographs policy”")
    reader.page.get_by_label("About").select_option("2. Scope")
    reader.page.get_by_label("Comment").fill("And volunteers?")
    reader.press("Comment")
    reader.page.get_by_label("Sign off: the text can go ahead as it is").check()
    reader.press("Send your answer")
    assert "Signed off" in reader.words

    keeper = visitor(script=script).is_signed_in_as(officer)
    keeper.open(f"/policies/{draft.document.slug}/draft/")
    assert "And volunteers?" in keeper.words
    keeper.press("Record a decision")
    keeper.page.get_by_label("Approved", exact=True).check()
    keeper.page.get_by_label("Committee").fill("Policy Committee")
    keeper.page.get_by_label("Day", exact=True).fill(f"{in_days(0):%d/%m/%Y}")
    keeper.page.get_by_label("Minute reference").fill("PC 42/26")
    keeper.press("Record")
    keeper.press("Publish")
    keeper.press("Publish")
    assert "Approved by Policy Committee" in keeper.words

    staff = visitor(script=script).is_signed_in_as(UserFactory())
    staff.open("/policies/")
    staff.press("Photographs policy")
    staff.page.get_by_label("I have read this policy and will follow it").check()
    staff.press("Acknowledge")
    assert Acknowledgement.objects.get(version__document=draft.document).version_number == 1
    assert mail.outbox == []


def test_its_pages_can_be_used_by_everybody(visitor: NewVisitor) -> None:
    officer = communications_officer(name="Ana Lewis")
    first = drafted(officer)
    decided(officer, first)
    PolicyVersion.objects.drafts().filter(pk=first.pk).update(
        in_force_from=in_days(-9), needed_from=in_days(-9), published_at="2026-01-01T09:00Z"
    )
    slug = first.document.slug
    second = next_draft(officer, first.document, f"{first.text} And guests.", "Guests are in it.")
    someone = self_of(asked(officer, second))
    phase = add_phase(by=officer, name="Support", position=1, ends_on=in_days(30))
    plan = Plan(phase, None, "Find an ambassador in each service area", officer, in_days(10))
    action = add_action(by=officer, plan=plan)
    move_action(
        by=officer,
        action=action,
        state=ActionState.DELAYED,
        seen=0,
        why="Two have left.",
        new_day=in_days(40),
    )
    keeper = visitor().is_signed_in_as(officer)
    found = {}
    for place in (
        "/policies/",
        f"/policies/{slug}/",
        f"/policies/{slug}/versions/1/print/",
        f"/policies/{slug}/draft/",
        f"/policies/{slug}/draft/edit/",
        f"/policies/{slug}/draft/publish/",
        f"/policies/{slug}/acknowledged/",
        "/strategy/",
        f"/strategy/actions/{action.pk}/",
        f"/strategy/actions/{action.pk}/progress/",
    ):
        keeper.open(place)
        found[place] = violations(keeper)
    reader = visitor().is_signed_in_as(someone)
    reader.open(f"/policies/{slug}/consultation/")
    found["consultation"] = violations(reader)

    assert {place: wrong for place, wrong in found.items() if wrong} == {}
