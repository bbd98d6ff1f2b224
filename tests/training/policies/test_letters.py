"""Letters about drafts and reviews: to whom, when, and each once."""

from __future__ import annotations

import pytest
import time_machine
from django.core import mail

from accounts.models import User
from council_social.my_tasks.policies import to_answer
from council_social.my_tasks.tasks import tasks_for
from tests.factories import UserFactory, communications_officer
from tests.training.policies.drafting import (
    TEXT,
    asked,
    decided,
    drafted,
    edited,
    in_days,
    published,
    self_of,
    signed,
)
from training.actions.policy_rounds import go_round
from training.models import PolicyDocument, PolicyVersion
from training.policies.letters import mail_policy_letters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def editor() -> User:
    return communications_officer(name="Ed Itor")


@pytest.fixture
def draft(editor: User) -> PolicyVersion:
    return drafted(editor)


def letters() -> list[tuple[str, str]]:
    """To whom and about what, since this was asked last; the round goes twice."""
    mail.outbox.clear()
    for _ in range(2):
        go_round()
        mail_policy_letters()
    return [(letter.to[0], letter.subject.partition(": ")[2]) for letter in mail.outbox]


def test_whoever_is_asked_gets_a_letter_and_a_task(draft: PolicyVersion, editor: User):
    someone = self_of(asked(editor, draft))

    assert letters() == [(someone.email, "please answer by 24 March 2026")]
    assert "/policies/photographs-policy/consultation/" in mail.outbox[0].body
    assert [task.text for task in to_answer(someone)] == [
        "Say what you think of “Photographs policy”"
    ]


def test_reminders_come_before_the_day_and_once_it_is_over(
    draft: PolicyVersion, editor: User, clock: time_machine.Traveller
):
    someone = self_of(asked(editor, draft, answer_by=in_days(10)))
    letters()
    found = []
    for _ in range(14):
        clock.shift(86_400)
        found.append(len(letters()))

    # Three days before; and the day after, also to whoever asked.
    assert found == [0] * 6 + [1] + [0] * 3 + [2] + [0] * 3
    assert [task.urgent for task in to_answer(someone)] == [True]


def test_whoever_has_answered_is_left_alone_until_the_words_are_others(
    draft: PolicyVersion, editor: User, clock: time_machine.Traveller
):
    consultee = asked(editor, draft, answer_by=in_days(3))
    letters()
    signed(consultee)
    clock.shift(86_400)
    assert letters() == []
    assert list(to_answer(self_of(consultee))) == []

    edited(editor, draft, f"{TEXT} And guests.")

    assert len(list(to_answer(self_of(consultee)))) == 1


def test_nobody_writes_to_somebody_outside_but_whoever_asked_is_told(
    draft: PolicyVersion, editor: User, clock: time_machine.Traveller
):
    asked(editor, draft, name="Pat Reed", answer_by=in_days(1))
    assert letters() == []
    clock.shift(2 * 86_400)

    assert letters() == [(editor.email, "Pat Reed has not answered")]


def test_a_letter_of_what_is_settled_meanwhile_is_not_sent(draft: PolicyVersion, editor: User):
    consultee = asked(editor, draft)
    signed(consultee)

    assert letters() == []


def test_a_review_is_announced_thirty_and_seven_days_ahead_and_when_it_is_over(
    draft: PolicyVersion, editor: User, clock: time_machine.Traveller
):
    decided(editor, draft)
    published(editor, draft)
    owner = UserFactory()
    PolicyDocument.objects.filter(pk=draft.document_id).update(owner=owner, review_on=in_days(40))
    found = {}
    for day in range(1, 50):
        clock.shift(86_400)
        if sent := letters():
            found[day] = sent

    assert found == {
        10: [(owner.email, "to be reviewed by 19 April 2026")],
        33: [(owner.email, "to be reviewed by 19 April 2026")],
        41: [(owner.email, "the review was due by 19 April 2026")],
    }
    for person, urgent in ((owner, [True]), (editor, [True]), (UserFactory(), [])):
        tasks = [task for task in tasks_for(person) if task.text == "Policies to review"]
        assert [task.urgent for task in tasks] == urgent


def test_without_an_owner_whoever_keeps_policies_is_told(draft: PolicyVersion, editor: User):
    decided(editor, draft)
    published(editor, draft)
    PolicyDocument.objects.filter(pk=draft.document_id).update(owner=None, review_on=in_days(5))

    assert letters() == [(editor.email, "to be reviewed by 15 March 2026")]
