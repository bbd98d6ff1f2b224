"""Reminders, escalation and back to the author: each once, to those who can do something."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.permissions import CorporateRole
from audit.models import Entry
from publishing.actions.absences import end_absence, enter_absence
from publishing.actions.nudging import nudge
from publishing.listing.rows import rows_of, with_account_ids
from publishing.models import Nudge, Post, PostState, Stage
from tests.factories import approver_of, person
from tests.publishing.making import decided, fresh, in_hours, newest, submitted
from tests.publishing.routes.making import away, route
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db
HOUR = 3600


def test_who_may_decide_is_reminded_once(clock, author, approver, officer, account) -> None:
    post = submitted(author, account, at=in_hours(100))
    clock.shift(4 * HOUR - 60)
    nudge()
    assert not mail.outbox

    clock.shift(60)
    nudge()
    nudge()

    assert [sorted(letter.to) for letter in mail.outbox] == [
        sorted([approver.email, officer.email])
    ]
    assert f"/posts/{post.pk}/" in mail.outbox[0].body
    assert Entry.objects.filter(event="post.reminded").count() == 1
    assert "Reminded 0 minutes ago" in text_of(as_person(officer).get(f"/posts/{post.pk}/"))


def test_the_list_says_when_somebody_was_reminded_and_asks_no_more_for_many(
    clock, author, approver, officer, account, django_assert_num_queries
) -> None:
    submitted(author, account, at=in_hours(100))
    clock.shift(4 * HOUR)
    waiting = list(Post.objects.select_related("version"))
    assert rows_of(waiting, reader=officer)[0].nudged is None
    nudge()
    shown = text_of(as_person(officer).get("/posts/?tab=waiting"))
    assert "Reminded on" in shown
    for text in ("The pool is shut today.", "Bins go out on Monday this week."):
        submitted(author, account, at=in_hours(120), text=text)
    clock.shift(4 * HOUR)
    nudge()
    posts = list(with_account_ids(Post.objects.select_related("version")))
    with django_assert_num_queries(3):
        rows = rows_of(posts, reader=officer)
    assert [row.nudged.what for row in rows if row.nudged] == ["Reminded"] * 3


def test_the_list_names_to_whom_it_was_escalated(clock, author, approver, account) -> None:
    chief = person(CorporateRole.COMMUNICATIONS_OFFICER, name="Chief Officer")
    route(Stage.APPROVAL, escalate_after_h=1, escalate_to=chief)
    submitted(author, account, at=in_hours(100))
    clock.shift(HOUR)
    nudge()
    [row] = rows_of(list(Post.objects.select_related("version")), reader=approver)
    assert row.nudged is not None
    assert row.nudged.what == "Escalated to Chief Officer"


def test_each_stage_has_its_own_reminder(clock, author, approver, officer, account) -> None:
    route(Stage.SECOND_CHECK, remind_after_h=1)
    post = submitted(author, account, at=in_hours(100))
    clock.shift(HOUR)
    nudge()
    decided(post, approver)
    nudge()
    assert len(mail.outbox) == 1

    clock.shift(HOUR)
    nudge()

    assert mail.outbox[1].to == [officer.email]
    assert "a second check" in mail.outbox[1].body


def test_what_the_mail_server_refused_is_sent_later(
    clock, author, approver, account, monkeypatch
) -> None:
    submitted(author, account, at=in_hours(100))
    clock.shift(4 * HOUR)

    def refuse(letter: EmailMessage) -> int:
        raise OSError("No mail today")

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", refuse)
        nudge()
    assert Nudge.objects.get().mailed_at is None
    nudge()
    nudge()

    assert len(mail.outbox) == 1


def test_it_is_escalated_to_whom_the_route_names(clock, author, approver, account) -> None:
    head = person(name="Hal Head")
    route(Stage.SECOND_CHECK, remind_after_h=50, escalate_after_h=2, escalate_to=head)
    post = submitted(author, account, at=in_hours(100))
    clock.shift(2 * HOUR)

    nudge()

    assert [letter.to for letter in mail.outbox] == [[head.email]]
    page = text_of(as_person(approver).get(f"/posts/{post.pk}/"))
    assert "Escalated to Hal Head" in page


def test_what_nobody_decided_about_goes_back_to_its_author(
    clock, author, approver, account
) -> None:
    route(Stage.SECOND_CHECK, expire_after_h=8)
    post = decided(submitted(author, account, at=in_hours(100)), approver)
    clock.shift(8 * HOUR)

    nudge()
    nudge()

    assert fresh(post).state == PostState.DRAFT
    assert [letter.to for letter in mail.outbox] == [[author.email]]
    entry = Entry.objects.get(event="post.sent_back_undecided")
    assert entry.reason == "Nobody decided about it in time."


def test_nobody_is_told_of_what_was_decided_meanwhile(clock, author, approver, account) -> None:
    post = submitted(author, account, at=in_hours(100))
    clock.shift(4 * HOUR)
    decided(post, approver)

    nudge()

    assert not mail.outbox
    assert not newest(post).nudges.exists()


def test_the_reminders_of_whoever_is_away_go_to_the_cover(clock, author, approver, account) -> None:
    cover = approver_of(account)
    route((Stage.APPROVAL, [approver]))
    submitted(author, account, at=in_hours(100))
    away(approver, cover)
    clock.shift(4 * HOUR)

    nudge()

    assert [letter.to for letter in mail.outbox] == [[cover.email]]


def test_one_enters_one_s_own_absence_and_those_who_keep_routes_others(
    author, approver, officer
) -> None:
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today}
    absence = enter_absence(by=approver, person=approver, cover=officer, **days)

    with pytest.raises(ValidationError, match="some of these days"):
        enter_absence(by=approver, person=approver, cover=None, **days)
    with pytest.raises(ValidationError):
        enter_absence(by=author, person=author, cover=author, **days)
    with pytest.raises(NotAllowed):
        enter_absence(by=approver, person=author, cover=None, **days)
    with pytest.raises(NotAllowed):
        end_absence(by=author, absence=absence)
    end_absence(by=officer, absence=absence)
    end_absence(by=officer, absence=absence)
    enter_absence(by=officer, person=approver, cover=None, **days)

    events = Entry.objects.filter(event__startswith="rule.absence").order_by("sequence")
    assert list(events.values_list("event", flat=True)) == [
        "rule.absence_entered",
        "rule.absence_ended",
        "rule.absence_entered",
    ]
