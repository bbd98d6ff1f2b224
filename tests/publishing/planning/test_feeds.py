"""Calendar feeds: a secret address that shows what its person may see now, and nothing else."""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import AccountGrant
from audit.models import Entry
from council_social.logs import RENDERER, clean_text
from publishing.actions.feeds import AT_MOST, make_feed, revoke_feed
from publishing.models import CalendarFeed, Post, PostState
from publishing.planning import feeds
from publishing.planning.feeds import digest_of
from tests.factories import drafter_of
from tests.publishing.making import approved, drafted, in_hours, submitted

pytestmark = pytest.mark.django_db


def made(person, **fields):
    return make_feed(by=person, key=uuid.uuid4(), **{"name": "Outlook", **fields})


def read(client, secret):
    return client.get(reverse("calendar_feed", args=[secret]))


def entries(answer):
    return Calendar.from_ical(answer.content).walk("VEVENT")


@pytest.fixture
def scheduled(author, approver, account):
    return approved(
        author, approver, account, title="Bin day; with, signs\\", at=in_hours(30), text="Bins."
    )


def test_the_secret_is_shown_once_and_only_its_digest_is_kept(client, author):
    client.force_login(author)
    page = client.get(reverse("calendar_feeds"))
    key = page.context["form"].initial["key"]
    answer = client.post(reverse("calendar_feeds"), {"key": key, "name": "Outlook"})
    secret = answer.context["address"].rpartition("/")[2].removesuffix(".ics")
    assert len(secret) >= 40
    assert answer["Cache-Control"] == "no-store"
    feed = CalendarFeed.objects.get()
    assert feed.token_digest == digest_of(secret)
    assert secret not in client.get(reverse("calendar_feeds")).text
    assert Entry.objects.filter(event="plan.feed_made").count() == 1
    assert not any(secret in str(entry.details) for entry in Entry.objects.all())
    again = client.post(reverse("calendar_feeds"), {"key": key, "name": "Outlook"})
    assert again.context["address"] == answer.context["address"], "a second click"
    assert CalendarFeed.objects.count() == 1


def test_it_shows_titles_and_times_never_the_text_or_the_note(client, author, scheduled):
    feed, secret = made(author)
    answer = read(client, secret)
    (entry,) = entries(answer)
    assert entry["SUMMARY"] == "Bin day; with, signs\\ (scheduled)"
    assert entry["DTSTART"].dt == scheduled.publish_at
    assert entry["DTSTART"].dt.utcoffset() == timedelta(0)
    assert entry["UID"] == f"post-{scheduled.pk}@127.0.0.1"
    assert "Bins." not in answer.text
    assert answer["Cache-Control"] == "private, max-age=300"
    assert answer["Content-Type"].startswith("text/calendar")
    assert "Set-Cookie" not in answer
    feed.refresh_from_db()
    assert feed.read_at is not None


def test_a_post_that_moves_keeps_its_uid(client, author, scheduled):
    _, secret = made(author)
    before = entries(read(client, secret))[0]["UID"]
    Post.objects.update(due_at=in_hours(50), title="Another day")
    assert entries(read(client, secret))[0]["UID"] == before


def test_drafts_what_waits_and_what_is_far_off_are_not_in_it(client, author, approver, account):
    drafted(author, account)
    submitted(author, account, at=in_hours(5))
    far = approved(author, approver, account, at=in_hours(6))
    past = approved(author, approver, account, at=in_hours(7))
    Post.objects.filter(pk=far.pk).update(due_at=timezone.now() + timedelta(days=366))
    gone = {"due_at": timezone.now() - timedelta(days=91), "state": PostState.PUBLISHED}
    Post.objects.filter(pk=past.pk).update(**gone)
    _, secret = made(author)
    assert entries(read(client, secret)) == []


def test_a_feed_is_bounded_and_asks_few_questions(
    client, author, scheduled, monkeypatch, django_assert_max_num_queries
):
    _, secret = made(author)
    with django_assert_max_num_queries(12) as few:
        read(client, secret)
    for n in range(4):
        Post.objects.filter(pk=scheduled.pk)
        Post.objects.create(
            author=author, title=f"Post {n}", state=PostState.SCHEDULED,
            version=scheduled.version, due_at=in_hours(n + 1), publish_at=in_hours(n + 1),
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        assert len(entries(read(client, secret))) == 5
    monkeypatch.setattr(feeds, "MOST_AHEAD", 2)
    assert len(entries(read(client, secret))) == 2


def test_it_follows_the_rights_of_its_person(client, author, approver, account, page):
    reader = drafter_of(page)
    here = approved(author, approver, page, at=in_hours(3))
    approved(author, approver, account, at=in_hours(4))
    _, secret = made(reader)
    assert [each["UID"] for each in entries(read(client, secret))] == [f"post-{here.pk}@127.0.0.1"]
    AccountGrant.objects.filter(user=reader).delete()
    assert entries(read(client, secret)) == []


def test_a_feed_of_one_account_shows_that_one(client, author, approver, account, page):
    approved(author, approver, account, at=in_hours(3))
    here = approved(author, approver, page, at=in_hours(4))
    _, secret = made(author, account=page)
    assert [each["UID"] for each in entries(read(client, secret))] == [f"post-{here.pk}@127.0.0.1"]


def test_a_wrong_a_revoked_and_a_leavers_feed_are_alike_not_found(client, author, scheduled):
    feed, secret = made(author)
    wrong = read(client, "x" * 43)
    author.employed_until = timezone.localdate() - timedelta(days=1)
    author.save()
    left = read(client, secret)
    author.employed_until = None
    author.save()
    assert read(client, secret).status_code == 200
    revoke_feed(by=author, feed_id=feed.pk)
    revoked = read(client, secret)
    assert {answer.status_code for answer in (wrong, left, revoked)} == {404}
    assert wrong.content == left.content == revoked.content


def test_nobody_revokes_the_feed_of_another(client, author, approver):
    feed, _ = made(author)
    client.force_login(approver)
    address = reverse("calendar_feed_revoke", args=[feed.pk])
    assert client.post(address).status_code == 404
    client.force_login(author)
    assert client.post(address, follow=True).status_code == 200
    assert client.post(address, follow=True).status_code == 200
    assert Entry.objects.filter(event="plan.feed_revoked").count() == 1


def test_a_feed_is_not_read_all_the_time(client, author, monkeypatch):
    monkeypatch.setattr(feeds, "READS_AN_HOUR", 2)
    _, secret = made(author)
    assert [read(client, secret).status_code for _ in range(3)] == [200, 200, 429]


def test_one_has_only_so_many_feeds(client, author):
    for _ in range(AT_MOST):
        made(author)
    client.force_login(author)
    answer = client.post(reverse("calendar_feeds"), {"key": uuid.uuid4(), "name": "One more"})
    assert answer.status_code == 422
    assert "Revoke one" in answer.text


def test_no_log_line_holds_the_secret(client, author, caplog):
    _, secret = made(author)
    address = reverse("calendar_feed", args=[secret])
    assert secret not in clean_text(f"GET {address} 200")
    caplog.set_level(logging.DEBUG)
    client.get(address)
    client.get(reverse("calendar_feed", args=[secret + "x"]))
    assert caplog.records
    for line in caplog.records:
        event = line.msg if isinstance(line.msg, dict) else {"event": line.getMessage()}
        assert secret not in RENDERER(None, "info", dict(event))
