"""One, two and three stages: who gives each, in which order, and what the gate says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import AccountGrant, CorporateGrant, SocialAccount, User
from accounts.permissions import CorporateRole
from publishing.actions.deciding import approve, ask_for_changes
from publishing.actions.moving import move_and_approve
from publishing.approvers import approvers_of
from publishing.delivery.gate import Verdict, Way, examine
from publishing.delivery.locking import lock_delivery
from publishing.errors import Conflict, NotAllowed, OwnWork
from publishing.models import Approval, Delivery, ElectionPeriod, Post, PostState, Stage, Topic
from publishing.queue import next_for, raised_for, second_checks_for, waiting_for
from publishing.routes import ORDER, awaited, by_election, sources, stage_awaited
from publishing.routes.asked import Asked
from publishing.routes.needed import Need
from tests.at_once import at_once
from tests.factories import RiskAssessmentFactory, approver_of, communications_officer, person
from tests.publishing.delivery.factories import waiting
from tests.publishing.making import decided, fresh, in_hours, newest, submitted
from tests.publishing.routes.making import away, route, topic
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def give(post: Post, stage: Stage, by: User) -> Post:
    version = newest(post)
    return fresh(approve(version_id=version.pk, digest=version.digest, by=by, stage=stage))


def for_the_monitoring_officer(asked: Iterable[Asked]) -> Iterable[tuple[Asked, Need]]:
    return [(each, Need(Stage.ELECTION_CHECK, "it names a candidate")) for each in asked]


@pytest.fixture
def election(monkeypatch: pytest.MonkeyPatch, officer: User) -> None:
    """The Monitoring Officer's check is needed for every post."""
    day = timezone.localdate()
    ElectionPeriod.objects.create(
        name="May",
        nation="england",
        kind="local",
        suggested_notice_on=day,
        notice_on=day,
        poll_on=day + timedelta(days=1),
        created_by=officer,
    )
    others = tuple(each for each in sources.SOURCES if each is not by_election.needs)
    monkeypatch.setattr("publishing.routes.stages.SOURCES", (*others, for_the_monitoring_officer))


@pytest.fixture
def monitor(db) -> User:
    return person(CorporateRole.MONITORING_OFFICER, name="Mo Officer")


def verdict_on(delivery: Delivery) -> Verdict:
    with transaction.atomic():
        return examine(lock_delivery(delivery.pk), timezone.now())


@pytest.mark.usefixtures("election")
def test_three_stages_are_given_in_order_by_three_people(
    author, approver, officer, monitor, account
) -> None:
    route(Stage.SECOND_CHECK)
    post = submitted(author, account, at=in_hours(5))
    with pytest.raises(Conflict, match="does not await the Monitoring Officer’s check"):
        give(post, Stage.ELECTION_CHECK, monitor)
    assert stage_awaited(post) is Stage.APPROVAL

    post = decided(post, approver)
    assert (post.state, stage_awaited(post)) == (PostState.SECOND_CHECK, Stage.SECOND_CHECK)
    with pytest.raises(Conflict):
        give(post, Stage.ELECTION_CHECK, monitor)

    post = give(post, Stage.SECOND_CHECK, officer)
    assert (post.state, stage_awaited(post)) == (PostState.SECOND_CHECK, Stage.ELECTION_CHECK)
    assert not post.deliveries.exists()
    with pytest.raises(NotAllowed):
        give(post, Stage.ELECTION_CHECK, communications_officer())

    post = give(post, Stage.ELECTION_CHECK, monitor)
    assert (post.state, stage_awaited(post)) == (PostState.SCHEDULED, None)
    given = newest(post).approvals.order_by("pk").values_list("stage", flat=True)
    assert list(given) == list(ORDER)


