"""A change reaches what is still to be made and what was made: approvals are void, as ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import time_machine

from accounts.models import AccountGrant, SocialAccount, User
from audit.models import Entry
from publishing.actions.changing_series import Carried, Words, change
from publishing.actions.deciding import approve
from publishing.actions.submitting import take_back
from publishing.errors import Conflict, NotAllowed, OwnWork, Refused
from publishing.models import Delivery, DeliveryState, Post, PostState, Series
from tests.factories import UserFactory, approver_of, drafter_of
from tests.publishing.making import decided, drafted, edited, fresh, newest
from tests.publishing.repeating.beginning import BINS, days, made, repeating, rhythm

pytestmark = pytest.mark.django_db

BLUE = "The blue bins are emptied this week: put yours out by seven."


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def bins(author: User, account: SocialAccount) -> Series:
    return repeating(drafted(author, account, text=BINS, title="Brown bins"), author)


def changed(series: Series, by: User, text: str = BINS, **fields) -> Carried:
    series.refresh_from_db()
    words = Words(title="Brown bins", text=text, link="", note="")
    given = replace(rhythm(starts_on=date(2026, 11, 3)), **fields)
    _, carried = change(
        series_id=series.pk, revision=series.revision, rhythm=given, words=words, by=by
    )
    return carried


def test_new_words_void_what_was_approved_and_go_to_approval_again(bins, author, approver):
    one, other = made(bins)
    decided(one, approver)
    assert changed(bins, author, BLUE) == Carried(sent=2)
    assert {post.state for post in made(bins)} == {PostState.AWAITING_APPROVAL}
    assert {newest(post).text for post in (one, other)} == {BLUE}
    assert Delivery.objects.get().state == DeliveryState.CANCELLED
    assert Entry.objects.filter(event="post.approval_voided").count() == 1
    assert Entry.objects.get(event="plan.series_changed").details["after"]["text"] == BLUE


def test_another_time_moves_each_to_it_on_its_own_day(bins, author, approver):
    one, _ = made(bins)
    decided(one, approver)
    changed(bins, author, at=time(17, 30))
    assert [post.publish_at for post in made(bins)] == [
        datetime(2026, 11, day, 17, 30, tzinfo=UTC) for day in (9, 16)
    ]
    assert fresh(one).state == PostState.AWAITING_APPROVAL


def test_on_days_that_are_none_any_more_they_are_withdrawn(bins, author, approver):
    one, _ = made(bins)
    decided(one, approver)
    carried = changed(bins, author, weekdays=(1,))
    assert carried == Carried(withdrawn=2)
    posts = made(bins)
    by_day = {post.occurs_on: post.state for post in posts}
    assert by_day == {
        date(2026, 11, 3): PostState.AWAITING_APPROVAL,
        date(2026, 11, 9): PostState.WITHDRAWN,
        date(2026, 11, 10): PostState.AWAITING_APPROVAL,
        date(2026, 11, 16): PostState.WITHDRAWN,
    }
    assert not Delivery.objects.exclude(state=DeliveryState.CANCELLED).exists()


def test_one_that_was_changed_by_itself_keeps_its_words(bins, author):
    one, _ = made(bins)
    take_back(post_id=one.pk, by=author)
    edited(one, author, text="This week on Tuesday, because of the holiday.")
    assert changed(bins, author, BLUE) == Carried(sent=1, kept=1)
    assert fresh(one).draft.content["text"].startswith("This week on Tuesday")


def test_what_a_check_stops_stays_a_draft(bins, author):
    made(bins)
    assert changed(bins, author, "x" * 400) == Carried(drafts=2)
    assert {post.state for post in made(bins)} == {PostState.DRAFT}


def test_what_went_out_is_never_touched(bins, author, november):
    one, _ = made(bins)
    Post.objects.filter(pk=one.pk).update(state=PostState.PUBLISHED)
    assert changed(bins, author, BLUE) == Carried(sent=1)
    assert newest(one).text == BINS


def test_only_more_days_ahead_leaves_the_posts_alone(bins, author, approver):
    one, _ = made(bins)
    decided(one, approver)
    assert changed(bins, author, days_ahead=21) == Carried()
    assert fresh(one).state == PostState.SCHEDULED
    assert days(made(bins))[-1] == date(2026, 11, 23)


def test_whoever_changes_it_is_its_editor_and_does_not_approve_it(bins, account, author):
    both = approver_of(account, name="Bo Both")
    AccountGrant.objects.create(account=account, user=both, role="drafter")
    both = User.objects.get(pk=both.pk)
    made(bins)
    changed(bins, both, BLUE)
    for post in made(bins):
        version = newest(post)
        assert (version.edited_by, post.author) == (both, author)
        with pytest.raises(OwnWork):
            approve(version_id=version.pk, digest=version.digest, by=both)


def test_the_same_again_changes_nothing(bins, author):
    made(bins)
    assert changed(bins, author) == Carried()
    bins.refresh_from_db()
    assert bins.revision == 1
    assert not Entry.objects.filter(event="plan.series_changed").exists()


def test_a_stale_form_a_stranger_and_a_series_without_days_change_nothing(bins, author, account):
    with pytest.raises(Conflict):
        change(
            series_id=bins.pk,
            revision=0,
            rhythm=rhythm(),
            words=Words("", BLUE, "", ""),
            by=author,
        )
    with pytest.raises(NotAllowed):
        changed(bins, UserFactory(), BLUE)
    with pytest.raises(Refused):
        changed(bins, author, BLUE, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 5))
    bins.refresh_from_db()
    assert bins.content["text"] == BINS
    assert changed(bins, drafter_of(account), BLUE) == Carried()
