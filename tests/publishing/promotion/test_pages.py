"""The pages of paid promotion: asked for, decided, listed, added up, downloaded."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import SocialAccount, User
from publishing.actions.promoting import agree_to_budget, agree_to_words
from publishing.models import Post, Promotion, PromotionState
from publishing.promotion.money import pence_of, pounds
from tests.factories import AccountFactory, drafter_of, person
from tests.publishing.making import approved
from tests.publishing.promotion.asking import asked_for, budget_holder
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(db) -> User:
    return budget_holder()


@pytest.fixture
def post(author: User, approver: User, account: SocialAccount) -> Post:
    return approved(author, approver, account)


def typed(holder: User, account: SocialAccount, /, **changed: object) -> dict[str, object]:
    in_a_week = timezone.localdate() + timedelta(days=7)
    asked = {
        "key": "8c1f6b0e-52a6-4f6e-9a55-0a0a5f6f1f11",
        "account": account.pk,
        "objective": "200 more bookings",
        "audience": "Adults near Wealdmoor",
        "budget": "£1,080.50",
        "cost_code": "LIB-42",
        "starts_on": in_a_week.strftime("%d/%m/%Y"),
        "ends_on": in_a_week.strftime("%d/%m/%Y"),
        "budget_holder": holder.pk,
    }
    return {**asked, **changed}


@pytest.mark.parametrize(
    ("words", "pence"),
    [
        ("80", 8000), ("£80.50", 8050), ("1,250.05", 125005), (" £ 7 ", 700), ("0", 0),
        ("80.5", None), ("eighty", None), ("-3", None), ("12,34", None), ("1000000.01", None),
        ("٣", None), ("", None), ("1e3", None), ("9" * 40, None),
    ],
)  # fmt: skip
def test_money_is_read_as_people_write_it(words: str, pence: int | None) -> None:
    assert pence_of(words) == pence


@pytest.mark.parametrize("pence", [0, 5, 50, 8050, 100_000_000])
def test_money_that_is_written_can_be_read(pence: int) -> None:
    assert pence_of(pounds(pence)) == pence


def test_a_promotion_is_asked_for_on_the_page_of_the_post(
    as_author, post: Post, account, holder: User
) -> None:
    assert "Ask for paid promotion" in text_of(as_author.get(reverse("post", args=[post.pk])))
    address = reverse("promotion_new", args=[post.pk])
    for _ in range(2):
        answer = as_author.post(address, typed(holder, account))
    made = Promotion.objects.get()
    assert answer.headers["Location"] == reverse("promotion", args=[made.pk])
    assert made.budget_pence == 108050


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("budget", "lots", "Enter an amount in pounds"),
        ("budget", "0", "Enter an amount above nothing"),
        ("account", "99", "Choose an account that the post is for"),
        ("starts_on", "1/1/2020", "has not passed"),
        ("ends_on", "31/02/2027", "Enter a real date"),
        ("budget_holder", "1", "Choose somebody who holds a budget"),
        ("objective", "\x00", "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    as_author, post: Post, account, holder: User, field: str, value: str, said: str
) -> None:
    address = reverse("promotion_new", args=[post.pk])
    answer = as_author.post(address, typed(holder, account, **{field: value}))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Adults near Wealdmoor" in answer.content.decode()
    assert not Promotion.objects.exists()


def test_both_decide_on_its_page_and_the_result_is_recorded(
    post: Post, account, holder: User, officer: User, author: User
) -> None:
    made = asked_for(post, account, holder)
    page = reverse("promotion", args=[made.pk])
    bea, ana, priya = as_person(holder), as_person(officer), as_person(author)
    assert "Agree to the budget" in text_of(bea.get(page))
    bea.post(reverse("promotion_budget", args=[made.pk]))
    assert "Agree for communications" in text_of(ana.get(page))
    ana.post(reverse("promotion_words", args=[made.pk]))
    assert "Both have agreed" in text_of(priya.get(page))
    priya.post(reverse("promotion_spend", args=[made.pk]), {"spent": "80", "reached": "4200"})
    made.refresh_from_db()
    assert (made.state, made.spent_pence, made.reached) == (PromotionState.DONE, 8000, 4200)
    assert "£80.00" in text_of(ana.get(page))


def test_the_post_leads_back_to_a_list_that_its_reader_may_open(post, author, holder) -> None:
    author.manager = holder
    author.save()
    words = as_person(holder).get(reverse("post", args=[post.pk])).text
    assert f'href="{reverse("promotions")}"' in words
    assert f'href="{reverse("posts")}"' not in words


def test_refusing_says_why_to_whoever_asked(post: Post, account, holder: User, author) -> None:
    made = asked_for(post, account, holder)
    address = reverse("promotion_refuse", args=[made.pk])
    as_person(holder).post(address, {"reason": "No money left."})
    assert "No money left." in text_of(as_person(author).get(reverse("promotion", args=[made.pk])))


def test_a_stranger_sees_nothing_of_it(post: Post, account, holder: User) -> None:
    made = asked_for(post, account, holder)
    stranger = as_person(drafter_of(AccountFactory(handle="wmparks")))
    assert stranger.get(reverse("promotion", args=[made.pk])).status_code == 404
    assert "Library hours" not in text_of(stranger.get(reverse("promotions")))
    assert as_person(person()).get(reverse("promotions")).status_code == 403


def test_the_list_adds_up_what_is_chosen(post: Post, account, holder: User, officer: User) -> None:
    first = asked_for(post, account, holder)
    asked_for(post, account, holder, budget_pence=1000, cost_code="PARKS-1")
    agree_to_budget(promotion_id=first.pk, by=holder)
    agree_to_words(promotion_id=first.pk, by=officer)
    client = as_person(officer)
    words = text_of(client.get(reverse("promotions")))
    assert "2 promotions: £80.50 agreed, £0.00 spent, £10.00 asked for" in words
    words = text_of(client.get(reverse("promotions"), {"cost_code": "parks"}))
    assert "1 promotion: £0.00 agreed" in words
    assert "Enter a valid date" in text_of(client.get(reverse("promotions"), {"since": "soon"}))


def test_the_list_takes_as_many_queries_for_twenty_as_for_two(
    post: Post, account, holder: User, officer: User, django_assert_max_num_queries
) -> None:
    client = as_person(officer)
    for _ in range(20):
        asked_for(post, account, holder)
    client.get(reverse("promotions"))
    with django_assert_max_num_queries(14):
        client.get(reverse("promotions"))


def test_the_file_holds_harmless_cells_and_its_download_is_on_record(
    post: Post, account, holder: User, officer: User, author: User
) -> None:
    asked_for(post, account, holder, objective="=cmd()")
    answer = as_person(officer).get(reverse("promotions_csv"))
    [line] = csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))
    assert line["budget in pounds"] == "80.50"
    assert not line["objective"].startswith("=")
    assert as_person(author).get(reverse("promotions_csv")).status_code == 403
