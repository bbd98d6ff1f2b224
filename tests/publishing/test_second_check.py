"""Two approvals by two people for an account of high risk: given, refused, moved, changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions.closing import begin_closing
from accounts.closing import in_the_way
from accounts.models import SocialAccount
from audit.models import Entry
from publishing.actions.deciding import approve, ask_for_changes
from publishing.actions.leaving import cancel_on
from publishing.actions.moving import move, move_and_approve
from publishing.actions.scheduling import miss_overdue
from publishing.actions.submitting import submit, take_back
from publishing.errors import Conflict, NotAllowed, OwnWork
from publishing.models import Approval, Decision, Delivery, Post, PostState, Stage
from publishing.queue import count_waiting_for, next_for, second_checks_for, waiting_for
from publishing.routes import stages_for
from tests.factories import (
    AccountFactory,
    RiskAssessmentFactory,
    approver_of,
    communications_officer,
)
from tests.publishing.making import decided, edited, fresh, in_hours, newest, submitted
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db
HIGH = {"likelihood": 3, "impact": 5}


def risk_of(account: SocialAccount, **scores: int) -> None:
    """A signed assessment that is newer than the one before."""
    RiskAssessmentFactory(account=account, assessed_at=timezone.now(), **scores)


@pytest.fixture
def account(db):
    account = AccountFactory(platform="x", name="Wealdmoor Libraries", handle="wmlibraries")
    risk_of(account, **HIGH)
    return account


def check_again(post: Post, by, **changed) -> Post:
    version = newest(post)
    given = {"version_id": version.pk, "digest": version.digest, "stage": Stage.SECOND_CHECK}
    return fresh(approve(**{**given, **changed}, by=by))


def test_the_route_follows_from_the_risk_that_is_signed(author, account, page, settings):
    high, low = (newest(submitted(author, each)) for each in (account, page))
    both = newest(submitted(author, account, page))
    RiskAssessmentFactory(account=page, signed_off_by=None, signed_off_at=None, **HIGH)

    assert stages_for(high) == stages_for(both) == (Stage.APPROVAL, Stage.SECOND_CHECK)
    assert stages_for(low) == (Stage.APPROVAL,)
    settings.RISK_SECOND_CHECK_FROM = 16
    assert stages_for(high) == (Stage.APPROVAL,)
    settings.RISK_SECOND_CHECK_FROM = 6
    assert stages_for(low) == (Stage.APPROVAL, Stage.SECOND_CHECK)


def test_it_goes_out_after_two_people_said_so(author, approver, officer, account):
    post = decided(submitted(author, account, at=in_hours(5)), approver)
    assert post.state == PostState.SECOND_CHECK
    assert not Delivery.objects.exists()

    post = check_again(post, officer)

    assert post.state == PostState.SCHEDULED
    assert post.deliveries.count() == 1
    given = Approval.objects.order_by("pk").values_list("stage", "decided_by", "digest")
    digest = newest(post).digest
    assert list(given) == [("approval", approver.pk, digest), ("second_check", officer.pk, digest)]
    events = list(Entry.objects.order_by("sequence").values_list("event", flat=True))[-3:]
    assert events == ["post.approved", "post.second_checked", "post.scheduled"]


def test_without_a_time_it_goes_out_now(author, approver, officer, account):
    post = check_again(decided(submitted(author, account), approver), officer)

    assert post.state == PostState.APPROVED
    assert post.deliveries.count() == 1


def test_an_account_s_own_approver_gives_the_first_approval_only(author, approver, account):
    post = decided(submitted(author, account), approver)

    with pytest.raises(NotAllowed, match="second check"):
        check_again(post, approver_of(account))
    assert fresh(post).state == PostState.SECOND_CHECK


def test_nobody_gives_both(author, officer, account):
    post = decided(submitted(author, account), officer)

    with pytest.raises(OwnWork, match="Somebody else has to check it again"):
        check_again(post, officer)
    with pytest.raises(OwnWork):
        ask_for_changes(version_id=newest(post).pk, comment="Hm", by=officer)
    assert fresh(post).state == PostState.SECOND_CHECK


def test_neither_author_nor_editor_gives_the_second_check(approver, account):
    writer, editor, other = (communications_officer() for _ in range(3))
    post = edited(submitted_and_taken_back(writer, account), editor, text="Open until nine.")
    post = fresh(submit(post_id=post.pk, revision=post.draft.revision, by=editor))
    decided(post, approver)

    for own in (writer, editor):
        with pytest.raises(OwnWork):
            check_again(post, own)
    assert check_again(post, other).state == PostState.APPROVED


def submitted_and_taken_back(author, account) -> Post:
    return fresh(take_back(post_id=submitted(author, account).pk, by=author))


def test_the_stage_is_the_one_that_the_page_asked_about(author, approver, officer, account):
    post = submitted(author, account, at=in_hours(5))
    with pytest.raises(Conflict, match="does not await a second check"):
        check_again(post, officer)
    decided(post, approver)

    with pytest.raises(Conflict, match="Tom Okafor decided before you"):
        decided(post, officer)
    assert Approval.objects.count() == 1


def test_a_second_click_is_harmless(author, approver, officer, account):
    post = decided(submitted(author, account, at=in_hours(5)), approver)
    assert decided(post, approver).state == PostState.SECOND_CHECK
    check_again(post, officer)

    assert check_again(post, officer).state == PostState.SCHEDULED
    assert (Approval.objects.count(), Delivery.objects.count()) == (2, 1)


def test_what_was_not_seen_is_not_checked(author, approver, officer, account):
    post = decided(submitted(author, account), approver)

    with pytest.raises(Conflict, match="not what you were shown"):
        check_again(post, officer, digest="0" * 64)


def test_changes_can_be_asked_for_at_the_second_check(author, approver, officer, account):
    post = decided(submitted(author, account), approver)

    with pytest.raises(NotAllowed):
        ask_for_changes(version_id=newest(post).pk, comment="Hm", by=approver_of(account))
    ask_for_changes(version_id=newest(post).pk, comment="Which library?", by=officer)

    assert fresh(post).state == PostState.CHANGES_REQUESTED
    said = Approval.objects.get(decision=Decision.CHANGES_REQUESTED)
    assert (said.stage, said.comment) == (Stage.SECOND_CHECK, "Which library?")
    post = fresh(post)
    post = fresh(submit(post_id=post.pk, revision=post.draft.revision, by=author))
    assert post.state == PostState.AWAITING_APPROVAL


def test_a_change_voids_both_approvals(author, approver, officer, account):
    post = check_again(decided(submitted(author, account, at=in_hours(5)), approver), officer)
    take_back(post_id=post.pk, by=author)
    post = edited(post, author, text="Open until nine.")
    post = fresh(submit(post_id=post.pk, revision=post.draft.revision, by=author))

    assert not newest(post).approvals.exists()
    with pytest.raises(Conflict):
        check_again(post, officer)
    assert decided(post, approver).state == PostState.SECOND_CHECK


@pytest.mark.parametrize("checked", [False, True], ids=["before the check", "after it"])
def test_moving_voids_both_approvals(author, approver, officer, account, checked):
    post = decided(submitted(author, account, at=in_hours(5)), approver)
    if checked:
        check_again(post, officer)

    move(version_id=newest(post).pk, at=in_hours(9), by=approver)

    assert fresh(post).state == PostState.AWAITING_APPROVAL
    assert not newest(post).approvals.exists()
    assert "post.approval_voided" in Entry.objects.values_list("event", flat=True)


@pytest.mark.parametrize("by_whom", ["approver", "officer"])
def test_move_and_approve_does_not_skip_the_second_check(
    author, approver, officer, account, by_whom
):
    post = check_again(decided(submitted(author, account, at=in_hours(5)), approver), officer)
    mover = {"approver": approver, "officer": officer}[by_whom]
    version = newest(post)

    move_and_approve(version_id=version.pk, digest=version.digest, at=in_hours(9), by=mover)

    post = fresh(post)
    assert post.state == PostState.SECOND_CHECK
    assert not post.deliveries.exclude(state="cancelled").exists()
    with pytest.raises(NotAllowed):
        check_again(post, mover)
    assert check_again(post, communications_officer()).state == PostState.SCHEDULED


def test_a_slot_is_missed_while_it_waits_for_its_second_check(
    clock, author, approver, officer, account
):
    post = decided(submitted(author, account, at=in_hours(1)), approver)
    clock.shift(3600)

    assert miss_overdue(timezone.now()) == 1
    assert fresh(post).state == PostState.MISSED_SLOT


def test_a_second_check_that_comes_too_late_misses_the_slot(
    clock, author, approver, officer, account
):
    post = decided(submitted(author, account, at=in_hours(1)), approver)
    clock.shift(3600)

    assert check_again(post, officer).state == PostState.MISSED_SLOT
    assert Approval.objects.count() == 1


def test_the_queue_knows_who_may_check(author, approver, officer, account):
    other, own_approver = communications_officer(), approver_of(account)
    first = submitted(author, account, at=in_hours(5))
    post = decided(submitted(author, account, at=in_hours(6)), officer)

    assert set(second_checks_for(other)) == {post}
    for nobody in (officer, own_approver, author):
        assert not second_checks_for(nobody).exists()
    assert set(waiting_for(other)) == {first}
    counts = [count_waiting_for(each) for each in (other, officer, own_approver, author)]
    assert counts == [2, 1, 1, 0]
    assert next_for(other) == first
    assert next_for(other, after=first) == post


def test_the_database_refuses_two_decisions_by_one_person(author, approver, account):
    post = decided(submitted(author, account), approver)
    version = newest(post)

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            version=version,
            stage=Stage.SECOND_CHECK,
            decision=Decision.APPROVED,
            digest=version.digest,
            author=post.author,
            editor=version.edited_by,
            decided_by=approver,
        )


def second_check_in_the_database(post: Post, **fields: object) -> None:
    version = newest(post)
    given = {
        "version": version,
        "stage": Stage.SECOND_CHECK,
        "decision": Decision.APPROVED,
        "digest": version.digest,
        "author": post.author,
        "editor": version.edited_by,
        "decided_by": communications_officer(),
    }
    Approval.objects.create(**{**given, **fields})


@pytest.mark.parametrize("state", ["approved", "scheduled"])
def test_the_database_refuses_a_post_that_leaves_its_second_check_without_one(
    author, approver, account, state
):
    post = decided(submitted(author, account), approver)

    def leave() -> None:
        with transaction.atomic():
            Post.objects.filter(pk=post.pk).update(state=state)

    with pytest.raises(DatabaseError, match="no second check"):
        leave()
    second_check_in_the_database(post, digest="0" * 64)
    with pytest.raises(DatabaseError, match="no second check"):
        leave()
    second_check_of(post).delete()
    second_check_in_the_database(post)
    leave()
    assert fresh(post).state == state


def second_check_of(post: Post):
    return newest(post).approvals.filter(stage=Stage.SECOND_CHECK)


def test_a_second_check_with_copied_columns_that_lie_is_none_for_the_database(
    author, approver, officer, account
):
    post = decided(submitted(author, account), approver)
    second_check_in_the_database(post, author=officer, editor=officer, decided_by=author)

    with pytest.raises(DatabaseError, match="no second check"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(state="scheduled")


def test_the_pages_lead_through_both_stages(author, approver, officer, account):
    post = submitted(author, account, at=in_hours(5))
    address = reverse("post", args=[post.pk])
    page = text_of(as_person(author).get(address))
    assert "Two people: after the approval, communications checks it again" in page
    version = newest(post)
    body = {"version": version.pk, "digest": version.digest, "stage": "approval"}

    answer = as_person(approver).post(reverse("post_approve", args=[post.pk]), body, follow=True)

    assert "once somebody else has checked it again" in text_of(answer)
    page = text_of(as_person(approver).get(address))
    assert "You approved this, so somebody else checks it again." in page
    assert "These people can: Ana Lewis." in page
    answer = as_person(officer).get(address)
    assert "Tom Okafor approved this" in text_of(answer)
    assert 'name="stage" value="second_check"' in answer.content.decode()
    tasks = {task.text: task.href for task in as_person(officer).get("/").context["tasks"]}
    assert tasks["Second checks to give"] == address
    assert post.title in text_of(as_person(officer).get(reverse("posts") + "?tab=second"))

    body["stage"] = "second_check"
    answer = as_person(officer).post(reverse("post_approve", args=[post.pk]), body, follow=True)

    assert "is approved. It goes out on" in text_of(answer)
    page = text_of(as_person(author).get(reverse("post_compare", args=[post.pk])))
    assert "Second check: Approved by Ana Lewis" in page


def test_a_page_that_asks_about_no_stage_that_there_is_approves_nothing_twice(
    author, approver, officer, account
):
    post = decided(submitted(author, account), approver)
    version = newest(post)
    body = {"version": version.pk, "digest": version.digest, "stage": "third"}

    answer = as_person(officer).post(reverse("post_approve", args=[post.pk]), body)

    assert answer.status_code == 409
    assert fresh(post).state == PostState.SECOND_CHECK


def test_whoever_may_not_check_is_refused_the_pages(author, approver, account):
    post = decided(submitted(author, account), approver)
    other, version = approver_of(account), newest(post)
    body = {"version": version.pk, "digest": version.digest, "stage": "second_check"}

    answer = as_person(other).post(reverse("post_approve", args=[post.pk]), body)

    assert answer.status_code == 403
    page = text_of(as_person(other).get(reverse("post", args=[post.pk])))
    assert "You cannot give this post its second check." in page
    assert as_person(other).get(reverse("post_changes", args=[post.pk])).status_code == 403


def test_a_post_that_waits_for_its_check_is_taken_off_an_account_that_closes(
    author, approver, officer, account, page
):
    alone = decided(submitted(author, account, at=in_hours(5)), approver)
    on_both = decided(submitted(author, account, page, at=in_hours(6)), approver)
    begin_closing(by=officer, account=account, reason="It is over.")
    assert "2 posts await approval" in in_the_way(account)[0].what

    for post in (alone, on_both):
        cancel_on(post_id=post.pk, account=account, by=officer, reason="It is over.")

    assert fresh(alone).state == PostState.WITHDRAWN
    assert fresh(on_both).state == PostState.AWAITING_APPROVAL
    assert newest(on_both).governed_accounts() == [page]
    assert not newest(on_both).approvals.exists()
    assert in_the_way(account) == []
    assert decided(on_both, approver).state == PostState.SCHEDULED
