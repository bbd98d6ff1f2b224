"""The pages of what repeats: begun from a post, seen on the calendar, changed and stopped."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from publishing.models import Series, SeriesState
from tests.factories import drafter_of
from tests.publishing.making import drafted, form_of, fresh, submitted
from tests.publishing.repeating.beginning import BINS, made, repeating

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Brown bins", "frequency": "weekly", "every": "2", "weekdays": ["0", "3"], "at": "9am",
    "starts_on": "09/11/2026", "ends": "so_often", "times": "6", "days_ahead": "14",
}  # fmt: skip


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False):
        yield


def test_a_post_repeats_from_its_page_and_from_the_composer(as_author, author, account):
    post = submitted(author, account, text=BINS)
    address = reverse("post_repeat", args=[post.pk])
    assert address in as_author.get(reverse("post", args=[post.pk])).text
    answer = as_author.post(address, TYPED, follow=True)
    series = Series.objects.get()
    assert answer.redirect_chain == [(reverse("series", args=[series.pk]), 302)]
    words = "Every 2 weeks on Monday and Thursday at 9am, from 9 November 2026, 6 times"
    assert words in answer.text
    draft = drafted(author, account, text="Come to the seed swap.")
    saved = as_author.post(
        reverse("post_edit", args=[draft.pk]), form_of(draft, do="repeat", text="Come on Friday.")
    )
    assert saved.headers["Location"] == reverse("post_repeat", args=[draft.pk])
    assert fresh(draft).draft.content["text"] == "Come on Friday."


WRONG = {
    "at": ("soon", "Enter the time like"),
    "weekdays": ([], "Choose at least one day of the week"),
    "every": ("0", "Enter a whole number from 1 to 52"),
    "times": ("", "Enter the number of posts"),
    "starts_on": ("31/02/2027", "Enter a real date"),
    "days_ahead": ("9" * 30, "Enter a whole number from 1 to 60"),
    "nth": ("x\x00y", "Select a valid choice"),
    "frequency": ("monthly", "Enter the day: 1 to 31"),
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(field, as_author, author, account):
    value, words = WRONG[field]
    post = submitted(author, account, text=BINS)
    answer = as_author.post(
        reverse("post_repeat", args=[post.pk]), {**TYPED, "name": "Bin weeks", field: value}
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert "Bin weeks" in answer.text
    assert "<title>Error:" in answer.text
    assert not Series.objects.exists()


def test_the_calendar_shows_what_is_made_and_in_other_words_what_is_not(
    client, officer, author, account
):
    series = repeating(drafted(author, account, text=BINS), author)
    made(series)
    client.force_login(officer)
    shown = client.get(reverse("calendar"), {"month": "2026-11"})
    days = [day for week in shown.context["weeks"] for day in week if day.is_within]
    assert [day.on.day for day in days if day.drawn.total] == [9, 16]
    assert [day.on.day for day in days if day.planned] == [23, 30]
    assert shown.text.count("Repeats, not made yet") == 2
    listed = client.get(reverse("calendar_list"), {"month": "2026-12"})
    assert [one.on.day for one in listed.context["to_come"]] == [7, 14, 21, 28]
    for filters in ({"state": "scheduled"}, {"platform": "facebook"}, {"author": "zebra"}):
        assert not client.get(reverse("calendar"), filters).context["planned"]
    client.force_login(drafter_of())
    assert not client.get(reverse("calendar")).context["planned"]


def test_the_questions_do_not_grow_with_what_repeats(
    client, officer, author, account, page, django_assert_max_num_queries
):
    client.force_login(officer)
    repeating(drafted(author, account, text=BINS), author)
    for name in ("calendar", "all_series"):
        client.get(reverse(name))
    few = {}
    for name in ("calendar", "all_series"):
        with django_assert_max_num_queries(20) as asked:
            client.get(reverse(name))
        few[name] = len(asked)
    for number in range(4):
        draft = drafted(author, page, text=f"Market day number {number} is on the square.")
        repeating(draft, author, name=f"Market {number}")
    for name, number in few.items():
        with django_assert_max_num_queries(number):
            client.get(reverse(name))


def test_a_change_tells_what_it_reaches(as_author, author, account):
    series = repeating(drafted(author, account, text=BINS), author)
    one, _ = made(series)
    address = reverse("series_change", args=[series.pk])
    opened = as_author.get(address)
    assert "2 posts are made already" in opened.text
    typed = {**TYPED, "weekdays": ["0"], "every": "1", "revision": "1", "text": "Blue bins today."}
    answer = as_author.post(address, typed, follow=True)
    assert "sent for approval again. What was approved is void." in answer.text
    assert Series.objects.get().content["text"] == "Blue bins today."
    assert as_author.post(address, typed).status_code == 409, "the form is stale by now"
    assert fresh(one).draft.content["text"] == "Blue bins today."


def test_it_is_paused_resumed_and_ended_and_says_so(as_author, author, account):
    series = repeating(drafted(author, account, text=BINS), author)
    for name, state in (
        ("pause", SeriesState.PAUSED), ("resume", SeriesState.ACTIVE), ("end", SeriesState.ENDED),
    ):  # fmt: skip
        as_author.post(reverse(f"series_{name}", args=[series.pk]))
        assert Series.objects.get().state == state
    assert as_author.post(reverse("series_resume", args=[series.pk])).status_code == 409
    assert "No posts repeat yet" in as_author.get(reverse("all_series")).text
    assert "Brown bins" in as_author.get(reverse("all_series"), {"show": "ended"}).text


def test_days_without_a_post_are_named(client, author, account):
    series = repeating(drafted(author, account, text=BINS), author)
    with time_machine.travel(datetime(2026, 11, 17, 9, tzinfo=UTC), tick=False):
        client.force_login(author)
        shown = client.get(reverse("series", args=[series.pk]))
        assert shown.context["missing"] == [date(2026, 11, 9), date(2026, 11, 16)]


def test_an_occurrence_leads_back_and_home_says_what_is_held(as_author, author, account):
    series = repeating(drafted(author, account, text=BINS), author)
    post, _ = made(series)
    page = as_author.get(reverse("post", args=[post.pk])).text
    assert reverse("series", args=[series.pk]) in page
    assert "Repeat this post" not in page
    Series.objects.update(state="held", trouble="The account is signed out.")
    tasks = {task.text for task in as_author.get(reverse("home")).context["tasks"]}
    assert "Repeating posts that are held" in tasks
    assert "The account is signed out." in as_author.get(reverse("all_series")).text
