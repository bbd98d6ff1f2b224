"""What repeats is made day by day: a post each, checked, approved by others, never in advance."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AccountGrant, AccountState, SocialAccount, User
from accounts.permissions import CorporateRole
from audit.models import Entry
from publishing.actions import occurrences
from publishing.actions.deciding import approve
from publishing.actions.occurrences import hold, make_all_due, make_due
from publishing.actions.repeating import begin, end, pause, resume, take_over
from publishing.actions.scheduling import miss_overdue
from publishing.errors import Conflict, NotAllowed, OwnWork, Refused
from publishing.handing_on import repeating_posts
from publishing.models import (
    Approval,
    Campaign,
    Delivery,
    ElectionPeriod,
    MediaFile,
    Nation,
    PollKind,
    Post,
    PostState,
    Series,
    SeriesState,
    Stage,
)
from publishing.repeating.telling import tell_of_held
from publishing.routes import awaited
from publishing.tasks import make_occurrences
from tests.factories import UserFactory, approver_of, drafter_of, person
from tests.publishing.making import decided, drafted, fresh, newest, sent, submitted, with_picture
from tests.publishing.repeating.beginning import BINS, days, made, repeating, rhythm

pytestmark = pytest.mark.django_db

MONDAYS = [date(2026, 11, 9), date(2026, 11, 16)]


@pytest.fixture(autouse=True)
def november():
    """Monday 2 November 2026, nine o'clock."""
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def bins(author: User, account: SocialAccount) -> Series:
    return repeating(drafted(author, account, text=BINS, title="Brown bins"), author)


def test_each_day_within_a_fortnight_is_a_post_of_its_own_that_awaits_approval(bins, author):
    posts = made(bins)
    assert days(posts) == MONDAYS
    assert {post.state for post in posts} == {PostState.AWAITING_APPROVAL}
    assert {post.author for post in posts} == {author}
    assert [post.publish_at for post in posts] == [
        datetime(2026, 11, day, 9, tzinfo=UTC) for day in (9, 16)
    ]
    assert not Approval.objects.exists()
    assert not Delivery.objects.exists()
    events = list(Entry.objects.filter(subject_id=str(posts[0].pk)).values_list("event", flat=True))
    assert events == [
        "post.drafted", "post.occurrence_made", "post.version_made", "post.submitted",
    ]  # fmt: skip


def test_making_again_makes_nothing_and_time_brings_the_next(bins, november):
    made(bins)
    assert make_due(bins.pk) == 0
    november.move_to(datetime(2026, 11, 9, 6, tzinfo=UTC))
    make_occurrences()
    make_occurrences()
    assert days(made(bins)) == [*MONDAYS, date(2026, 11, 23)]


def test_the_database_refuses_a_second_post_for_a_day(bins):
    one, other = made(bins)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=other.pk).update(occurs_on=one.occurs_on)


def test_each_is_approved_on_its_own_by_somebody_else(bins, author, approver):
    one, other = made(bins)
    decided(one, approver)
    assert (fresh(one).state, fresh(other).state) == (
        PostState.SCHEDULED, PostState.AWAITING_APPROVAL,
    )  # fmt: skip
    version = newest(other)
    with pytest.raises(NotAllowed):
        approve(version_id=version.pk, digest=version.digest, by=author)


def test_whoever_changed_it_last_approves_none_of_its_posts(author, account):
    both = approver_of(account, name="Bo Both")
    AccountGrant.objects.create(user=both, account=account, role="drafter")
    series = repeating(drafted(author, account, text=BINS), author)
    Series.objects.update(edited_by=both)
    (post, _) = made(series)
    version = newest(post)
    assert version.edited_by == both
    with pytest.raises(OwnWork):
        approve(version_id=version.pk, digest=version.digest, by=User.objects.get(pk=both.pk))


def test_one_that_nobody_approved_in_time_misses_its_slot(bins, november):
    post, _ = made(bins)
    november.move_to(datetime(2026, 11, 9, 9, 1, tzinfo=UTC))
    miss_overdue(timezone.now())
    assert fresh(post).state == PostState.MISSED_SLOT


def test_a_day_whose_time_has_passed_is_not_made_up_for(bins, november):
    november.move_to(datetime(2026, 11, 16, 9, tzinfo=UTC))
    assert days(made(bins)) == [date(2026, 11, 23), date(2026, 11, 30)]


def test_a_worker_that_looked_before_another_made_a_day_makes_nothing(bins, monkeypatch):
    monkeypatch.setattr(occurrences, "_due", lambda pk, off: MONDAYS)
    assert [make_due(bins.pk), make_due(bins.pk)] == [2, 0]
    assert Entry.objects.filter(event="post.occurrence_made").count() == 2