@pytest.mark.usefixtures("election")
def test_the_monitoring_officer_can_ask_for_changes_and_comes_second_without_a_second_check(
    author, approver, monitor, account
) -> None:
    post = decided(submitted(author, account, at=in_hours(5)), approver)
    assert stage_awaited(post) is Stage.ELECTION_CHECK
    assert list(second_checks_for(monitor)) == [post]
    assert not second_checks_for(communications_officer()).exists()
    assert "Mo Officer" in text_of(as_person(author).get(f"/posts/{post.pk}/"))

    ask_for_changes(version_id=newest(post).pk, comment="Which candidate?", by=monitor)

    assert fresh(post).state == PostState.CHANGES_REQUESTED
    assert newest(post).approvals.get(decided_by=monitor).stage == Stage.ELECTION_CHECK


@pytest.mark.usefixtures("election")
def test_the_gate_holds_what_came_to_need_a_third_stage(monitor) -> None:
    delivery = waiting()
    route(Stage.SECOND_CHECK)
    officer = communications_officer()
    post = fresh(delivery.post)

    verdict = verdict_on(delivery)
    assert (verdict.way, "a second check because the route" in verdict.reason) == (Way.HOLD, True)
    give(post, Stage.SECOND_CHECK, officer)
    verdict = verdict_on(delivery)
    assert (verdict.way, "Monitoring Officer’s check" in verdict.reason) == (Way.HOLD, True)
    assert list(raised_for(monitor)) == [post]
    give(post, Stage.ELECTION_CHECK, monitor)

    assert verdict_on(delivery).way is Way.SEND
    CorporateGrant.objects.filter(user=monitor).update(ended_at=timezone.now())
    assert verdict_on(delivery).way is Way.HOLD


def test_a_route_asked_for_afterwards_holds_until_it_is_given() -> None:
    delivery, officer = waiting(), communications_officer()
    assert verdict_on(delivery).way is Way.SEND
    route(Stage.SECOND_CHECK, conditions={"topics": [topic(words="library")]})
    post = fresh(delivery.post)

    assert verdict_on(delivery).way is Way.HOLD
    assert list(raised_for(officer)) == [post]
    page = text_of(as_person(officer).get(f"/posts/{post.pk}/"))
    assert "A second check is missing" in page
    Topic.objects.update(words="adoption")
    assert verdict_on(delivery).way is Way.SEND
    assert not raised_for(officer).exists()


def test_a_route_that_fell_while_a_post_waits_leaves_it_with_whoever_may_check(
    author, approver, officer, account
) -> None:
    kept = route((Stage.SECOND_CHECK, [approver_of(account)]))
    post = decided(submitted(author, account, at=in_hours(5)), approver)
    kept.delete()

    assert stage_awaited(fresh(post)) is Stage.SECOND_CHECK
    assert give(post, Stage.SECOND_CHECK, officer).state == PostState.SCHEDULED


def test_only_those_named_decide_with_the_right(author, approver, officer, account) -> None:
    outsider, named = person(name="Una Named"), approver_of(account, name="Nia Named")
    route((Stage.APPROVAL, [named, outsider]))
    post = submitted(author, account, at=in_hours(5))

    for other in (approver, officer):
        with pytest.raises(NotAllowed, match="names others"):
            decided(post, other)
    with pytest.raises(NotAllowed):
        decided(post, outsider)
    needed = awaited(post)
    assert needed
    assert list(approvers_of(newest(post), needed)) == [named]
    assert decided(post, named).state == PostState.SCHEDULED


def test_a_role_that_a_route_names_is_needed_on_every_account(
    author, account, page, officer
) -> None:
    route((Stage.APPROVAL, "approver"))
    on_one, on_both = approver_of(account), approver_of(account, page)
    post = submitted(author, account, page, at=in_hours(5))

    for other in (on_one, officer):
        with pytest.raises(NotAllowed):
            decided(post, other)
    assert decided(post, on_both).state == PostState.SCHEDULED


