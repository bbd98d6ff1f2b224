"""Publishing a policy: each thing that holds it, one by one, and what stands afterwards."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.access import NotAllowed, may
from accounts.models import User
from accounts.permissions import CorporateRole, Permission
from audit.catalogue import Event
from audit.models import Entry
from pages.days import months_after
from tests.factories import AccountFactory, UserFactory, communications_officer, drafter_of, person
from tests.training.policies.drafting import (
    TEXT,
    asked,
    decided,
    drafted,
    edited,
    in_days,
    next_draft,
    published,
    signed,
)
from training.actions.acknowledgements import acknowledge
from training.actions.policy_drafts import StaleDraft, start_version
from training.actions.policy_publishing import keep_unchanged
from training.models import (
    CommitteeDecision,
    PolicyDocument,
    PolicyKind,
    PolicyVersion,
    Verdict,
)
from training.policies.reading import approval_of, shown_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def editor() -> User:
    return communications_officer()


@pytest.fixture
def draft(editor: User) -> PolicyVersion:
    """Signed off and approved: nothing holds it."""
    version = drafted(editor)
    signed(asked(editor, version))
    decided(editor, version)
    return version


def test_what_is_signed_off_and_approved_is_published(draft: PolicyVersion, editor: User):
    done = published(editor, draft)

    assert (done.in_force_from, done.needed_from) == (in_days(0), in_days(28))
    assert shown_of(done.document) == done
    assert done.document.review_on == months_after(timezone.localdate(), 12)
    assert done.document.owner == editor
    decision = approval_of(done)
    assert decision
    assert decision.minute == "PC 42/26"
    assert Entry.objects.order_by("-sequence")[0].event == Event.POLICY_PUBLISHED


def test_only_whoever_keeps_policies_publishes(draft: PolicyVersion):
    for who in (UserFactory(), person(CorporateRole.HR)):
        with pytest.raises(NotAllowed):
            published(who, draft)


def test_somebody_who_was_asked_and_has_time_holds_it(draft: PolicyVersion, editor: User):
    late = asked(editor, draft)

    with pytest.raises(ValidationError, match="time left to answer"):
        published(editor, draft, went_on_because="We are in a hurry")
    signed(late)
    published(editor, draft)


def test_it_goes_on_without_whoever_is_late_for_a_reason_that_is_kept(
    draft: PolicyVersion, editor: User, clock: time_machine.Traveller
):
    late = asked(editor, draft, answer_by=in_days(1))
    clock.shift(2 * 86_400)

    with pytest.raises(ValidationError, match="Say why"):
        published(editor, draft)
    done = published(editor, draft, went_on_because="Legal had three weeks and two reminders.")

    assert done.went_on_because
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.reason == done.went_on_because
    assert entry.details["after"]["without"] == str(late)


def test_an_edit_takes_sign_offs_and_the_committees_approval_with_it(
    draft: PolicyVersion, editor: User
):
    changed = edited(editor, draft, f"{TEXT} And guests.")

    with pytest.raises(ValidationError) as refusal:
        published(editor, changed)
    assert len(refusal.value.messages) == 2


@pytest.mark.parametrize("kind", [PolicyKind.POLICY, PolicyKind.STRATEGY])
def test_without_a_committee_no_policy_and_no_strategy(editor: User, kind: PolicyKind):
    draft = drafted(editor, kind=kind)

    with pytest.raises(ValidationError, match="No committee has approved"):
        published(editor, draft)
    with pytest.raises(ValidationError, match="needs a committee"):
        decided(editor, draft, Verdict.NONE_NEEDED, note="It is short.")


def test_other_documents_say_why_none_is_needed(editor: User):
    draft = drafted(editor, kind=PolicyKind.GUIDELINES)

    with pytest.raises(ValidationError, match="or why none is needed"):
        published(editor, draft)
    with pytest.raises(ValidationError, match="Say why"):
        decided(editor, draft, Verdict.NONE_NEEDED)
    decided(editor, draft, Verdict.NONE_NEEDED, note="It only explains the policy.")
    published(editor, draft)


def test_a_refusal_after_an_approval_holds_it(draft: PolicyVersion, editor: User):
    decided(editor, draft, Verdict.NOT_APPROVED)

    with pytest.raises(ValidationError, match="No committee has approved"):
        published(editor, draft)


def test_approved_with_changes_is_an_approval_of_the_changed_words(editor: User):
    draft = edited(editor, drafted(editor), f"{TEXT} And guests.")
    decided(editor, draft, Verdict.APPROVED_WITH_CHANGES, note="Guests added.")

    assert approval_of(published(editor, draft))


def test_a_decision_of_tomorrow_or_of_other_words_is_not_kept(editor: User):
    draft = drafted(editor)
    with pytest.raises(ValidationError, match="today or in the past"):
        decided(editor, draft, decided_on=in_days(1))
    with pytest.raises(StaleDraft):
        decided(editor, draft, digest="0" * 64)
    with pytest.raises(ValidationError, match="reference of the minute"):
        decided(editor, draft, minute=" ")
    assert not CommitteeDecision.objects.exists()


def test_the_wording_that_was_on_the_page_is_published_or_none(draft: PolicyVersion, editor: User):
    with pytest.raises(StaleDraft):
        published(editor, draft, digest="0" * 64)


def test_it_is_in_force_from_today_at_the_earliest(draft: PolicyVersion, editor: User):
    with pytest.raises(ValidationError, match="today or later"):
        published(editor, draft, in_force_from=in_days(-1))
    with pytest.raises(ValidationError, match="before the policy is in force"):
        published(editor, draft, in_force_from=in_days(7), needed_from=in_days(6))
    published(editor, draft, in_force_from=in_days(7), needed_from=in_days(7))


def test_a_later_version_says_what_changed(draft: PolicyVersion, editor: User):
    document = published(editor, draft).document
    second = next_draft(editor, document, f"{TEXT} And guests.")
    decided(editor, second)

    with pytest.raises(ValidationError, match="what changed"):
        published(editor, second)
    published(editor, edited(editor, second, second.text, "Guests are in it."))


def test_nothing_without_a_text(editor: User):
    with pytest.raises(ValidationError, match="no text"):
        published(editor, drafted(editor, text=""))


def test_a_new_version_begins_with_the_words_in_force(draft: PolicyVersion, editor: User):
    document = published(editor, draft).document

    second = start_version(by=editor, document=document)

    assert (second.number, second.text) == (2, TEXT)
    with pytest.raises(ValidationError, match="draft already"):
        start_version(by=editor, document=document)


def test_what_is_published_stands_also_in_the_database(draft: PolicyVersion, editor: User):
    done = published(editor, draft)

    with pytest.raises(ValidationError, match="published meanwhile"):
        edited(editor, done, "Otherwise")
    for change in (
        lambda rows: rows.update(text="Otherwise"),
        lambda rows: rows.update(needed_from=in_days(400)),
        lambda rows: rows.update(published_at=None),
        lambda rows: rows._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change(PolicyVersion.objects.filter(pk=done.pk))
    assert PolicyVersion.objects.get(pk=done.pk).text == TEXT


def test_the_database_keeps_one_draft_and_no_decision_without_its_minute(editor: User):
    draft = drafted(editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.create(document=draft.document, number=2, text="Another")
    decision = decided(editor, draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeDecision.objects.filter(pk=decision.pk).update(minute="")


def test_earlier_acknowledgements_count_until_the_day_that_was_said(
    draft: PolicyVersion, editor: User, clock: time_machine.Traveller
):
    PolicyDocument.objects.update(needed_to_write=True)
    first = published(editor, draft, needed_from=in_days(0))
    account = AccountFactory()
    writer = drafter_of(account)
    acknowledge(by=writer, version=first)
    second = next_draft(editor, first.document, f"{TEXT} And guests.", "Guests are in it.")
    decided(editor, second)
    second = published(editor, second, needed_from=in_days(10))

    clock.shift(9 * 86_400)
    assert may(writer, Permission.WRITE_POST, on=account)
    clock.shift(86_400)
    assert not may(writer, Permission.WRITE_POST, on=account)
    acknowledge(by=writer, version=second)
    assert may(writer, Permission.WRITE_POST, on=account)


def test_a_review_without_a_change_moves_the_date(draft: PolicyVersion, editor: User):
    document = published(editor, draft).document
    owner = UserFactory()
    PolicyDocument.objects.filter(pk=document.pk).update(owner=owner)

    keep_unchanged(by=owner, document=document, note="No new guidance.", next_on=in_days(300))

    assert PolicyDocument.objects.get(pk=document.pk).review_on == in_days(300)
    assert Entry.objects.order_by("-sequence")[0].event == Event.POLICY_REVIEWED


def test_a_review_says_something_and_is_by_its_keeper(draft: PolicyVersion, editor: User):
    document = published(editor, draft).document
    given: dict[str, Any] = {"document": document, "note": "Read it.", "next_on": in_days(300)}

    with pytest.raises(NotAllowed):
        keep_unchanged(by=UserFactory(), **given)
    with pytest.raises(ValidationError, match="what you looked at"):
        keep_unchanged(by=editor, **{**given, "note": " "})
    with pytest.raises(ValidationError, match="after today"):
        keep_unchanged(by=editor, **{**given, "next_on": in_days(0)})
