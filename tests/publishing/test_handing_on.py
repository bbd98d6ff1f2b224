"""The drafts of somebody who leaves go to somebody who may write there."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import SocialAccount, User
from audit.catalogue import Event
from audit.models import Entry
from publishing.actions.deciding import approve, ask_for_changes
from publishing.actions.submitting import submit
from publishing.errors import PublishingError
from publishing.handing_on import drafts
from publishing.models import Post, PostState
from tests.factories import AccountFactory, approver_of, drafter_of, person
from tests.publishing.making import drafted, fresh, in_hours, newest, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> SocialAccount:
    return AccountFactory()


@pytest.fixture
def leaver(account: SocialAccount) -> User:
    return drafter_of(account, name="Lee")


def give(leaver: User, to: User) -> None:
    with transaction.atomic():
        drafts.hand_on(by=None, person=leaver, to=to, reason="Left")


def test_drafts_and_returned_posts_change_hands(account: SocialAccount, leaver: User) -> None:
    draft = drafted(leaver, account)
    returned = submitted(leaver, account, at=in_hours(5))
    ask_for_changes(
        version_id=newest(returned).pk, comment="Which library?", by=approver_of(account)
    )
    heir = drafter_of(account, name="Ann")
    assert len(drafts.begun_by(leaver)) == 2

    give(leaver, heir)

    assert {fresh(post).author for post in (draft, returned)} == {heir}
    assert not drafts.begun_by(leaver)
    entries = Entry.objects.filter(event=Event.POST_HANDED_ON)
    assert [entry.details["after"]["person"] for entry in entries] == ["Ann", "Ann"]


def test_whoever_finishes_it_cannot_approve_it(account: SocialAccount, leaver: User) -> None:
    draft = drafted(leaver, account)
    heir = approver_of(account, name="Abe")

    give(leaver, heir)

    post = fresh(draft)
    submit(post_id=post.pk, revision=post.draft.revision, by=heir)
    version = newest(post)
    with pytest.raises(PublishingError, match="Somebody else has to decide"):
        approve(version_id=version.pk, digest=version.digest, by=heir)


@pytest.mark.parametrize("state", [PostState.AWAITING_APPROVAL, PostState.PUBLISHED])
def test_what_is_no_draft_stays_theirs(
    state: PostState, account: SocialAccount, leaver: User
) -> None:
    post = submitted(leaver, account, at=in_hours(5))
    Post.objects.filter(pk=post.pk).update(state=state)

    give(leaver, drafter_of(account))

    assert fresh(post).author == leaver


@pytest.mark.parametrize("lacking", ["the account", "training"])
def test_the_heir_may_write_on_every_account_of_each_draft(
    lacking: str, account: SocialAccount, leaver: User
) -> None:
    draft = drafted(leaver, account)
    heir = person(name="Sam") if lacking == "the account" else drafter_of(account, name="Sam")
    if lacking == "training":
        heir.completions.all().delete()

    with pytest.raises(ValidationError, match="Sam cannot finish"):
        give(leaver, heir)
    assert fresh(draft).author == leaver
