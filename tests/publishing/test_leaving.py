"""Posts of an account that is being closed: cancelled there, or moved and approved again."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import NotAllowed as MayNot
from accounts.actions.closing import begin_closing, settle_posts
from accounts.closing import in_the_way
from accounts.models import AccountState, SocialAccount, User
from audit.catalogue import Event
from audit.models import Entry
from publishing.actions.deciding import approve
from publishing.actions.leaving import cancel_on, move_to_account
from publishing.actions.submitting import submit
from publishing.errors import AlreadyOut, ChecksFailed, Conflict, NotAllowed, OwnWork, Refused
from publishing.models import Delivery, DeliveryState, Post, PostState
from publishing.on_closing import Desk
from tests.at_once import at_once
from tests.factories import AccountFactory, RiskAssessmentFactory, drafter_of, person
from tests.publishing.making import (
    approved,
    decided,
    drafted,
    fresh,
    in_hours,
    newest,
    submitted,
)

pytestmark = pytest.mark.django_db

WHY = "It is being closed."


def close(account: SocialAccount, officer: User) -> None:
    begin_closing(by=officer, account=account, reason=WHY)
    account.refresh_from_db()


def states_of(post: Post) -> dict[str, str]:
    rows = Delivery.objects.filter(post=post, version=newest(post))
    return {row.account.platform: row.state for row in rows.select_related("account")}


def cancel(post: Post, account: SocialAccount, by: User) -> Post:
    return fresh(cancel_on(post_id=post.pk, account=account, by=by, reason=WHY))


def move(post: Post, account: SocialAccount, to: SocialAccount, by: User) -> Post:
    return fresh(move_to_account(post_id=post.pk, account=account, to=to, by=by, reason=WHY))


def test_a_post_for_this_account_only_is_withdrawn(
    account: SocialAccount, author: User, approver: User, officer: User
) -> None:
    post = approved(author, approver, account, at=in_hours(5))
    close(account, officer)

    assert cancel(post, account, officer).state == PostState.WITHDRAWN
    assert states_of(post) == {"x": DeliveryState.CANCELLED}
    assert Entry.objects.filter(event=Event.POST_WITHDRAWN, reason=WHY).exists()
    assert cancel(post, account, officer).state == PostState.WITHDRAWN


def test_its_other_accounts_still_get_what_was_approved(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    post = approved(author, approver, account, page, at=in_hours(5))
    version = newest(post)
    close(account, officer)

    kept = cancel(post, account, officer)

    assert (kept.state, newest(kept)) == (PostState.SCHEDULED, version)
    assert states_of(kept) == {"x": DeliveryState.CANCELLED, "facebook": DeliveryState.WAITING}
    assert in_the_way(account) == []


def test_one_that_awaits_approval_goes_on_without_the_account(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    post = submitted(author, account, page, at=in_hours(5))
    close(account, officer)

    kept = cancel(post, account, officer)

    assert kept.state == PostState.AWAITING_APPROVAL
    assert newest(kept).governed_accounts() == [page]
    assert (newest(kept).number, newest(kept).edited_by) == (2, author)
    assert kept.draft.content["account_ids"] == [page.pk]
    assert decided(kept, approver).state == PostState.SCHEDULED


def test_what_may_be_live_is_settled_first(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    post = approved(author, approver, account, at=in_hours(5))
    Delivery.objects.update(state=DeliveryState.UNKNOWN, asks_person=True)
    close(account, officer)

    with pytest.raises(AlreadyOut):
        cancel(post, account, officer)
    with pytest.raises(AlreadyOut):
        move(post, account, page, officer)
    assert "may be live" in in_the_way(account)[0].what
    [listed] = Desk().posts(account)
    assert listed.to_settle


def test_a_moved_post_is_another_version_that_somebody_else_approves_again(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    post = approved(author, approver, account, at=in_hours(5))
    first = newest(post)
    close(account, officer)

    moved = move(post, account, page, officer)

    version = newest(moved)
    assert moved.state == PostState.AWAITING_APPROVAL
    assert version.governed_accounts() == [page]
    assert version.digest != first.digest
    assert not version.approvals.exists()
    assert version.texts.get().text == first.texts.get().text
    assert [each.state for each in first.deliveries.all()] == [DeliveryState.CANCELLED]
    entry = Entry.objects.get(event=Event.POST_REDIRECTED)
    assert entry.details["after"]["account"] == str(page)
    with pytest.raises(OwnWork):
        approve(version_id=version.pk, digest=version.digest, by=officer)
    assert decided(moved, approver).state == PostState.SCHEDULED
    assert states_of(moved) == {"facebook": DeliveryState.WAITING}


def test_a_post_that_is_for_the_other_account_too_just_loses_this_one(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    texts = ((account.pk, "Short."), (page.pk, "Long and friendly."))
    post = approved(author, approver, account, page, at=in_hours(5), own_texts=texts)
    close(account, officer)

    moved = move(post, account, page, officer)

    assert newest(moved).texts.get().text == "Long and friendly."


def test_one_that_does_not_suit_the_other_account_goes_back_to_its_author_as_a_draft(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    post = approved(author, approver, page, at=in_hours(5), text="Very long. " * 60)
    close(page, officer)

    moved = move(post, page, account, officer)

    assert moved.state == PostState.DRAFT
    assert moved.draft.content["account_ids"] == [account.pk]
    assert states_of(moved) == {"facebook": DeliveryState.CANCELLED}


def test_an_own_text_goes_with_the_post(
    account: SocialAccount, page: SocialAccount, author: User, officer: User
) -> None:
    third = AccountFactory(platform="x", owner=author)
    texts = ((account.pk, "Only here."),)
    post = submitted(author, account, page, at=in_hours(5), own_texts=texts)
    close(account, officer)

    moved = move(post, account, third, officer)

    assert {each.account: each.text for each in newest(moved).texts.all()} == {
        third: "Only here.",
        page: "The library is open until eight tonight.",
    }


def test_it_moves_only_where_its_author_may_write(
    account: SocialAccount, author: User, officer: User
) -> None:
    post = submitted(author, account, at=in_hours(5))
    close(account, officer)

    with pytest.raises(Refused, match="who wrote it, may not write for"):
        move(post, account, AccountFactory(), officer)
    assert fresh(post).state == PostState.AWAITING_APPROVAL


@pytest.mark.parametrize("state", [AccountState.SUSPENDED, AccountState.CLOSED])
def test_it_moves_only_to_a_live_account(
    state: AccountState, account: SocialAccount, page: SocialAccount, author: User, officer: User
) -> None:
    post = submitted(author, account, at=in_hours(5))
    close(account, officer)
    SocialAccount.objects.filter(pk=page.pk).update(state=state)
    page.refresh_from_db()

    with pytest.raises(Refused, match="is not live"):
        move(post, account, page, officer)


def test_nothing_is_taken_off_an_account_that_is_not_being_closed(
    account: SocialAccount, page: SocialAccount, author: User, officer: User
) -> None:
    post = submitted(author, account, at=in_hours(5))

    with pytest.raises(Conflict, match="is not being closed"):
        cancel(post, account, officer)
    with pytest.raises(Conflict, match="is not being closed"):
        move(post, account, page, officer)


def test_only_whoever_closes_accounts_takes_posts_off_them(
    account: SocialAccount, page: SocialAccount, author: User, officer: User
) -> None:
    post = submitted(author, account, at=in_hours(5))
    close(account, officer)

    for somebody in (author, drafter_of(account), person()):
        with pytest.raises(MayNot):
            cancel(post, account, somebody)
        with pytest.raises((MayNot, NotAllowed)):
            move(post, account, page, somebody)


def test_nothing_new_is_scheduled_on_an_account_that_is_being_closed(
    account: SocialAccount, author: User, approver: User, officer: User
) -> None:
    draft = drafted(author, account, at=in_hours(5))
    waiting = submitted(author, account, at=in_hours(6))
    close(account, officer)

    with pytest.raises(ChecksFailed, match="is being closed: choose another account"):
        submit(post_id=draft.pk, revision=draft.draft.revision, by=author)
    with pytest.raises(ChecksFailed, match="is being closed"):
        decided(waiting, approver)
    assert fresh(waiting).state == PostState.AWAITING_APPROVAL


def test_what_cannot_be_settled_stops_nothing_else(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    good = submitted(author, account, at=in_hours(5))
    out = approved(author, approver, account, at=in_hours(6))
    Delivery.objects.filter(post=out).update(state=DeliveryState.UNKNOWN, asks_person=True)
    close(account, officer)

    done = settle_posts(by=officer, account=account, keys=[out.pk, good.pk, 999_999], to=page)

    assert [each.done for each in done] == [False, True, False]
    assert "stays where it is" in done[0].words
    assert "has to be approved again" in done[1].words
    assert fresh(good).state == PostState.AWAITING_APPROVAL


def test_nothing_is_settled_on_an_account_whose_closing_was_given_up(
    account: SocialAccount, officer: User
) -> None:
    with pytest.raises(ValidationError, match="not being closed any more"):
        settle_posts(by=officer, account=account, keys=[1])


@pytest.mark.django_db(transaction=True)
def test_two_people_who_move_one_post_at_once_move_it_once(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    post = approved(author, approver, account, at=in_hours(5))
    close(account, officer)

    found = at_once(
        *[lambda: settle_posts(by=officer, account=account, keys=[post.pk], to=page)] * 2
    )

    assert [[each.done for each in settled] for settled in found] == [[True], [True]]
    assert newest(post).number == 2
    assert Entry.objects.filter(event=Event.POST_REDIRECTED).count() == 1


def test_one_that_waits_for_its_second_check_begins_again_without_the_account(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    RiskAssessmentFactory(account=page, likelihood=5, impact=5, assessed_at=timezone.now())
    post = approved(author, approver, account, page, at=in_hours(5))
    assert post.state == PostState.SECOND_CHECK
    close(account, officer)

    kept = cancel(post, account, officer)

    assert kept.state == PostState.AWAITING_APPROVAL
    assert newest(kept).governed_accounts() == [page]
    assert not newest(kept).approvals.exists()
    assert decided(kept, approver).state == PostState.SECOND_CHECK


def test_one_that_waits_for_its_second_check_is_listed_and_moved(
    account: SocialAccount, page: SocialAccount, author: User, approver: User, officer: User
) -> None:
    RiskAssessmentFactory(account=account, likelihood=5, impact=5, assessed_at=timezone.now())
    post = approved(author, approver, account, at=in_hours(5))
    close(account, officer)
    assert [each.state for each in Desk().posts(account)] == [PostState.SECOND_CHECK]
    assert "1 post awaits approval" in in_the_way(account)[0].what

    moved = move(post, account, page, officer)

    assert moved.state == PostState.AWAITING_APPROVAL
    assert decided(moved, approver).state == PostState.SCHEDULED
