"""Two people in one draft: each is told of the other, and nothing that either typed is lost."""

from __future__ import annotations

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from council_social.times import time_of_day
from publishing.presence import GONE_AFTER_S
from tests.factories import communications_officer
from tests.publishing.making import drafted, form_of, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_is_there():
    cache.clear()


@pytest.fixture
def as_anna() -> Client:
    browser = Client()
    browser.force_login(communications_officer(name="Anna Lee"))
    return browser


def test_whoever_opens_a_draft_is_told_who_has_it_open(as_author, as_anna, author, account):
    post = drafted(author, account)
    edit, asked = (reverse(f"post_{name}", args=[post.pk]) for name in ("edit", "presence"))
    begun = timezone.now()
    with time_machine.travel(begun, tick=False) as clock:
        assert "open too" not in as_anna.get(edit).text
        clock.shift(30)
        opened = as_author.get(edit).text
        assert "Anna Lee has this draft open too, since" in opened
        assert time_of_day(begun) in opened
        assert "Priya Shah has this draft open too" in as_anna.get(asked).text
        clock.shift(40)
        assert "since" in as_author.get(asked).text
        clock.shift(GONE_AFTER_S + 1)
        assert "open too" not in as_author.get(asked).text


def test_two_people_save_one_draft_and_nothing_is_lost(as_author, as_anna, author, account):
    post = drafted(author, account)
    edit, save = (reverse(f"post_{name}", args=[post.pk]) for name in ("edit", "save"))
    annas = form_of(post, text="From Anna", note="Anna’s note")
    priyas = form_of(post, text="From Priya")
    assert as_author.post(save, priyas).status_code == 200
    assert as_anna.post(save, annas).status_code == 409
    late = as_anna.post(edit, annas)
    assert late.status_code == 409
    for words in ("Priya Shah", "From Anna", "Anna’s note", "From Priya"):
        assert words in late.text
    assert fresh(post).draft.content["text"] == "From Priya"
    assert as_anna.post(edit, dict(late.context["again"])).status_code == 302
    kept = fresh(post).draft.content
    assert (kept["text"], kept["note"]) == ("From Anna", "Anna’s note")
    assert as_author.post(save, {**priyas, "text": "More"}).status_code == 409
