"""Nothing unapproved leaves: every way round the second person that there is."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit.models import Entry
from publishing.actions import deciding
from publishing.actions.deciding import approve, ask_for_changes
from publishing.actions.drafting import save_draft
from publishing.actions.moving import move, move_and_approve
from publishing.actions.submitting import submit, take_back, withdraw
from publishing.checks import length
from publishing.checks.finding import Finding, Severity
from publishing.drafts import Attached
from publishing.errors import AlreadyOut, ChecksFailed, Conflict, NotAllowed, OwnWork, Refused
from publishing.models import Approval, Delivery, DeliveryState, Post, PostState, VersionText
from tests.factories import AccountFactory, approver_of, drafter_of, site_owner_of
from tests.publishing.making import (
    approved,
    content,
    decided,
    drafted,
    edited,
    fresh,
    in_hours,
    newest,
    submitted,
    with_picture,
)

pytestmark = pytest.mark.django_db


def test_an_approved_post_with_a_time_is_scheduled_for_each_of_its_accounts(
    author, approver, account, page
):
    at = in_hours(5)
    post = approved(author, approver, account, page, at=at)
    assert post.state == PostState.SCHEDULED
    deliveries = list(post.deliveries.order_by("account"))
    assert {delivery.account_id for delivery in deliveries} == {account.pk, page.pk}
    assert {delivery.due_at for delivery in deliveries} == {at}
    assert {delivery.state for delivery in deliveries} == {DeliveryState.WAITING}


def test_an_approved_post_without_a_time_goes_out_now(author, approver, account):
    post = approved(author, approver, account)
    assert post.state == PostState.APPROVED
    assert post.deliveries.get().due_at <= post.changed_at.__class__.now(post.changed_at.tzinfo)


def test_a_drafter_cannot_approve_or_move(author, account):
    colleague = drafter_of(account)
    version = newest(submitted(author, account, at=in_hours(5)))
    with pytest.raises(NotAllowed):
        approve(version_id=version.pk, digest=version.digest, by=colleague)
    with pytest.raises(NotAllowed):
        move(version_id=version.pk, at=in_hours(9), by=colleague)
    with pytest.raises(NotAllowed):
        move_and_approve(version_id=version.pk, digest=version.digest, at=in_hours(9), by=colleague)
    assert not Delivery.objects.exists()


def test_a_site_owner_may_move_but_not_approve(author, account):
    owner = site_owner_of(account)
    version = newest(submitted(author, account, at=in_hours(5)))
    with pytest.raises(NotAllowed):
        move_and_approve(version_id=version.pk, digest=version.digest, at=in_hours(9), by=owner)
    post = move(version_id=version.pk, at=in_hours(9), by=owner)
    assert post.state == PostState.AWAITING_APPROVAL


def test_an_approver_of_one_account_cannot_approve_for_two(author, account, page):
    of_one = approver_of(account)
    version = newest(submitted(author, account, page))
    with pytest.raises(NotAllowed, match="Wealdmoor Council"):
        approve(version_id=version.pk, digest=version.digest, by=of_one)


def test_an_author_who_is_an_approver_cannot_approve_their_own_post(approver, account):
    version = newest(submitted(approver, account))
    with pytest.raises(OwnWork):
        approve(version_id=version.pk, digest=version.digest, by=approver)
    with pytest.raises(OwnWork):
        ask_for_changes(version_id=version.pk, comment="Hm", by=approver)


def test_an_author_does_not_approve_what_somebody_else_edited_last(approver, officer, account):
    post = edited(drafted(approver, account), officer, text="Open until nine tonight.")
    post = fresh(submit(post_id=post.pk, revision=post.draft.revision, by=officer))
    version = newest(post)
    assert version.edited_by == officer

    with pytest.raises(OwnWork, match="You wrote this post"):
        approve(version_id=version.pk, digest=version.digest, by=approver)


def test_the_checks_are_asked_once_more_at_the_approval(monkeypatch, author, approver, account):
    version = newest(submitted(author, account))
    shorter = [Finding(length.CHECK, Severity.BLOCKING, "X takes 10 characters from today")]
    monkeypatch.setattr(deciding, "blocking_findings", lambda composition: shorter)

    with pytest.raises(ChecksFailed, match="from today"):
        approve(version_id=version.pk, digest=version.digest, by=approver)
    assert not Approval.objects.exists()
    assert not Delivery.objects.exists()


def test_the_last_editor_cannot_approve(author, approver, account):
    post = edited(submitted_and_taken_back(author, account), approver, text="Open until nine.")
    from_author = fresh(resubmitted(post, author))
    assert newest(from_author).edited_by == approver
    with pytest.raises(OwnWork):
        approve(version_id=newest(post).pk, digest=newest(post).digest, by=approver)


def test_the_database_refuses_an_approval_by_the_author_or_the_editor(author, approver, account):
    version = newest(submitted(author, account))
    for author_id, editor_id, by in (
        (author.pk, approver.pk, author.pk),
        (author.pk, approver.pk, approver.pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(
                version=version,
                decision="approved",
                digest=version.digest,
                author_id=author_id,
                editor_id=editor_id,
                decided_by_id=by,
            )


def test_the_second_of_two_approvers_is_told_who_was_first(author, approver, officer, account):
    post = approved(author, approver, account, at=in_hours(5))
    with pytest.raises(Conflict, match="Tom Okafor decided before you"):
        approve(version_id=newest(post).pk, digest=newest(post).digest, by=officer)
    assert Approval.objects.count() == 1


def test_approving_twice_is_once(author, approver, account):
    post = approved(author, approver, account, at=in_hours(5))
    before = Entry.objects.count()
    assert decided(post, approver).state == PostState.SCHEDULED
    assert (Approval.objects.count(), Delivery.objects.count()) == (1, 1)
    assert Entry.objects.count() == before


def test_an_approval_is_not_replayed_for_another_version(author, approver, account):
    first = newest(submitted(author, account, at=in_hours(5)))
    post = take_back(post_id=first.post_id, by=author)
    second = newest(resubmitted(edited(post, author, text="Open until nine."), author))
    assert second.number == 2
    with pytest.raises(Conflict, match="Review it again"):
        approve(version_id=first.pk, digest=first.digest, by=approver)
    with pytest.raises(Conflict, match="not what you were shown"):
        approve(version_id=second.pk, digest=first.digest, by=approver)
    assert fresh(post).state == PostState.AWAITING_APPROVAL
    assert not Delivery.objects.exists()


def test_the_same_words_sent_again_have_another_digest(author, account):
    post = submitted(author, account)
    first = newest(post)
    take_back(post_id=post.pk, by=author)
    assert newest(resubmitted(post, author)).digest != first.digest


def test_a_version_changed_by_sql_cannot_be_approved(author, approver, account):
    post = submitted(author, account)
    version = newest(post)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_versiontext SET text = 'Something else'")
    with pytest.raises(Conflict, match="not what you were shown"):
        approve(version_id=version.pk, digest=version.digest, by=approver)
    assert VersionText.objects.get(version=version).text == "Something else"
    with pytest.raises(Conflict, match="outside the product"):
        move_and_approve(version_id=version.pk, digest=version.digest, at=in_hours(3), by=approver)


def test_an_edit_after_scheduling_voids_the_approval_and_cancels_the_deliveries(
    author, approver, account
):
    post = approved(author, approver, account, at=in_hours(5))
    with pytest.raises(Conflict, match="Take it back"):
        edited(post, author, text="Something else")
    take_back(post_id=post.pk, by=author)
    assert fresh(post).state == PostState.DRAFT
    assert post.deliveries.get().state == DeliveryState.CANCELLED
    assert Entry.objects.filter(event="post.approval_voided").count() == 1
    post = resubmitted(edited(post, author, text="Something else"), author)
    assert post.state == PostState.AWAITING_APPROVAL
    assert post.deliveries.count() == 1


@pytest.mark.parametrize("state", ["sending", "unknown", "published"])
def test_nothing_can_be_changed_once_a_platform_may_have_it(author, approver, account, state):
    post = approved(author, approver, account, at=in_hours(5))
    version = newest(post)
    fields = {"state": state}
    if state == "sending":
        fields |= {"lease_until": in_hours(1)}
    if state == "published":
        fields |= {"published_at": in_hours(0), "remote_id": "1"}
    if state != "sending":
        post.deliveries.update(state="sending", lease_until=in_hours(1))
        fields["lease_until"] = None
    post.deliveries.update(**fields)
    for try_it in (
        lambda: take_back(post_id=post.pk, by=author),
        lambda: withdraw(post_id=post.pk, by=author),
        lambda: move(version_id=version.pk, at=in_hours(9), by=approver),
        lambda: move_and_approve(
            version_id=version.pk, digest=version.digest, at=in_hours(9), by=approver
        ),
    ):
        with pytest.raises(AlreadyOut, match="too late"):
            try_it()
    assert fresh(post).state == PostState.SCHEDULED
    assert post.deliveries.get().state == state


def test_changes_are_asked_for_with_a_comment(author, approver, account):
    version = newest(submitted(author, account))
    with pytest.raises(Refused, match="Say what has to change"):
        ask_for_changes(version_id=version.pk, comment="  ", by=approver)
    post = ask_for_changes(version_id=version.pk, comment="Which library?", by=approver)
    assert post.state == PostState.CHANGES_REQUESTED
    again = ask_for_changes(version_id=version.pk, comment="Which library?", by=approver)
    assert again.pk == post.pk
    assert Approval.objects.count() == 1
    with pytest.raises(Conflict):
        approve(version_id=version.pk, digest=version.digest, by=approver_of(account))


def test_a_returned_post_is_changed_and_sent_again(author, approver, account):
    post = submitted(author, account)
    ask_for_changes(version_id=newest(post).pk, comment="Which library?", by=approver)
    post = resubmitted(edited(post, author, text="Station Road library is open."), author)
    assert decided(post, approver).state == PostState.APPROVED


def test_a_late_approval_is_a_missed_slot_and_never_sent(clock, author, approver, account):
    post = submitted(author, account, at=in_hours(1))
    clock.shift(3601)
    late = decided(post, approver)
    assert late.state == PostState.MISSED_SLOT
    assert not Approval.objects.exists()
    assert not Delivery.objects.exists()


def test_a_missed_slot_is_moved_and_approved_in_one_step(clock, author, approver, account):
    post = submitted(author, account, at=in_hours(1))
    clock.shift(3601)
    decided(post, approver)
    version, at = newest(post), in_hours(2)
    for _ in ("once", "a second click"):
        move_and_approve(version_id=version.pk, digest=version.digest, at=at, by=approver)
    moved = fresh(post)
    assert moved.state == PostState.SCHEDULED
    assert (newest(moved).number, newest(moved).edited_by) == (2, author)
    assert moved.deliveries.get().due_at == at
    assert Approval.objects.get().version == newest(moved)


def test_the_author_cannot_move_and_approve(approver, account):
    version = newest(submitted(approver, account, at=in_hours(1)))
    with pytest.raises(OwnWork):
        move_and_approve(version_id=version.pk, digest=version.digest, at=in_hours(2), by=approver)


def test_an_authors_move_needs_approval_again(approver, officer, account):
    post = approved(approver, officer, account, at=in_hours(5))
    version, at = newest(post), in_hours(7)
    for _ in ("once", "a second click"):
        move(version_id=version.pk, at=at, by=approver)
    moved = fresh(post)
    assert moved.state == PostState.AWAITING_APPROVAL
    assert newest(moved).number == 2
    assert moved.deliveries.get().state == DeliveryState.CANCELLED
    assert moved.draft.revision == post.draft.revision + 1


def test_only_what_was_seen_is_moved_and_approved(author, approver, account):
    seen = newest(submitted(author, account, at=in_hours(5)))
    other = newest(submitted(author, account, at=in_hours(5)))

    for digest in (other.digest, ""):
        with pytest.raises(Conflict, match="Review it again"):
            move_and_approve(version_id=seen.pk, digest=digest, at=in_hours(6), by=approver)
    assert not Approval.objects.exists()


def test_nobody_moves_a_post_into_the_past(author, approver, account):
    version = newest(submitted(author, account, at=in_hours(5)))
    with pytest.raises(Refused, match="has passed"):
        move(version_id=version.pk, at=in_hours(-1), by=approver)


def test_the_right_to_approve_is_asked_when_it_is_used(author, approver, account):
    version = newest(submitted(author, account))
    approver.account_grants.update(ended_at=in_hours(-1))
    with pytest.raises(NotAllowed):
        approve(version_id=version.pk, digest=version.digest, by=approver)


def test_training_that_lapsed_takes_the_right_away(author, approver, account):
    version = newest(submitted(author, account))
    approver.completions.all().delete()
    with pytest.raises(NotAllowed):
        approve(version_id=version.pk, digest=version.digest, by=approver)


def test_nobody_saves_the_draft_of_somebody_else_whose_accounts_are_not_theirs(author, account):
    post = drafted(author, account)
    elsewhere = drafter_of(AccountFactory())

    for changed in (content(account, text="Buy my book."), content(account)):
        with pytest.raises(NotAllowed):
            save_draft(post_id=post.pk, content=changed, revision=1, by=elsewhere)
    assert fresh(post).draft.saved_by == author


def test_a_draft_is_not_sent_for_an_account_that_is_not_the_authors_any_more(author, account, page):
    post = drafted(author, account, page)
    author.account_grants.filter(account=page).update(ended_at=timezone.now())

    with pytest.raises(NotAllowed, match="write for all of these accounts"):
        submit(post_id=post.pk, revision=post.draft.revision, by=author)


def test_a_picture_of_another_post_cannot_be_named_in_a_draft(author, account):
    theirs = with_picture(drafted(author, account), author)
    post = drafted(author, account)
    stolen = content(account, media=(Attached(theirs.pk, "A library at night"),))

    with pytest.raises(Refused, match="does not belong to this post"):
        save_draft(post_id=post.pk, content=stolen, revision=1, by=author)


def test_a_draft_for_an_account_of_somebody_else_is_refused(author):
    elsewhere = AccountFactory()
    with pytest.raises(NotAllowed):
        drafted(author, elsewhere)
    post = drafted(author)
    with pytest.raises(NotAllowed):
        edited(post, author, account_ids=[elsewhere.pk])
    assert not Post.objects.filter(version__isnull=False).exists()


def submitted_and_taken_back(author, account) -> Post:
    post = submitted(author, account)
    return take_back(post_id=post.pk, by=author)


def resubmitted(post: Post, by) -> Post:
    return fresh(submit(post_id=post.pk, revision=fresh(post).draft.revision, by=by))
