"""Which of the council's own routes fit a post, what they ask for, and of whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import SocialAccount
from accounts.permissions import AccountRole, Permission
from publishing.composition import composition_of
from publishing.models import (
    Campaign,
    ElectionPeriod,
    Post,
    Promotion,
    PromotionState,
    Stage,
    Version,
    Ward,
)
from publishing.routes import (
    asked_of_draft,
    needed_for,
    needed_for_all,
    needed_together,
    stages_for,
)
from tests.factories import RiskAssessmentFactory, ServiceAreaFactory
from tests.publishing.making import in_hours, newest, submitted
from tests.publishing.routes.making import route, topic

pytestmark = pytest.mark.django_db
TWO = (Stage.APPROVAL, Stage.SECOND_CHECK)
ONE = (Stage.APPROVAL,)


def second(version: Version) -> Any:
    return needed_for(version)[1]


def risk(account: SocialAccount, likelihood: int, impact: int) -> None:
    RiskAssessmentFactory(
        account=account, likelihood=likelihood, impact=impact, assessed_at=timezone.now()
    )


def test_a_route_without_conditions_fits_every_post(author, account, page) -> None:
    route(Stage.SECOND_CHECK)

    assert stages_for(newest(submitted(author, account))) == TWO
    assert stages_for(newest(submitted(author, page))) == TWO


def test_one_that_is_switched_off_asks_for_nothing(author, account) -> None:
    route(Stage.SECOND_CHECK, is_active=False)

    assert stages_for(newest(submitted(author, account))) == ONE


def test_by_account(author, account, page) -> None:
    route(Stage.SECOND_CHECK, conditions={"accounts": [page]})

    assert stages_for(newest(submitted(author, account))) == ONE
    assert stages_for(newest(submitted(author, account, page))) == TWO


def test_by_part_of_the_council_of_the_account_or_the_post_with_all_below(
    author, account, page
) -> None:
    council = ServiceAreaFactory()
    below, beside = ServiceAreaFactory(parent=council), ServiceAreaFactory()
    SocialAccount.objects.filter(pk=account.pk).update(service_area=below)
    SocialAccount.objects.filter(pk=page.pk).update(service_area=beside)
    route(Stage.SECOND_CHECK, conditions={"service_areas": [council]})

    assert stages_for(newest(submitted(author, account))) == TWO
    post = submitted(author, page)
    Post.objects.filter(pk=post.pk).update(service_area=beside)
    assert stages_for(newest(post)) == ONE
    Post.objects.filter(pk=post.pk).update(service_area=below)
    assert stages_for(newest(post)) == TWO


def test_by_risk_from_a_score(author, account) -> None:
    risk(account, 3, 3)
    version = newest(submitted(author, account))
    strict = route(Stage.SECOND_CHECK, risk_from=10)
    assert stages_for(version) == ONE

    strict.risk_from = 9
    strict.save()
    assert stages_for(version) == TWO


def test_by_topic_in_any_of_the_texts(author, account) -> None:
    about = topic(words="adoption")
    route(Stage.SECOND_CHECK, conditions={"topics": [about]})

    assert stages_for(newest(submitted(author, account))) == ONE
    assert stages_for(newest(submitted(author, account, text="Adoption week"))) == TWO
    own = submitted(author, account, own_texts=((account.pk, "It is adoption week."),))
    assert stages_for(newest(own)) == TWO
    about.archived_at = timezone.now()
    about.save()
    assert stages_for(newest(own)) == ONE


def test_by_campaign(author, account) -> None:
    campaign = Campaign.objects.create(name="Budget", tag="budget")
    route(Stage.SECOND_CHECK, conditions={"campaigns": [campaign]})
    version = newest(submitted(author, account))
    assert stages_for(version) == ONE

    Version.objects.filter(pk=version.pk).update(campaign=campaign)
    assert stages_for(Version.objects.get(pk=version.pk)) == TWO


def test_in_an_election_period(author, account, officer) -> None:
    route(Stage.SECOND_CHECK, in_election=True)
    version = newest(submitted(author, account, at=in_hours(30)))
    assert stages_for(version) == ONE

    day = timezone.localdate(version.publish_at)
    period = ElectionPeriod.objects.create(
        name="May",
        nation="england",
        kind="local",
        suggested_notice_on=day,
        notice_on=day - timedelta(days=3),
        poll_on=day,
        created_by=officer,
    )
    at = timezone.make_aware(datetime.combine(day, time(21)))
    Version.objects.filter(pk=version.pk).update(publish_at=at)
    version.publish_at = at
    assert stages_for(version) == TWO
    ward = Ward.objects.create(name="Moorside")
    period.wards.add(ward)
    assert stages_for(version) == ONE
    ward.accounts.add(account)
    assert stages_for(version) == TWO
    period.cancelled_by, period.cancelled_at = officer, timezone.now()
    period.save()
    assert stages_for(version) == ONE


@pytest.mark.parametrize(
    ("state", "stages"), [(PromotionState.ASKED, TWO), (PromotionState.REFUSED, ONE)]
)
def test_where_paid_promotion_is_asked(author, officer, account, state, stages) -> None:
    route(Stage.SECOND_CHECK, is_paid=True)
    post = submitted(author, account)
    today = timezone.localdate()
    Promotion.objects.create(
        post=post,
        account=account,
        objective="Reach",
        audience="All",
        budget_pence=100,
        starts_on=today,
        ends_on=today,
        cost_code="X1",
        asked_by=author,
        budget_holder=officer,
        state=state,
        key=post.key,
    )

    assert stages_for(newest(post)) == stages


def test_every_kind_has_to_hold_and_for_one_and_the_same_account(author, account, page) -> None:
    risk(page, 3, 3)
    route(Stage.SECOND_CHECK, risk_from=9, conditions={"accounts": [account]})

    assert stages_for(newest(submitted(author, account, page))) == ONE
    risk(account, 3, 3)
    assert stages_for(newest(submitted(author, account, page))) == TWO


def test_each_that_fits_adds_its_stages_and_the_first_says_who(
    author, approver, officer, account
) -> None:
    route((Stage.SECOND_CHECK, [officer]), name="Later", position=20)
    route((Stage.SECOND_CHECK, [approver]), name="First", position=10)
    route(Stage.SECOND_CHECK, name="Nobody named", position=1)
    route((Stage.APPROVAL, AccountRole.APPROVER), name="Approval", position=30)

    approval, check = needed_for(newest(submitted(author, account)))

    assert check.who
    assert check.who.people == {approver.pk}
    assert check.because == (
        "the route “Nobody named” asks for it",
        "the route “First” asks for it",
        "the route “Later” asks for it",
    )
    assert approval.who
    assert (approval.who.role, approval.who.route) == ("approver", "Approval")


def test_whom_a_route_names_for_its_own_second_check_needs_the_right_to_approve(
    author, approver, account
) -> None:
    named = route((Stage.SECOND_CHECK, [approver]))
    version = newest(submitted(author, account))
    assert second(version).right == Permission.APPROVE_POST

    named.stages.get().people.clear()
    assert second(version).right == Permission.GIVE_SECOND_CHECK


def test_a_route_never_makes_easier_what_the_risk_asks_for(author, approver, account) -> None:
    risk(account, 5, 5)
    route((Stage.SECOND_CHECK, [approver]))

    needed = second(newest(submitted(author, account)))

    assert needed.right == Permission.GIVE_SECOND_CHECK
    assert needed.who.people == {approver.pk}
    assert f"the risk of {account} is high" in needed.because


def test_a_draft_is_asked_about_like_the_version_that_it_becomes(author, account) -> None:
    route(Stage.SECOND_CHECK, conditions={"topics": [topic(words="library")]})
    post = submitted(author, account)
    version = newest(post)

    asked = asked_of_draft(post, composition_of(version))

    assert needed_together(asked) == needed_for(version)
    assert [needed.stage for needed in needed_together(asked)] == list(TWO)


def test_many_posts_and_routes_take_as_many_questions_as_one(
    author, officer, account, page, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    def everything(name: str) -> None:
        conditions = {
            "accounts": [account],
            "service_areas": [account.service_area],
            "topics": [topic(name, "library")],
            "campaigns": [Campaign.objects.create(name=name, tag=name.lower())],
        }
        for named in (officer, author):
            route((Stage.SECOND_CHECK, [named]), conditions=conditions, is_paid=True)

    everything("One")
    versions = [newest(submitted(author, account)) for _ in range(2)]
    with django_assert_max_num_queries(15):
        needed_for_all(versions[:1])
    everything("Two")
    versions += [newest(submitted(author, account, page)) for _ in range(2)]
    with django_assert_max_num_queries(15):
        needed_for_all(versions)


def test_without_any_route_it_is_asked_once(
    author, account, django_assert_num_queries: Callable[[int], Any]
) -> None:
    version = newest(submitted(author, account))
    with django_assert_num_queries(6):
        assert needed_for(version)[0].who is None
