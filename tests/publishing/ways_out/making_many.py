"""Posts that nobody typed one by one: what repeats, and what comes from a file."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from jobs.running import run
from publishing.actions.changing_series import Words, change
from publishing.actions.importing import make_drafts, offer_posts
from publishing.actions.occurrences import make_due
from publishing.actions.repeating import Rhythm, begin, end, pause, resume, take_over
from publishing.models import Frequency, Post, Series
from tests.publishing.importing.sheets import sheet
from tests.publishing.ways_out.people import NOW, Tries, people, texts, which, writers

DAILY = Rhythm(
    name="Every day",
    frequency=Frequency.WEEKLY,
    at=time(10),
    starts_on=NOW.date(),
    weekdays=tuple(range(7)),
    days_ahead=1,
)
MOST = 6
"""Posts in all: each is asked about after every step."""


class MakesMany(Tries):
    @rule(by=writers, which=which)
    def have_it_repeat(self, by: str, which: int) -> None:
        if (post := self.post(which)) and not Series.objects.exists():
            begun: dict[str, Any] = {"post_id": post.pk, "rhythm": DAILY, "key": uuid.uuid4()}
            self.attempt(lambda: begin(by=self.who(by), **begun))
            self.a_round_is_made()

    @rule()
    def a_round_is_made(self) -> None:
        if (series := Series.objects.first()) and Post.objects.count() < MOST:
            self.attempt(lambda: make_due(series.pk))

    @rule(by=people, text=texts, later=st.booleans())
    def change_what_repeats(self, by: str, text: str, later: bool) -> None:
        if series := Series.objects.first():
            rhythm = replace(DAILY, at=time(11)) if later else DAILY
            words = Words(title="", text=text, link="", note="")
            changed: dict[str, Any] = {
                "revision": series.revision,
                "rhythm": rhythm,
                "words": words,
            }
            self.attempt(lambda: change(series_id=series.pk, by=self.who(by), **changed))

    @rule(by=people, act=st.sampled_from([pause, resume, take_over, take_over, end]))
    def press_on_what_repeats(self, by: str, act: Callable[..., Series]) -> None:
        if series := Series.objects.first():
            self.attempt(lambda: act(series_id=series.pk, by=self.who(by)))

    @rule(by=writers, account=st.sampled_from(["x", "facebook"]), text=texts)
    def take_over_a_file(self, by: str, account: str, text: str) -> None:
        if Post.objects.count() >= MOST:
            return
        (on,) = self.on(account)
        when = timezone.localtime() + timedelta(hours=2)
        row = {
            "text": f"{text} {Post.objects.count()}",
            "accounts": f"{on.platform_name}: {on.handle}",
            "date": when.strftime("%d/%m/%Y"),
            "time": when.strftime("%H:%M"),
        }

        def take() -> None:
            who = self.who(by)
            offered = offer_posts(by=who, name="posts.csv", data=sheet(row))
            run(make_drafts(by=who, offered=offered).pk)

        self.attempt(take)