def test_whom_a_route_names_for_a_second_check_may_be_an_approver_but_not_for_a_high_risk(
    author, approver, account
) -> None:
    named = approver_of(account)
    route((Stage.SECOND_CHECK, [named]))
    post = decided(submitted(author, account, at=in_hours(5)), approver)
    RiskAssessmentFactory(account=account, likelihood=5, impact=5, assessed_at=timezone.now())
    with pytest.raises(NotAllowed):
        give(post, Stage.SECOND_CHECK, named)
    RiskAssessmentFactory(account=account, likelihood=1, impact=1, assessed_at=timezone.now())

    assert give(post, Stage.SECOND_CHECK, named).state == PostState.SCHEDULED


def test_cover_stands_in_while_the_named_person_is_away_and_gives_no_right(
    author, approver, account
) -> None:
    named, outsider = approver_of(account), person()
    route((Stage.APPROVAL, [named]))
    post = submitted(author, account, at=in_hours(5))
    absence = away(named, approver)
    away(named, outsider)

    with pytest.raises(NotAllowed):
        decided(post, outsider)
    assert decided(post, approver).state == PostState.SCHEDULED
    absence.ended_at = timezone.now()
    absence.save()
    assert verdict_on(post.deliveries.get()).way is not Way.TAMPERED
    with pytest.raises(NotAllowed):
        decided(submitted(author, account, at=in_hours(5)), approver)


def test_an_approval_stays_valid_when_others_are_named_but_not_without_the_right() -> None:
    delivery = waiting()
    route((Stage.APPROVAL, [communications_officer()]))
    assert verdict_on(delivery).way is Way.SEND

    AccountGrant.objects.filter(user=delivery.version.approvals.get().decided_by).update(
        ended_at=timezone.now()
    )
    assert verdict_on(delivery).way is Way.HOLD


def test_moving_and_approving_asks_who_is_named_too(author, approver, officer, account) -> None:
    post = decided(submitted(author, account, at=in_hours(5)), approver)
    route((Stage.APPROVAL, [officer]))
    version = newest(post)

    with pytest.raises(NotAllowed):
        move_and_approve(version_id=version.pk, digest=version.digest, at=in_hours(9), by=approver)
    assert newest(post).pk == version.pk


def test_what_waits_for_others_by_a_route_does_not_wait_for_me(
    author, approver, officer, account
) -> None:
    route((Stage.APPROVAL, [officer]), conditions={"topics": [topic(words="library")]})
    for_officer = submitted(author, account, at=in_hours(5))
    for_both = submitted(author, account, at=in_hours(6), text="Swim!", title="Swim")

    assert set(waiting_for(approver)) == {for_both}
    assert set(waiting_for(officer)) == {for_officer, for_both}
    assert next_for(approver) == for_both


def test_the_writer_of_a_post_is_told_before_sending_what_it_needs(
    author, approver, account
) -> None:
    route((Stage.SECOND_CHECK, [person(name="Ned Named")]), name="Care")
    post = submitted(author, account, at=in_hours(5))

    page = text_of(as_person(author).get(f"/posts/{post.pk}/"))

    assert "Because the route “Care” asks for it" in page
    assert "Ned Named" in page
    assert "Nobody can give this at the moment." in page


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stage", [Stage.APPROVAL, Stage.SECOND_CHECK])
def test_of_two_at_once_one_decides(author, approver, account, stage) -> None:
    route(Stage.SECOND_CHECK)
    post = submitted(author, account, at=in_hours(5))
    if stage is Stage.SECOND_CHECK:
        decided(post, approver)
    one, other = communications_officer(), communications_officer()

    answers = at_once(
        lambda: give(post, stage, one), lambda: give(post, stage, other), refusals=(Conflict,)
    )

    assert sum(isinstance(answer, Conflict) for answer in answers) == 1
    assert Approval.objects.filter(stage=stage).count() == 1


def test_nobody_gives_two_of_a_route(author, officer, account: SocialAccount) -> None:
    route(Stage.SECOND_CHECK)
    post = decided(submitted(author, account, at=in_hours(5)), officer)

    with pytest.raises(OwnWork):
        give(post, Stage.SECOND_CHECK, officer)
