"""Putting a policy away: what holds it, what ends with it, what stays, and bringing it back."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from council_social.my_tasks.policies import to_answer
from council_social.my_tasks.tasks import tasks_for
from tests.factories import UserFactory, communications_officer, person
from tests.training.policies.drafting import (
    asked,
    decided,
    details,
    drafted,
    in_days,
    next_draft,
    published,
    self_of,
    signed,
)
from tests.visiting import as_person, text_of
from training.actions.acknowledgements import acknowledge
from training.actions.assigning import When, Whom, assign, end_assignment
from training.actions.policy_drafts import change_document, start_version
from training.actions.policy_publishing import keep_unchanged
from training.actions.policy_putting_away import bring_back, put_away
from training.actions.policy_rounds import go_round
from training.models import Assignment, Group, PolicyDocument, PolicyVersion
from training.policies.letters import mail_policy_letters
from training.standing import policies_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

WHY = "The media policy stands in its place."


@pytest.fixture
def editor() -> User:
    return communications_officer(name="Ed Itor")


@pytest.fixture
def in_force(editor: User) -> PolicyVersion:
    version = drafted(editor)
    decided(editor, version)
    return published(editor, version, needed_from=in_days(0))


@pytest.fixture
def document(in_force: PolicyVersion) -> PolicyDocument:
    return in_force.document


def at(name: str, document: PolicyDocument, *more: object) -> str:
    return reverse(name, args=[document.slug, *more])


def events(*names: Event) -> list[str]:
    found = Entry.objects.filter(event__in=names).order_by("sequence")
    return list(found.values_list("event", flat=True))


def letters_sent() -> int:
    mail.outbox.clear()
    go_round()
    mail_policy_letters()
    return len(mail.outbox)


def test_nobody_is_asked_for_what_is_put_away_and_the_trail_says_why(
    document: PolicyDocument, editor: User
):
    reader = UserFactory()
    assert document in [each.thing for each in policies_of(reader)]

    put_away(by=editor, document=document, reason=f"  {WHY} ")

    document.refresh_from_db()
    assert (document.archived_by, document.archived_because) == (editor, WHY)
    assert document not in [each.thing for each in policies_of(reader)]
    entry = Entry.objects.get(event=Event.POLICY_PUT_AWAY)
    assert (entry.actor_name, entry.reason) == ("Ed Itor", WHY)


def test_doing_either_twice_changes_nothing(document: PolicyDocument, editor: User):
    for _ in range(2):
        put_away(by=editor, document=document, reason=WHY)
    for _ in range(2):
        bring_back(by=editor, document=document)

    both = [Event.POLICY_PUT_AWAY, Event.POLICY_BROUGHT_BACK]
    assert events(*both) == both
    document.refresh_from_db()
    assert (document.archived_at, document.archived_by, document.archived_because) == (
        None,
        None,
        "",
    )


def test_a_reason_is_needed(document: PolicyDocument, editor: User):
    with pytest.raises(ValidationError, match="Say why"):
        put_away(by=editor, document=document, reason=" ")
    with pytest.raises(ValidationError, match="250"):
        put_away(by=editor, document=document, reason="x" * 251)


def test_what_posting_needs_is_not_put_away(document: PolicyDocument, editor: User):
    needed = details(needed_to_write=True)
    change_document(by=editor, document=document, details=needed, review_on=None)

    with pytest.raises(ValidationError, match="Posting needs this document"):
        put_away(by=editor, document=document, reason=WHY)

    change_document(by=editor, document=document, details=details(), review_on=None)
    assert put_away(by=editor, document=document, reason=WHY).archived_at


def test_what_is_assigned_is_not_put_away_until_that_is_ended(
    document: PolicyDocument, editor: User
):
    hr = person(CorporateRole.HR)
    asking = assign(by=hr, thing=document, whom=Whom(Group.EVERYBODY), when=When(days=28))

    with pytest.raises(ValidationError, match="It is assigned to: Everybody"):
        put_away(by=editor, document=document, reason=WHY)

    end_assignment(by=hr, assignment=asking)
    assert put_away(by=editor, document=document, reason=WHY).archived_at


def test_what_is_put_away_is_not_assigned(document: PolicyDocument, editor: User):
    put_away(by=editor, document=document, reason=WHY)
    with pytest.raises(ValidationError, match="was put away"):
        assign(
            by=person(CorporateRole.HR),
            thing=document,
            whom=Whom(Group.EVERYBODY),
            when=When(days=28),
        )
    assert not Assignment.objects.exists()


def test_its_consultation_ends_and_what_was_said_is_kept(document: PolicyDocument, editor: User):
    draft = next_draft(editor, document, "Be kinder.", "Kinder.")
    silent, spoke = asked(editor, draft, answer_by=in_days(2)), asked(editor, draft)
    signed(spoke)
    assert list(to_answer(self_of(silent)))

    put_away(by=editor, document=document, reason=WHY)

    assert not list(to_answer(self_of(silent)))
    assert letters_sent() == 0
    draft.refresh_from_db()
    assert draft.withdrawn_by == editor
    assert draft.consultees.count() == 2
    assert spoke.answers.count() == 1
    withdrawn = Entry.objects.get(event=Event.POLICY_DRAFT_WITHDRAWN)
    assert withdrawn.reason == WHY
    gone = as_person(self_of(silent)).get(at("policy_consultation", document))
    assert gone.status_code == 404


def test_reminders_of_its_review_stop_also_those_that_wait(
    document: PolicyDocument, editor: User, clock: time_machine.Traveller
):
    review_on = document.review_on
    assert review_on
    clock.shift((review_on - timezone.localdate()).days * 86400)
    go_round()  # The letter waits.
    assert "Policies to review" in [task.text for task in tasks_for(editor)]

    put_away(by=editor, document=document, reason=WHY)

    assert letters_sent() == 0
    assert "Policies to review" not in [task.text for task in tasks_for(editor)]


@pytest.mark.parametrize("name", ["change", "start", "review", "acknowledge"])
def test_nothing_is_done_with_what_is_put_away(
    name: str, in_force: PolicyVersion, document: PolicyDocument, editor: User
):
    put_away(by=editor, document=document, reason=WHY)
    doing: dict[str, Any] = {
        "change": lambda: change_document(
            by=editor, document=document, details=details("Another"), review_on=None
        ),
        "start": lambda: start_version(by=editor, document=document),
        "review": lambda: keep_unchanged(
            by=editor, document=document, note="Read it.", next_on=in_days(300)
        ),
        "acknowledge": lambda: acknowledge(by=UserFactory(), version=in_force),
    }
    with pytest.raises(ValidationError, match="put away"):
        doing[name]()


def test_whoever_keeps_no_policies_does_neither(document: PolicyDocument, editor: User):
    hr = person(CorporateRole.HR)
    with pytest.raises(NotAllowed):
        put_away(by=hr, document=document, reason=WHY)
    put_away(by=editor, document=document, reason=WHY)
    with pytest.raises(NotAllowed):
        bring_back(by=hr, document=document)


def test_the_database_wants_to_know_who_and_why(document: PolicyDocument, editor: User):
    rows = PolicyDocument.objects.filter(pk=document.pk)
    now = timezone.now()
    for wrong in (
        {"archived_at": now},
        {"archived_at": now, "archived_by": editor},
        {"archived_because": WHY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_the_page_before_says_what_follows(document: PolicyDocument, editor: User):
    acknowledge(by=UserFactory(), version=document.versions.get())
    draft = next_draft(editor, document, "Be kinder.", "Kinder.")
    asked(editor, draft)

    text = text_of(as_person(editor).get(at("policy_put_away", document)))

    assert "the draft of version 2 is withdrawn, and the 1 person consulted" in text
    assert "what 1 person acknowledged stays on record" in text
    assert "nobody is reminded to review it by 10 March 2027" in text


def test_the_page_before_says_what_has_to_end_first(document: PolicyDocument, editor: User):
    Assignment.objects.create(policy=document, group=Group.EVERYBODY, due_days=28)
    client = as_person(editor)

    page = client.get(at("policy_put_away", document))
    refused = client.post(at("policy_put_away", document), {"reason": WHY})

    assert "It is assigned to: Everybody. End that assignment first." in text_of(page)
    assert b"<textarea" not in page.content
    assert refused.status_code == 422
    document.refresh_from_db()
    assert document.archived_at is None


def test_it_is_on_the_list_under_put_away_and_stays_readable(
    document: PolicyDocument, editor: User
):
    reader = UserFactory()
    acknowledge(by=reader, version=document.versions.get())
    client = as_person(editor)
    client.post(at("policy_put_away", document), {"reason": WHY})

    listed = text_of(as_person(reader).get(reverse("policies")))
    page = as_person(reader).get(at("policy", document))
    version = as_person(reader).get(at("policy_version", document, 1))
    paper = as_person(reader).get(at("policy_print", document, 1))
    shares = as_person(person(CorporateRole.HR)).get(at("policy_acknowledged", document))

    assert listed.index("Document Kind Put away Why") < listed.index("Photographs policy")
    assert WHY in listed
    assert "Ed Itor put it away on 10 March 2026." in text_of(page)
    assert "You acknowledged it on 10 March 2026." in text_of(page)
    assert b'name="read"' not in page.content
    assert "This document is put away" in text_of(version)
    assert "This document is put away, since 10 March 2026." in text_of(paper)
    assert "people have acknowledged it." in text_of(shares)


def test_it_is_brought_back_on_its_page(document: PolicyDocument, editor: User):
    put_away(by=editor, document=document, reason=WHY)
    client = as_person(editor)

    assert "Bring back" in text_of(client.get(at("policy", document)))
    done = client.post(at("policy_bring_back", document), follow=True)

    assert "Photographs policy is back." in text_of(done)
    assert document in [each.thing for each in policies_of(UserFactory())]


def test_a_draft_that_was_never_published_is_seen_by_its_keepers_only(editor: User):
    document = drafted(editor).document
    put_away(by=editor, document=document, reason=WHY)

    assert WHY in text_of(as_person(editor).get(at("policy", document)))
    assert as_person(UserFactory()).get(at("policy", document)).status_code == 404