def test_what_a_check_finds_leaves_a_draft_and_says_so(author, account):
    series = repeating(drafted(author, account, text=BINS), author)
    Series.objects.update(content={**series.content, "text": "x" * 400})
    post, _ = made(series)
    assert post.state == PostState.DRAFT
    assert "Shorten the text" in Series.objects.get().trouble
    assert Series.objects.get().state == SeriesState.ACTIVE
    assert Entry.objects.filter(event="post.occurrence_not_sent").count() == 2


def test_what_was_answered_once_is_answered_in_the_next(author, account):
    shouted = "THE BROWN BINS ARE EMPTIED THIS WEEK SO PUT YOURS OUT BY SEVEN PLEASE"
    post = submitted(author, account, text=shouted)
    kept = fresh(post).draft.answers
    assert kept, "the example needs a finding that is answered"
    series = repeating(post, author)
    assert {each.state for each in made(series)} == {PostState.AWAITING_APPROVAL}
    assert fresh(post).state == PostState.AWAITING_APPROVAL, "it stays as it is"


def test_what_somebody_else_answered_is_not_said_in_the_authors_name(author, account):
    shouted = "THE BROWN BINS ARE EMPTIED THIS WEEK SO PUT YOURS OUT BY SEVEN PLEASE"
    colleague = drafter_of(account, name="Cy Cole")
    series = repeating(submitted(author, account, text=shouted), colleague)
    assert {each.state for each in made(series)} == {PostState.DRAFT}
    assert "in small letters" in Series.objects.get().trouble


@pytest.mark.parametrize("way", ["taken over", "handed on"])
def test_whoever_has_it_after_somebody_else_answers_for_themselves(way, author, account):
    shouted = "THE BROWN BINS ARE EMPTIED THIS WEEK SO PUT YOURS OUT BY SEVEN PLEASE"
    colleague = drafter_of(account, name="Cy Cole")
    series = repeating(submitted(author, account, text=shouted), author)
    assert series.answers
    if way == "taken over":
        take_over(series_id=series.pk, by=colleague)
    else:
        with transaction.atomic():
            repeating_posts.hand_on(by=None, person=author, to=colleague, reason="Left")
    assert {(each.author, each.state) for each in made(series)} == {(colleague, PostState.DRAFT)}


def test_that_it_repeats_is_no_finding_among_its_own_posts(bins, author, account):
    assert not [each for post in made(bins) for each in newest(post).findings.all()]
    copied = drafted(author, account, text=BINS)
    assert fresh(copied).state == PostState.DRAFT


def test_its_pictures_go_along_each_time(author, account):
    draft = drafted(author, account, text=BINS)
    picture = with_picture(draft, author)
    one, other = made(repeating(draft, author))
    assert newest(one).media.get().alt_text == newest(other).media.get().alt_text
    files = MediaFile.objects.filter(post__in=[one, other])
    assert {file.digest for file in files} == {picture.digest}


def test_a_campaign_that_was_closed_stays_behind(author, account):
    campaign = Campaign.objects.create(name="Autumn", tag="autumn")
    series = repeating(drafted(author, account, text=BINS, campaign_id=campaign.pk), author)
    Campaign.objects.update(closed_at=timezone.now())
    post, _ = made(series)
    assert post.state == PostState.AWAITING_APPROVAL
    assert newest(post).campaign is None


LOST = {
    "the author left": lambda author, account: User.objects.filter(pk=author.pk).update(
        employed_until=date(2026, 11, 1)
    ),
    "the author lost the role": lambda author, account: AccountGrant.objects.filter(
        user=author
    ).delete(),
    "the account closes": lambda author, account: SocialAccount.objects.filter(
        pk=account.pk
    ).update(state=AccountState.SUSPENDED),
}


@pytest.mark.parametrize("lost", LOST)
def test_it_is_held_and_somebody_is_told_once(lost, author, account, mailoutbox):
    series = repeating(drafted(author, account, text=BINS), author)
    LOST[lost](author, account)
    make_all_due()
    tell_of_held()
    make_occurrences()
    series.refresh_from_db()
    assert (series.state, series.posts.count()) == (SeriesState.HELD, 0)
    assert series.trouble
    (letter,) = mail.outbox
    assert account.owner.email in letter.to
    assert (author.email in letter.to) is (lost != "the author left")
    assert series.trouble in letter.body
    assert Entry.objects.get(event="plan.series_held").reason == series.trouble


def test_one_that_is_held_goes_on_when_somebody_takes_it_over(author, account):
    series = repeating(drafted(author, account, text=BINS), author)
    LOST["the author left"](author, account)
    make_due(series.pk)
    colleague = drafter_of(account, name="Cy Cole")
    with pytest.raises(Refused, match="Take it over"):
        resume(series_id=series.pk, by=colleague)
    with pytest.raises(NotAllowed):
        take_over(series_id=series.pk, by=UserFactory())
    take_over(series_id=series.pk, by=colleague)
    assert {post.author for post in made(series)} == {colleague}


