"""People in pictures: what the check says, and that nothing leaves without grounds that hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import SocialAccount, User
from publishing.actions.deciding import approve
from publishing.actions.submitting import submit
from publishing.checks.consent_ends import check_consent_ends
from publishing.checks.credit import check_credit
from publishing.checks.finding import Found
from publishing.checks.people import check_people
from publishing.composition import Composition, compose
from publishing.delivery.gate import Way, examine
from publishing.delivery.locking import lock_delivery
from publishing.drafts import Content
from publishing.errors import ChecksFailed
from publishing.library.grounds import obstacles_in
from publishing.models import Consent, Delivery, MediaItem, People, Post
from tests.factories import AccountFactory
from tests.publishing.delivery.factories import connect_account
from tests.publishing.library.recording import consented, item_of
from tests.publishing.making import decided, drafted, fresh, in_hours, newest, with_picture

pytestmark = pytest.mark.django_db
Find = Callable[[Composition, datetime], Iterable[Found]]
ADVISORY = (check_credit, check_consent_ends)


def said(post: Post, *checks: Find) -> list[str]:
    composition = compose(Content.from_json(fresh(post).draft.content))
    now = timezone.now()
    return [
        found.message for check in checks or (check_people,) for found in check(composition, now)
    ]


@pytest.fixture
def post(author: User, account: SocialAccount) -> Post:
    return drafted(author, account)


def test_a_post_of_text_asks_the_database_nothing(post, django_assert_num_queries):
    composition = compose(Content.from_json(post.draft.content))
    with django_assert_num_queries(0):
        assert list(check_people(composition, timezone.now())) == []


def test_it_has_to_be_said_whether_people_can_be_recognised(post, author):
    with_picture(post, author, people=People.NOT_SAID)
    (words,) = said(post)
    assert words.startswith("Picture 1: it is not said whether people can be recognised")


def test_nobody_who_can_be_recognised_needs_no_grounds(post, author):
    with_picture(post, author)
    assert said(post) == []


def test_people_need_grounds(post, author):
    media = with_picture(post, author, people=People.SHOWN)
    assert "it is not recorded why they may be shown" in said(post)[0]
    consented(media, author)
    assert said(post) == []


def test_one_consent_that_does_not_count_is_enough_to_stop_it(post, author):
    media = with_picture(post, author)
    consented(media, author)
    consented(media, author, who="The librarian", expires_on=timezone.localdate())
    assert said(post) == []
    Consent.objects.filter(who="The librarian").update(
        expires_on=timezone.localdate() - timedelta(days=1)
    )
    (words,) = said(post)
    assert "“The librarian” may be shown only until" in words


def test_a_consent_has_to_hold_when_the_post_goes_out(author, account):
    later = drafted(author, account, at=in_hours(24 * 5))
    media = with_picture(later, author)
    consented(media, author, expires_on=timezone.localdate() + timedelta(days=3))
    assert len(said(later)) == 1
    Consent.objects.update(expires_on=timezone.localdate(in_hours(24 * 5)))
    assert said(later) == []


def test_a_withdrawn_consent_stops_the_picture_though_another_was_given(post, author):
    media = with_picture(post, author)
    consented(media, author)
    Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_by=author)
    consented(media, author, reference="CF/13")
    assert "may not be shown any more" in said(post)[0]


def test_a_child_needs_a_parent_s_reference():
    child = Consent(who="A boy", is_child=True, given_on=date(2026, 1, 1))
    (obstacle,) = obstacles_in(child, date(2026, 2, 1))
    assert "no parent’s consent" in obstacle.what


def test_a_licence_has_to_last_until_it_goes_out(post, author):
    media = with_picture(post, author)
    today = timezone.localdate()
    MediaItem.objects.update(licence_ends_on=today)
    assert said(post) == []
    MediaItem.objects.update(licence_ends_on=today - timedelta(days=1))
    assert "its licence ends on" in said(post)[0]
    assert item_of(media).people == People.NONE


def test_a_missing_credit_and_a_consent_that_ends_soon_are_worth_a_look(post, author):
    media = with_picture(post, author)
    consented(media, author, expires_on=timezone.localdate() + timedelta(days=30))
    MediaItem.objects.update(credit="Photo: J. Doe")
    credit, soon = said(post, *ADVISORY)
    assert "Add “Photo: J. Doe” to the text" in credit
    assert "may be shown only until" in soon
    assert said(post) == []
    Consent.objects.update(expires_on=timezone.localdate() + timedelta(days=31))
    MediaItem.objects.update(credit="")
    assert said(post, *ADVISORY) == []


def nobody_said(media, by):
    MediaItem.objects.update(people=People.NOT_SAID)


def no_grounds(media, by):
    Consent.objects.all().delete()


def withdrawn(media, by):
    Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_by=by)


def expired(media, by):
    yesterday = timezone.localdate() - timedelta(days=1)
    Consent.objects.update(given_on=yesterday, expires_on=yesterday)


def licence_ended(media, by):
    MediaItem.objects.update(licence_ends_on=timezone.localdate() - timedelta(days=1))


def forgotten(media, by):
    Consent.objects.all().delete()
    MediaItem.objects.all().delete()


WORDS = {
    "submit": "Come and fly a kite on the common this Sunday.",
    "approve": "Moorside library has a new reading corner.",
    "send": "Swimming is free for children in half-term.",
}
"""Three that do not repeat each other."""


@pytest.mark.parametrize(
    "spoil", [nobody_said, no_grounds, withdrawn, expired, licence_ended, forgotten]
)
def test_nothing_without_grounds_is_submitted_approved_or_sent(spoil, author, approver):
    account = AccountFactory()
    connect_account(account)
    for person, role in ((author, "drafter"), (approver, "approver")):
        account.grants.create(user=person, role=role, reason="In a test")
    spoilt = {}
    for step in ("submit", "approve", "send"):
        post = drafted(author, account, text=WORDS[step])
        media = with_picture(post, author, people=People.SHOWN)
        consented(media, author)
        spoilt[step] = fresh(post)
    for step in ("approve", "send"):
        submit(post_id=spoilt[step].pk, revision=spoilt[step].draft.revision, by=author)
    decided(spoilt["send"], approver)
    delivery = Delivery.objects.get()
    assert examine(lock_delivery(delivery.pk), timezone.now()).way is Way.SEND

    spoil(media, author)

    with pytest.raises(ChecksFailed):
        submit(post_id=spoilt["submit"].pk, revision=spoilt["submit"].draft.revision, by=author)
    version = newest(spoilt["approve"])
    with pytest.raises(ChecksFailed):
        approve(version_id=version.pk, digest=version.digest, by=approver)
    verdict = examine(lock_delivery(delivery.pk), timezone.now())
    assert verdict.way is Way.HOLD
    assert verdict.reason.startswith("night.jpg: ")


def test_it_counts_wherever_the_same_bytes_were_uploaded(author, account):
    first, second = drafted(author, account), drafted(author, account)
    media = with_picture(first, author)
    again = with_picture(second, author, people=People.NOT_SAID)
    assert item_of(media) == item_of(again)
    consented(media, author)
    assert said(second) == []
    Consent.objects.update(withdrawn_at=timezone.now(), withdrawn_by=author)
    assert "may not be shown any more" in said(second)[0]
