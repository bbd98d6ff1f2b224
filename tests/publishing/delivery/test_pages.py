"""The pages of the engine: what became of a post, and "Is it live?"."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from publishing.models import Delivery, DeliveryState
from tests.factories import communications_officer, person
from tests.publishing.delivery.conftest import now_is
from tests.publishing.delivery.factories import waiting

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked_about() -> Delivery:
    delivery = waiting()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.UNKNOWN, asks_person=True, reason="It was looked for twice."
    )
    return delivery


def results_of(delivery: Delivery) -> str:
    return f"/posts/{delivery.post_id}/results/"


@pytest.mark.parametrize("what", ["answer", "again"])
def test_a_delivery_is_answered_for_on_the_page_of_its_own_post(what: str) -> None:
    delivery, other = asked_about(), asked_about()
    browser = Client()
    browser.force_login(communications_officer())
    address = f"/posts/{other.post_id}/results/{delivery.pk}/{what}/"

    answer = browser.post(address, {f"delivery-{delivery.pk}-answer": "leave"})

    assert answer.status_code == 404
    assert now_is(delivery).state == DeliveryState.UNKNOWN


def test_it_shows_what_was_sent_and_where(client: Client) -> None:
    delivery = waiting()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.PUBLISHED,
        published_at=timezone.now(),
        remote_url="https://x.example/council/1",
        sent_text="The library is open on Sunday.",
    )
    page = signed_in(delivery.post.author).get(results_of(delivery)).content.decode()
    assert "https://x.example/council/1" in page
    assert "The library is open on Sunday." in page


@pytest.mark.parametrize(
    ("state", "is_told"),
    [
        (DeliveryState.HELD, True),
        (DeliveryState.REJECTED, True),
        (DeliveryState.UNKNOWN, True),
        (DeliveryState.MISSED, True),
        (DeliveryState.CANCELLED, False),
        (DeliveryState.WAITING, False),
    ],
)
def test_the_post_s_own_page_says_what_stands_in_the_way(
    state: DeliveryState, is_told: bool
) -> None:
    delivery = waiting()
    Delivery.objects.filter(pk=delivery.pk).update(state=state, reason="The sign-in has ended.")
    page = signed_in(delivery.post.author).get(f"/posts/{delivery.post_id}/").text
    assert ("The sign-in has ended." in page) == is_told
    assert ("What stands in the way" in page) == is_told


def test_who_may_not_see_the_post_does_not_see_its_results() -> None:
    delivery = waiting()
    assert signed_in(person()).get(results_of(delivery)).status_code == 404


def test_the_author_is_told_who_can_answer_and_cannot(client: Client) -> None:
    delivery = asked_about()
    author = signed_in(delivery.post.author)
    assert "communications officer" in author.get(results_of(delivery)).content.decode()
    answer = {f"delivery-{delivery.pk}-answer": "leave"}
    refused = author.post(f"{results_of(delivery)}{delivery.pk}/answer/", answer)
    assert refused.status_code == 403
    assert now_is(delivery).asks_person


@pytest.mark.parametrize(
    ("answer", "address", "state"),
    [
        ("live", "https://x.example/council/1", DeliveryState.PUBLISHED),
        ("again", "", DeliveryState.WAITING),
        ("leave", "", DeliveryState.CANCELLED),
        ("look", "", DeliveryState.UNKNOWN),
    ],
)
def test_each_answer_is_kept(answer: str, address: str, state: DeliveryState) -> None:
    delivery = asked_about()
    prefix = f"delivery-{delivery.pk}"
    officer = signed_in(communications_officer())
    typed = {f"{prefix}-answer": answer, f"{prefix}-address": address}
    done = officer.post(f"{results_of(delivery)}{delivery.pk}/answer/", typed)
    assert done.status_code == 302
    assert now_is(delivery).state == state
    assert not now_is(delivery).asks_person


@pytest.mark.parametrize(
    ("answer", "address"), [("", ""), ("live", ""), ("live", "nonsense"), ("maybe", "")]
)
def test_an_answer_that_says_nothing_is_asked_again_with_what_was_typed(
    answer: str, address: str
) -> None:
    delivery = asked_about()
    prefix = f"delivery-{delivery.pk}"
    officer = signed_in(communications_officer())
    typed = {f"{prefix}-answer": answer, f"{prefix}-address": address}
    again = officer.post(f"{results_of(delivery)}{delivery.pk}/answer/", typed)
    assert again.status_code == 422
    assert address in again.content.decode()
    assert now_is(delivery).asks_person


def test_a_second_answer_is_told_so() -> None:
    delivery = asked_about()
    prefix = f"delivery-{delivery.pk}"
    officer = signed_in(communications_officer())
    typed = {f"{prefix}-answer": "leave"}
    place = f"{results_of(delivery)}{delivery.pk}/answer/"
    assert officer.post(place, typed).status_code == 302
    assert officer.post(place, typed).status_code == 409


def test_a_rejected_delivery_can_be_tried_again_once() -> None:
    delivery = waiting()
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.REJECTED, reason="Too long.")
    officer = signed_in(communications_officer())
    assert "Try again" in officer.get(results_of(delivery)).content.decode()
    place = f"{results_of(delivery)}{delivery.pk}/again/"
    assert officer.post(place).status_code == 302
    assert now_is(delivery).state == DeliveryState.WAITING
    assert officer.post(place).status_code == 409


def test_a_delivery_of_another_post_is_not_answered_through_this_one() -> None:
    delivery, other = asked_about(), asked_about()
    officer = signed_in(communications_officer())
    assert officer.post(f"{results_of(delivery)}{other.pk}/again/").status_code == 404