def test_somebody_who_leaves_hands_it_on(bins, author, account):
    colleague = drafter_of(account, name="Cy Cole")
    assert [thing.text for thing in repeating_posts.begun_by(author)] == ["Brown bins"]
    with transaction.atomic():
        repeating_posts.hand_on(by=None, person=author, to=colleague, reason="Left")
    assert Series.objects.get().author == colleague
    assert not repeating_posts.begun_by(author)


def test_nothing_is_made_while_it_is_paused_and_nothing_ever_after_its_end(bins, author, november):
    pause(series_id=bins.pk, by=author)
    assert make_due(bins.pk) == 0
    resume(series_id=bins.pk, by=author)
    assert make_due(bins.pk) == 2
    november.move_to(datetime(2026, 11, 16, 6, tzinfo=UTC))
    end(series_id=bins.pk, by=author)
    assert make_due(bins.pk) == 0
    hold(series_id=bins.pk, reason="It has ended.")
    assert Series.objects.get().state == SeriesState.ENDED


def test_in_an_election_period_each_post_needs_its_check(bins, author, approver, officer):
    period = ElectionPeriod.objects.create(
        name="By-election", nation=Nation.ENGLAND, kind=PollKind.BY_ELECTION,
        suggested_notice_on=date(2026, 11, 1), notice_on=date(2026, 11, 1),
        poll_on=date(2026, 12, 10), created_by=officer,
    )  # fmt: skip
    period.names.create(name="Brown bins", kind="group")
    post, _ = made(bins)
    assert post.state == PostState.DRAFT, "why it may go out is asked first"
    assert "Brown bins" in Series.objects.get().trouble
    decided(sent(post, author), approver)
    needed = awaited(fresh(post))
    assert needed is not None
    assert needed.stage is Stage.ELECTION_CHECK


def test_a_draft_that_it_began_from_is_put_away_and_a_second_click_begins_nothing(author, account):
    draft, key = drafted(author, account, text=BINS), uuid.uuid4()
    one = begin(post_id=draft.pk, rhythm=rhythm(), by=author, key=key)
    other = begin(post_id=draft.pk, rhythm=rhythm(), by=author, key=key)
    assert one == other
    assert fresh(draft).state == PostState.WITHDRAWN
    assert Entry.objects.filter(event="plan.series_added").count() == 1


def test_a_second_click_after_it_was_taken_over_is_the_same_series(author, account):
    draft, key = drafted(author, account, text=BINS), uuid.uuid4()
    series = begin(post_id=draft.pk, rhythm=rhythm(), by=author, key=key)
    colleague = drafter_of(account, name="Cy Cole")
    take_over(series_id=series.pk, by=colleague)
    assert begin(post_id=draft.pk, rhythm=rhythm(), by=author, key=key) == series
    another = drafted(colleague, account, text="Another thing altogether, about the library.")
    with pytest.raises(Conflict, match="used before"):
        begin(post_id=another.pk, rhythm=rhythm(), by=colleague, key=key)


REFUSED: dict[str, dict[str, Any]] = {
    "no weekday": {"weekdays": ()},
    "two weekdays of a month": {"frequency": "monthly_weekday", "nth": 1, "weekdays": (0, 1)},
    "no day of the month": {"frequency": "monthly"},
    "an end before the start": {"ends_on": date(2026, 11, 1)},
    "two ends": {"ends_on": date(2026, 12, 1), "times": 3},
    "a first day long ago": {"starts_on": date(1900, 1, 1)},
    "no day left": {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31)},
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_rhythm_without_a_day_is_refused(wrong, author, account):
    draft = drafted(author, account, text=BINS)
    with pytest.raises(Refused):
        repeating(draft, author, **REFUSED[wrong])
    assert not Series.objects.exists()
    assert fresh(draft).state == PostState.DRAFT


def test_it_needs_accounts_that_one_may_write_for_and_nothing_that_stops_it(author, account, page):
    with pytest.raises(Refused, match="accounts"):
        repeating(drafted(author), author)
    with pytest.raises(Refused, match="first"):
        repeating(drafted(author, account, text="x" * 400), author)
    theirs = submitted(author, account, page, text=BINS)
    with pytest.raises(NotAllowed):
        repeating(theirs, drafter_of(account))
    with pytest.raises(Post.DoesNotExist):
        repeating(theirs, UserFactory())


def test_each_sees_what_they_may(bins, author, account, page, officer):
    manager = UserFactory()
    User.objects.filter(pk=author.pk).update(manager=manager)
    for who, number in {
        author: 1,
        manager: 1,
        officer: 1,
        drafter_of(account): 1,
        account.owner: 1,
        drafter_of(page): 0,
        UserFactory(): 0,
        person(CorporateRole.ELECTED_MEMBER): 0,
    }.items():
        reader = User.objects.get(pk=who.pk)
        assert Series.objects.visible_to(reader).count() == number, reader
    LOST["the author left"](author, account)
    assert not Series.objects.visible_to(User.objects.get(pk=author.pk)).exists()
