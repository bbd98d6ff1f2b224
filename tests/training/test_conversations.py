"""Conversations about conduct: who reads them, who adds to them, and that nothing is changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from council_social.my_tasks.tasks import tasks_for
from tests.factories import (
    UserFactory,
    communications_officer,
    digital_officer,
    person,
)
from tests.visiting import as_person, text_of
from training.actions.conversations import (
    comment_on,
    correct,
    follow_up,
    record_conversation,
)
from training.models import About, Conversation

pytestmark = pytest.mark.django_db
SAID = "Kelly and Reg talked about a post that named a resident"


@pytest.fixture
def kelly() -> User:
    return UserFactory(name="Kelly Adams")


@pytest.fixture
def reg(kelly: User) -> User:
    return UserFactory(name="Reg Cole", manager=kelly)


@pytest.fixture
def hr() -> User:
    return person(CorporateRole.HR)


def recorded(by: User, about_whom: User, **more: Any) -> Conversation:
    facts = {"held_on": timezone.localdate(), "about": About.CONDUCT_ONLINE, "said": SAID, **more}
    return record_conversation(by=by, person=about_whom, **facts)


def status(reader: User, found: Conversation) -> int:
    return as_person(reader).get(reverse("conversation", args=[found.pk])).status_code


def test_a_manager_records_one_and_the_person_reads_it(kelly: User, reg: User) -> None:
    address = reverse("conversation_new", args=[reg.pk])
    typed = {
        "held_on": f"{timezone.localdate():%d/%m/%Y}",
        "about": "conduct_online",
        "said": SAID,
        "agreed": "No names.",
        "follow_up_on": "",
    }

    answer = as_person(kelly).post(address, typed)

    assert answer.headers["Location"] == reverse("conversations_of", args=[reg.pk])
    found = Conversation.objects.get()
    page = text_of(as_person(reg).get(reverse("conversation", args=[found.pk])))
    assert SAID in page
    assert "Add your comment" in page
    assert "Add a correction" not in page


@pytest.mark.slow
def test_nobody_but_hr_the_manager_and_the_person_finds_it(
    kelly: User, reg: User, hr: User
) -> None:
    found = recorded(kelly, reg)
    others = [
        UserFactory(),
        UserFactory(manager=kelly),
        digital_officer(),
        communications_officer(),
        *(person(role) for role in CorporateRole if role not in (
            CorporateRole.HR, CorporateRole.MEMBER_OF_STAFF
        )),
    ]  # fmt: skip

    assert [status(reader, found) for reader in (kelly, reg, hr)] == [200, 200, 200]
    assert {status(reader, found) for reader in others} == {404}
    for reader in others:
        for name in ("comment", "correct", "follow_up"):
            address = reverse(f"conversation_{name}", args=[found.pk])
            assert as_person(reader).post(address, {"text": "x"}).status_code == 404
        listed = as_person(reader).get(reverse("conversations_of", args=[reg.pk]))
        assert listed.status_code in (403, 404)
    assert not found.additions.exists()


def test_it_goes_with_the_team_not_with_the_writer(kelly: User, reg: User) -> None:
    found, new = recorded(kelly, reg), UserFactory()
    User.objects.filter(pk=reg.pk).update(manager=new)

    assert status(kelly, found) == 404
    assert status(new, found) == 200


def test_a_manager_who_left_reads_nothing(kelly: User, reg: User) -> None:
    found = recorded(kelly, reg)
    User.objects.filter(pk=kelly.pk).update(employed_until=date(2020, 1, 1))
    kelly.refresh_from_db()

    assert not Conversation.objects.visible_to(kelly).exists()
    assert Conversation.objects.visible_to(reg).get() == found


def test_each_reading_but_the_writers_is_in_the_trail_and_no_word_of_it(
    kelly: User, reg: User, hr: User
) -> None:
    found = recorded(kelly, reg, agreed="A secret plan")
    comment_on(by=reg, conversation=found, text="A secret answer")
    correct(by=hr, conversation=found, text="A secret correction")
    for reader in (kelly, reg, hr, hr):
        status(reader, found)

    read = Entry.objects.filter(event=Event.RESTRICTED_VIEWED).order_by("sequence")
    assert [entry.actor_name for entry in read] == [reg.name, hr.name, hr.name]
    for entry in Entry.objects.filter(subject_type="training.conversation"):
        told = f"{entry.details} {entry.reason} {entry.subject_name}"
        assert "secret" not in told
        assert SAID not in told
        assert reg.name not in told


def test_lists_do_not_show_what_was_said(kelly: User, reg: User) -> None:
    recorded(kelly, reg, agreed="A secret plan")

    page = text_of(as_person(kelly).get(reverse("conversations_of", args=[reg.pk])))

    assert "Conduct online" in page
    assert SAID not in page
    assert not Entry.objects.filter(event=Event.RESTRICTED_VIEWED).exists()


def test_the_person_comments_once_and_nobody_comments_for_them(kelly: User, reg: User) -> None:
    found = recorded(kelly, reg)

    comment_on(by=reg, conversation=found, text="I see it differently.")

    for somebody in (kelly, reg):
        with pytest.raises(ValidationError):
            comment_on(by=somebody, conversation=found, text="Again")
    refused = as_person(reg).post(
        reverse("conversation_comment", args=[found.pk]), {"text": "Again"}
    )
    assert refused.status_code == 422
    assert "You have commented already" in text_of(refused)
    assert found.additions.get().text == "I see it differently."


def test_the_person_neither_corrects_nor_follows_up(kelly: User, reg: User) -> None:
    found = recorded(kelly, reg, follow_up_on=timezone.localdate())
    for act in (correct, follow_up):
        with pytest.raises(NotAllowed):
            act(by=reg, conversation=found, text="It never happened")


def test_hr_neither_records_nor_corrects_a_conversation_with_themselves(hr: User) -> None:
    colleague = person(CorporateRole.HR)
    found = recorded(colleague, hr, follow_up_on=timezone.localdate())
    with pytest.raises(ValidationError):
        recorded(hr, hr)
    for act in (correct, follow_up):
        with pytest.raises(ValidationError):
            act(by=hr, conversation=found, text="It never happened")


def test_nobody_else_records_one(kelly: User, reg: User) -> None:
    for somebody in (reg, UserFactory(), digital_officer(), person(CorporateRole.AUDITOR)):
        with pytest.raises(NotAllowed):
            recorded(somebody, reg)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"held_on": "01/01/2150"}, "today or in the past"),
        ({"about": ""}, "Choose what it was about."),
        ({"said": ""}, "Enter what was said."),
        ({"follow_up_on": "01/01/2020"}, "Enter a day after the conversation."),
    ],
)
def test_a_bad_record_says_what_to_do_and_keeps_what_was_typed(
    kelly: User, reg: User, changed: dict[str, str], said: str
) -> None:
    typed = {
        "held_on": f"{timezone.localdate():%d/%m/%Y}",
        "about": "other",
        "said": SAID,
        "agreed": "A long text that took a while",
        **changed,
    }

    answer = as_person(kelly).post(reverse("conversation_new", args=[reg.pk]), typed)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "A long text that took a while" in answer.content.decode()
    assert not Conversation.objects.exists()


def test_the_database_refuses_any_change(kelly: User, reg: User) -> None:
    found = recorded(kelly, reg)
    added = correct(by=kelly, conversation=found, text="It was a Tuesday")
    for change in (
        lambda: Conversation.objects.update(said="Nothing"),
        lambda: found.additions.update(text="Nothing"),
        added.delete,
        lambda: Conversation.objects.filter(pk=found.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    found.refresh_from_db()
    assert found.said == SAID


def test_a_follow_up_is_a_task_from_its_day_on_until_somebody_did_it(
    kelly: User, reg: User
) -> None:
    today = timezone.localdate()
    found = recorded(kelly, reg, follow_up_on=today)
    recorded(kelly, reg, follow_up_on=today + timedelta(days=1))
    recorded(kelly, reg)

    def waiting(user: User) -> list[Any]:
        return [each.count for each in tasks_for(user) if each.text == "Conversations to follow up"]

    assert waiting(kelly) == [1]
    assert waiting(reg) == []
    assert "To follow up" in text_of(as_person(kelly).get(reverse("my_conversations")))
    follow_up(by=kelly, conversation=found, text="It went well")
    assert waiting(kelly) == []
    with pytest.raises(ValidationError, match="already"):
        follow_up(by=kelly, conversation=found, text="Again")


def test_the_lists_ask_the_same_number_of_queries_for_any_number(kelly: User, reg: User) -> None:
    client, counts = as_person(kelly), []
    for many in (2, 12):
        for _ in range(many):
            recorded(kelly, reg, follow_up_on=timezone.localdate())
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("conversations_of", args=[reg.pk]))
            client.get(reverse("my_conversations"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_manager_goes_to_the_conversations_of_their_team_only(kelly: User, reg: User) -> None:
    stranger = UserFactory()
    client = as_person(kelly)

    there = client.get(reverse("my_conversations"), {"person": reg.pk})
    assert there.headers["Location"] == reverse("conversations_of", args=[reg.pk])
    assert client.get(reverse("my_conversations"), {"person": stranger.pk}).status_code == 422
    assert client.get(reverse("conversation_new", args=[stranger.pk])).status_code == 404
