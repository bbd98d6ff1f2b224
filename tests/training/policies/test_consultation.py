"""Drafts are consulted on: a sign-off is about one wording, and an edit ends it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.access import NotAllowed
from accounts.models import User
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import UserFactory, communications_officer
from tests.training.policies.drafting import (
    TEXT,
    asked,
    drafted,
    edited,
    in_days,
    self_of,
    signed,
)
from training.actions import policy_consulting as actions
from training.actions.policy_drafts import StaleDraft, save_draft, withdraw_draft
from training.models import (
    Consultee,
    ConsulteeAnswer,
    Interest,
    Opinion,
    PolicyComment,
    PolicyVersion,
)
from training.policies.consultation import Stand, asked_now, positions_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def editor() -> User:
    return communications_officer()


@pytest.fixture
def draft(editor: User) -> PolicyVersion:
    return drafted(editor)


def stand_of(consultee: Consultee) -> Stand:
    version = PolicyVersion.objects.get(pk=consultee.version_id)
    return next(each.stand for each in positions_of(version) if each.consultee == consultee)


def events() -> list[str]:
    return list(Entry.objects.order_by("-sequence").values_list("event", flat=True)[:2])


def test_a_sign_off_counts_for_the_wording_that_was_read(draft: PolicyVersion, editor: User):
    consultee = asked(editor, draft)
    assert stand_of(consultee) is Stand.WAITING

    signed(consultee)

    assert stand_of(consultee) is Stand.SIGNED_OFF
    assert events()[0] == Event.POLICY_SIGNED_OFF


def test_an_edit_afterwards_voids_it_and_asks_again(draft: PolicyVersion, editor: User):
    consultee = asked(editor, draft)
    signed(consultee)
    assert list(asked_now(self_of(consultee))) == []

    edited(editor, draft, f"{TEXT} And guests.")

    assert stand_of(consultee) is Stand.EARLIER_WORDING
    assert [each.consultee for each in asked_now(self_of(consultee))] == [consultee]
    assert events() == [Event.POLICY_SIGN_OFFS_VOIDED, Event.POLICY_DRAFT_CHANGED]


def test_to_say_what_changed_in_other_words_voids_nothing(draft: PolicyVersion, editor: User):
    consultee = asked(editor, draft)
    signed(consultee)

    edited(editor, draft, f"{TEXT}  \n", "Only spaces.")

    assert stand_of(consultee) is Stand.SIGNED_OFF


def test_nobody_signs_a_wording_that_they_have_not_read(draft: PolicyVersion, editor: User):
    consultee, read = asked(editor, draft), draft.digest
    edited(editor, draft, "## 1. Something else")

    with pytest.raises(StaleDraft):
        actions.answer_consultation(
            by=self_of(consultee), consultee=consultee, opinion=Opinion.SIGNED_OFF, digest=read
        )
    assert not ConsulteeAnswer.objects.exists()


def test_who_asks_for_changes_says_which(draft: PolicyVersion, editor: User):
    consultee = asked(editor, draft)
    given: dict[str, Any] = {
        "by": self_of(consultee),
        "consultee": consultee,
        "opinion": Opinion.CHANGES_ASKED,
        "digest": draft.digest,
    }
    with pytest.raises(ValidationError, match="which changes"):
        actions.answer_consultation(**given, words=" ")

    actions.answer_consultation(**given, words="Name the union’s agreement.")

    assert stand_of(consultee) is Stand.CHANGES_ASKED


@pytest.mark.parametrize("who", ["a colleague", "whoever keeps the policies", "a leaver"])
def test_nobody_answers_for_a_person_who_can(draft: PolicyVersion, editor: User, who: str):
    consultee = asked(editor, draft)
    by = {"a colleague": UserFactory(), "whoever keeps the policies": editor}.get(
        who, self_of(consultee)
    )
    if who == "a leaver":
        User.objects.filter(pk=by.pk).update(employed_until=in_days(-1))
        by = User.objects.get(pk=by.pk)

    with pytest.raises(ValidationError, match="Only"):
        signed(consultee, by=by)
    assert not ConsulteeAnswer.objects.exists()


def test_what_somebody_outside_says_is_recorded_for_them(draft: PolicyVersion, editor: User):
    consultee = asked(
        editor, draft, name="Pat Reed", body="The union’s branch", interest=Interest.TRADE_UNIONS
    )
    with pytest.raises(NotAllowed):
        signed(consultee, by=UserFactory())

    signed(consultee, by=editor)

    assert stand_of(consultee) is Stand.SIGNED_OFF
    assert str(consultee) == "Pat Reed, The union’s branch"
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.details["after"]["consultee"] == str(consultee)


def test_late_is_who_has_said_nothing_by_the_end_of_the_day(
    draft: PolicyVersion, editor: User, clock: time_machine.Traveller
):
    consultee = asked(editor, draft, answer_by=in_days(3))
    clock.shift(3 * 86_400)
    assert stand_of(consultee) is Stand.WAITING
    clock.shift(86_400)
    assert stand_of(consultee) is Stand.LATE

    actions.move_date(by=editor, consultee=consultee, answer_by=in_days(2))

    assert stand_of(consultee) is Stand.WAITING


def test_only_some_can_be_asked(draft: PolicyVersion, editor: User):
    colleague, left = UserFactory(), UserFactory(employed_until=in_days(-1))
    asked(editor, draft, user=colleague)

    for user, said in ((colleague, "already"), (left, "any more"), (editor, "began this draft")):
        with pytest.raises(ValidationError, match=said):
            asked(editor, draft, user=user)
    with pytest.raises(ValidationError, match="today or later"):
        asked(editor, draft, answer_by=in_days(-1))
    with pytest.raises(ValidationError, match="Choose a person"):
        asked(editor, draft, name=" ")
    with pytest.raises(NotAllowed):
        asked(UserFactory(), draft)
    assert draft.consultees.count() == 1


def test_whoever_has_said_nothing_can_be_left_out(draft: PolicyVersion, editor: User):
    silent, spoken = asked(editor, draft), asked(editor, draft)
    signed(spoken)

    actions.remove_consultee(by=editor, consultee=silent)
    with pytest.raises(ValidationError, match="is kept"):
        actions.remove_consultee(by=editor, consultee=spoken)

    assert list(draft.consultees.all()) == [spoken]


def test_a_comment_is_answered(draft: PolicyVersion, editor: User):
    consultee = asked(editor, draft)
    said = actions.comment_on_draft(
        by=self_of(consultee), version=draft, section="2. Scope", text="And volunteers?"
    )

    actions.answer_comment(by=editor, comment=said, reply="Added.")

    kept = PolicyComment.objects.get()
    assert (kept.consultee, kept.section, kept.reply) == (consultee, "2. Scope", "Added.")
    assert events() == [Event.POLICY_COMMENT_ANSWERED, Event.POLICY_COMMENTED]


def test_only_whoever_is_asked_comments(draft: PolicyVersion):
    with pytest.raises(NotAllowed):
        actions.comment_on_draft(by=UserFactory(), version=draft, text="Me too.")


def test_nothing_is_said_of_a_draft_that_is_withdrawn(draft: PolicyVersion, editor: User):
    consultee = asked(editor, draft)
    withdraw_draft(by=editor, version=draft, reason="Two policies become one")

    with pytest.raises(ValidationError, match="withdrawn"):
        signed(consultee)
    assert list(asked_now(self_of(consultee))) == []


def test_two_who_edit_at_once_lose_nothing(draft: PolicyVersion, editor: User):
    with pytest.raises(StaleDraft) as stale:
        save_draft(by=editor, version=draft, text="Mine", what_changed="", seen="older")
    assert stale.value.kept.text == TEXT


@pytest.mark.parametrize(
    "broken",
    [
        {"name": "Pat Reed"},
        {"user": None},
    ],
)
def test_the_database_wants_a_person_or_a_name(
    draft: PolicyVersion, editor: User, broken: dict[str, Any]
):
    consultee = asked(editor, draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultee.objects.filter(pk=consultee.pk).update(**broken)
