"""The home page: what waits for each person, and what the corporate team sees of the whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import RiskAssessment, SocialAccount, User
from accounts.permissions import CorporateRole
from monitoring.storing import store
from publishing.actions.deciding import ask_for_changes
from publishing.delivery.stopping import ask_release, place_stop
from publishing.models import Circuit, Delivery, DeliveryState, Post, PostState
from tests.factories import (
    AccountFactory,
    approver_of,
    communications_officer,
    digital_officer,
    drafter_of,
    person,
    site_owner_of,
)
from tests.monitoring.factories import found
from tests.publishing.making import approved, drafted, in_hours, newest, submitted
from tests.visiting import as_person, text_of
from training.models import Completion

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> SocialAccount:
    return AccountFactory(name="Wealdmoor Libraries")


@pytest.fixture
def author(account: SocialAccount) -> User:
    return drafter_of(account, name="Priya Shah")


@pytest.fixture
def approver(account: SocialAccount) -> User:
    return approver_of(account, name="Tom Okafor")


def home_of(user: User) -> str:
    return text_of(as_person(user).get(reverse("home")))


def links_of(user: User) -> dict[str, str]:
    """What each task says, and where it leads."""
    tasks = as_person(user).get(reverse("home")).context["tasks"]
    return {f"{task.text} {task.count}": task.href for task in tasks}


def test_somebody_with_nothing_to_do_is_told_so() -> None:
    home = home_of(person())
    assert "Nothing is waiting for you" in home
    assert "Across the council" not in home
    assert "Write a post" not in home


def test_an_approver_is_led_to_what_waits_for_them(
    author: User, approver: User, account: SocialAccount
) -> None:
    submitted(author, account, at=in_hours(5))
    submitted(approver, account, at=in_hours(5))
    assert links_of(approver) == {"Posts to approve 1": reverse("post_next")}
    assert links_of(author) == {}


def test_only_the_missed_slots_that_one_may_read_are_counted(
    author: User, approver: User, account: SocialAccount
) -> None:
    missed = approved(author, approver, account)
    Post.objects.filter(pk=missed.pk).update(state=PostState.MISSED_SLOT)
    Delivery.objects.filter(post=missed).update(state=DeliveryState.MISSED)
    of_another = approver_of(AccountFactory())
    assert "Missed slots 1" in links_of(approver)
    assert links_of(of_another) == {}


def test_an_author_is_led_to_the_post_that_was_returned_first(
    author: User, approver: User, account: SocialAccount
) -> None:
    posts = [submitted(author, account, at=in_hours(5)) for _ in range(2)]
    for post in posts:
        ask_for_changes(version_id=newest(post).pk, comment="Which library?", by=approver)
    first = reverse("post_edit", args=[posts[0].pk])
    assert links_of(author) == {"Posts returned to you 2": first}
    assert links_of(approver) == {}


def test_what_went_wrong_stands_first(author: User, approver: User, account: SocialAccount) -> None:
    drafted(author, account)
    missed, refused, unknown = (approved(author, approver, account) for _ in range(3))
    Post.objects.filter(pk=missed.pk).update(state=PostState.MISSED_SLOT)
    Post.objects.filter(pk=refused.pk).update(state=PostState.FAILED)
    Delivery.objects.filter(post=missed).update(state=DeliveryState.MISSED)
    Delivery.objects.filter(post=refused).update(state=DeliveryState.REJECTED)
    Delivery.objects.filter(post=unknown).update(state=DeliveryState.UNKNOWN, asks_person=True)
    assert list(links_of(author)) == [
        "Missed slots 1",
        "Posts that a platform refused 1",
        "Your drafts 1",
    ]
    assert list(links_of(communications_officer())) == [
        "Is it live? 1",
        "Missed slots 1",
        "Posts that a platform refused 1",
    ]


def test_an_overdue_risk_assessment_waits_for_whoever_answers_for_the_account() -> None:
    owner = person()
    account = AccountFactory(owner=owner)
    assert links_of(owner) == {}
    yesterday = timezone.localdate() - timedelta(days=1)
    RiskAssessment.objects.filter(account=account).update(review_on=yesterday)
    assert links_of(owner) == {"Risk assessments to review 1": f"{reverse('accounts')}?mine=on"}
    assert links_of(person()) == {}
    held = yesterday + timedelta(days=15)
    assert f"Posts are held from {held:%-d %B} if nobody reviews" in home_of(owner)
    overdue = f"Review overdue, posts held from {held:%-d %B}"
    assert overdue in home_of(communications_officer())
    assert overdue in text_of(as_person(owner).get(reverse("accounts")))
    page = text_of(as_person(owner).get(reverse("account", args=[account.pk])))
    assert f"from {held:%-d %B %Y} they are held" in page


def test_training_that_lapsed_is_a_task_and_stops_the_writing(author: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Completion.objects.filter(user=author).update(expires_on=yesterday, counts_until=yesterday)
    assert links_of(author) == {"Training and policies due 1": reverse("training")}
    assert "Write a post" not in home_of(author)


def test_the_corporate_team_sees_the_whole(
    author: User, approver: User, account: SocialAccount
) -> None:
    approved(author, approver, account, at=in_hours(30))
    store(account.pk, [found(f"m{number}") for number in range(3)], timezone.now())
    home = home_of(communications_officer())
    assert "Going out 1 delivery waits for its time" in home
    assert "3 mentions in 30 days" in home
    assert "not heard from" in home
    for role_sees_less in (author, approver):
        assert "Across the council" not in home_of(role_sees_less)


def test_an_empty_council_has_a_dashboard_too() -> None:
    home = home_of(digital_officer())
    assert "Going out 0" in home
    assert "Nothing is waiting for you" in home
    assert "There are no accounts yet." in home


def test_a_stop_a_closed_circuit_and_an_account_that_is_unwell_are_told(
    account: SocialAccount,
) -> None:
    officer = communications_officer(name="Ana Lewis")
    place_stop(reason="A death in office.", by=officer)
    Circuit.objects.create(platform="x", open_until=in_hours(1), reason="It answers with errors.")
    assert "There are no accounts" not in home_of(officer)
    home = home_of(officer)
    assert "All delivery is stopped" in home
    assert "Ana Lewis stopped it" in home
    assert "A death in office." in home
    assert "It answers with errors." in home
    assert "Not connected: nobody can post or see mentions." in home


def test_a_release_waits_for_somebody_other_than_whoever_asked() -> None:
    first, second = communications_officer(), communications_officer()
    stop = place_stop(reason="A death in office.", by=first)
    assert "Stops to release 1" not in links_of(second)
    ask_release(stop_id=stop.pk, reason="The family agrees.", by=first)
    place = reverse("stop_page", args=[stop.pk])
    assert links_of(second)["Stops to release 1"] == place
    assert "Stops to release 1" not in links_of(first)
    assert "Stops to release 1" not in links_of(person())


QUERIES = {
    "staff": 11,
    "drafter": 14,
    "approver": 16,
    "owner": 15,
    "hr": 14,
    "manager": 14,
    "officer": 25,
    "digital": 23,
}
"""Who asks, what they hold and have to learn: nine. The tasks: one. The dashboard: up to eleven."""


def test_the_home_page_asks_few_questions_of_whomever_and_however_much_there_is(
    author: User,
    approver: User,
    account: SocialAccount,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    people = {
        "staff": person(),
        "drafter": author,
        "approver": approver,
        "owner": site_owner_of(account),
        "hr": person(CorporateRole.HR),
        "manager": person(),
        "officer": communications_officer(),
        "digital": digital_officer(),
    }
    person(manager=people["manager"])
    place_stop(reason="A death in office.", by=people["officer"])
    Circuit.objects.create(platform="x", open_until=in_hours(1), reason="It answers with errors.")
    for _ in range(2):
        approved(author, approver, account, at=in_hours(30))
        submitted(author, account, at=in_hours(31))
        drafted(author, account)
        AccountFactory()
        for who, user in people.items():
            visitor = as_person(user)
            with django_assert_max_num_queries(QUERIES[who]):
                visitor.get(reverse("home"))
