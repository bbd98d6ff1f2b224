"""Talking about a post: who may, who is asked to look, and that each is asked once."""

from __future__ import annotations

import uuid
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from council_social.my_tasks.tasks import tasks_for
from publishing.actions.commenting import comment, mail_mentions
from publishing.digest import digest_of
from publishing.errors import NotAllowed, Refused
from publishing.models import Comment, CommentMention, PostState
from tests.factories import UserFactory, communications_officer
from tests.publishing.making import decided, fresh, in_hours, newest, submitted

pytestmark = pytest.mark.django_db


def say(post: Any, by: User, text: str = "Which library?", **fields: Any) -> Comment:
    return comment(post_id=post.pk, by=by, **{"text": text, "key": uuid.uuid4(), **fields})


def asked(said: Comment) -> list[str]:
    return sorted(mention.person.name for mention in said.mentions.all())


@pytest.fixture
def post(author, account):
    return submitted(author, account, at=in_hours(5))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Ana Lewis, is this right?", ["Ana Lewis"]),
        ("Ask @ana lewis.", ["Ana Lewis"]),
        ("@Ana Lewis and @Tom Okafor", ["Ana Lewis", "Tom Okafor"]),
        ("@Ana\nLewis", ["Ana Lewis"]),
        ("@Ana Lewisham", []),
        ("ana@Ana Lewis", []),
        ("@wmlibraries and @", []),
        ("@Sam Staff", []),  # may not see the post
        ("@Priya Shah says so herself", []),  # it is her own
    ],
)
def test_whoever_is_named_after_an_at_is_asked(text, named, post, author, officer, approver):
    UserFactory(name="Sam Staff")
    assert asked(say(post, author, text)) == named


def test_of_two_names_the_longer_is_meant_and_of_two_people_with_one_both(post, author):
    for name in ("Jo Lee", "Jo Lee Smith", "Jo Lee Smith"):
        communications_officer(name=name)
    assert asked(say(post, author, "@Jo Lee Smith?")) == ["Jo Lee Smith"] * 2
    assert asked(say(post, author, "@Jo Lee?")) == ["Jo Lee"]


def test_somebody_can_be_chosen_instead_and_only_who_may_see_it(post, author, approver):
    assert asked(say(post, author, asked=approver)) == ["Tom Okafor"]
    with pytest.raises(Refused):
        say(post, author, asked=UserFactory())


def test_only_whoever_may_see_the_post_says_something(post):
    with pytest.raises(NotAllowed):
        say(post, UserFactory())
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
def test_it_says_something_and_not_too_much(text, post, author):
    with pytest.raises(Refused):
        say(post, author, text)


def test_a_second_click_says_it_once_and_another_s_form_nothing(post, author, approver):
    key = uuid.uuid4()
    said = say(post, author, "@Tom Okafor?", key=key)
    assert say(post, author, "@Tom Okafor?", key=key) == said
    assert (Comment.objects.count(), CommentMention.objects.count()) == (1, 1)
    assert Entry.objects.filter(event="post.commented").count() == 1
    with pytest.raises(Refused):
        say(post, approver, key=key)


def test_it_is_no_part_of_the_version_and_voids_no_approval(post, author, approver):
    decided(post, approver)
    before = newest(post).digest
    say(post, author)
    assert fresh(post).state == PostState.SCHEDULED
    assert digest_of(newest(post)) == before


def test_a_task_waits_until_the_post_was_opened(client, post, author, approver):
    say(post, author, "@Tom Okafor?")
    words = f"Priya Shah asks you to look at “{post}”"
    assert words in [task.text for task in tasks_for(approver)]
    assert words not in [task.text for task in tasks_for(author)]
    client.force_login(approver)
    assert (
        "Priya Shah commented on this post, for Tom Okafor"
        in client.get(reverse("post", args=[post.pk])).text
    )
    assert words not in [task.text for task in tasks_for(approver)]


def test_one_letter_is_sent_and_none_to_whoever_looked_already(post, author, approver, officer):
    say(post, author, "@Tom Okafor and @Ana Lewis")
    CommentMention.objects.filter(person=officer).update(seen_at=post.changed_at)
    mail_mentions()
    mail_mentions()
    assert [letter.to for letter in mail.outbox] == [[approver.email]]
    assert "Priya Shah asks you to look" in mail.outbox[0].subject
    assert reverse("post", args=[post.pk]) in mail.outbox[0].body


def test_a_letter_that_was_not_taken_is_tried_again(post, author, approver, monkeypatch):
    say(post, author, "@Tom Okafor")

    def refuse(letter: EmailMessage) -> None:
        raise SMTPException

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        mail_mentions()
    mail_mentions()
    assert len(mail.outbox) == 1


def test_the_form_on_the_post_and_what_is_wrong_with_it(as_author, post):
    address = reverse("post_comment", args=[post.pk])
    assert "Add comment" in as_author.get(reverse("post", args=[post.pk])).text
    typed = {"key": str(uuid.uuid4()), "text": "Which library?", "asked": ""}
    for fields, words in (
        ({"text": ""}, "Write a comment"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"key": "x"}, "Enter a valid UUID"),
        ({"asked": "9" * 30}, "Ask somebody to look"),
    ):
        answer = as_author.post(address, {**typed, **fields})
        assert (answer.status_code, words in answer.text) == (422, True), fields
    assert as_author.post(address, typed).status_code == 302
    assert "Which library?" in as_author.get(reverse("post", args=[post.pk])).text


def test_whoever_comments_is_told_who_is_asked(as_author, post, approver):
    def said(text: str) -> str:
        given = {"text": text, "key": str(uuid.uuid4())}
        return as_author.post(reverse("post_comment", args=[post.pk]), given, follow=True).text

    assert f"Asked to look: {approver.name}." in said(f"@{approver.name} the right day?")
    assert "Nobody is asked to look." in said("@Nobody Knows the right day?")
