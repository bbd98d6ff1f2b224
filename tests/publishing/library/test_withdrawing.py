"""Withdrawing a consent: it comes down where it is live, and goes out nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import SocialAccount, User
from audit.models import Entry
from publishing.actions.library.consents import change_consent, record_consent
from publishing.actions.library.withdrawing import withdraw_consent
from publishing.actions.submitting import submit
from publishing.errors import Conflict, NotAllowed, Refused
from publishing.library.uses import ending_soon, live_against_a_withdrawal, uses_of
from publishing.models import (
    Consent,
    Delivery,
    DeliveryState,
    People,
    Post,
    PostState,
    Removal,
    Takedown,
    TakedownReason,
)
from publishing.takedown.opening import open_takedown
from tests.factories import AccountFactory, drafter_of
from tests.publishing.library.recording import consented, grounds, item_of
from tests.publishing.making import decided, drafted, fresh, with_picture

pytestmark = pytest.mark.django_db


def live(author: User, approver: User, *accounts: SocialAccount) -> tuple[Post, Consent]:
    """A post that is out on these accounts, with somebody in its picture."""
    post = drafted(author, *accounts)
    media = with_picture(post, author, people=People.SHOWN)
    consent = consented(media, author)
    submit(post_id=post.pk, revision=fresh(post).draft.revision, by=author)
    decided(post, approver)
    gone_out(post)
    return fresh(post), consent


def gone_out(post: Post) -> None:
    Delivery.objects.filter(post=post).update(
        state=DeliveryState.PUBLISHED, published_at=timezone.now(), remote_url="https://x.example/1"
    )
    Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED)


def test_what_is_live_is_asked_down_from_every_account(author, approver, account, page):
    post, consent = live(author, approver, account, page)
    for _ in range(2):
        withdraw_consent(consent_id=consent.pk, reason="She asked us to.", by=author)
    takedown = Takedown.objects.get()
    assert (takedown.post, takedown.kind, takedown.consent) == (post, "consent", consent)
    assert "She asked us to." in takedown.reason
    assert {removal.delivery.account for removal in takedown.removals.all()} == {account, page}
    assert Entry.objects.filter(event="post.takedown_asked").count() == 1
    assert Entry.objects.filter(event="library.consent_withdrawn").count() == 1


def test_it_takes_a_reason_and_the_right(author, approver, account):
    _, consent = live(author, approver, account)
    with pytest.raises(Refused):
        withdraw_consent(consent_id=consent.pk, reason="  ", by=author)
    with pytest.raises(NotAllowed):
        withdraw_consent(consent_id=consent.pk, reason="No", by=drafter_of(AccountFactory()))
    assert not Takedown.objects.exists()


def test_what_goes_live_afterwards_is_told_and_asked_down_on_the_next_click(
    author, approver, account, officer
):
    _, consent = live(author, approver, account)
    late = drafted(author, account, text="Come and fly a kite on the common this Sunday.")
    with_picture(late, author, people=People.NOT_SAID)
    submit(post_id=late.pk, revision=fresh(late).draft.revision, by=author)
    decided(late, approver)
    withdraw_consent(consent_id=consent.pk, reason="She asked us to.", by=author)
    assert not live_against_a_withdrawal().exists()

    gone_out(late)

    assert list(live_against_a_withdrawal()) == [consent.item]
    withdraw_consent(consent_id=consent.pk, reason="Again", by=officer)
    assert not live_against_a_withdrawal().exists()
    assert Removal.objects.count() == 2
    assert fresh_consent(consent).withdrawal_reason == "She asked us to."


def fresh_consent(consent: Consent) -> Consent:
    return Consent.objects.get(pk=consent.pk)


def test_a_post_has_one_open_takedown(author, approver, account, page):
    post, consent = live(author, approver, account)
    opened = open_takedown(post=post, kind=TakedownReason.MISTAKE, reason="Wrong day", by=author)
    withdraw_consent(consent_id=consent.pk, reason="She asked us to.", by=author)
    assert Takedown.objects.get() == opened
    assert (
        open_takedown(
            post=drafted(author, account), kind=TakedownReason.OTHER, reason="-", by=author
        )
        is None
    )


def test_what_is_withdrawn_stays_withdrawn(author, approver, account):
    _, consent = live(author, approver, account)
    withdraw_consent(consent_id=consent.pk, reason="She asked us to.", by=author)
    with pytest.raises(Conflict):
        change_consent(consent_id=consent.pk, grounds=grounds(reference="New"), by=author)


def test_grounds_are_whole_or_refused(author, account):
    media = with_picture(drafted(author, account), author)
    item = item_of(media)
    today = timezone.localdate()
    for wrong in (
        {"is_child": True},
        {"given_on": today + timedelta(days=1)},
        {"expires_on": today - timedelta(days=30)},
    ):
        with pytest.raises(Refused):
            record_consent(item_id=item.pk, grounds=grounds(**wrong), by=author)
    with pytest.raises(NotAllowed):
        record_consent(item_id=item.pk, grounds=grounds(), by=drafter_of(AccountFactory()))
    for _ in range(2):
        record_consent(item_id=item.pk, grounds=grounds(), by=author)
    assert Consent.objects.count() == 1


def test_consents_that_end_within_a_month_are_listed(author, account):
    media = with_picture(drafted(author, account), author)
    today = timezone.localdate()
    for days in (-1, 0, 30, 31):
        consented(media, author, expires_on=today + timedelta(days=days))
    found = [(each.expires_on - today).days for each in ending_soon() if each.expires_on]
    assert found == [0, 30]


def test_uses_name_the_posts_that_one_may_read_and_count_the_others(author, approver, account):
    post, consent = live(author, approver, account)
    assert [used.pk for used in uses_of(consent.item, reader=author).posts] == [post.pk]
    stranger = uses_of(consent.item, reader=drafter_of(AccountFactory()))
    assert (stranger.posts, stranger.hidden) == ([], 1)
