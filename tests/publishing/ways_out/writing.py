"""Writing posts, deciding about them and moving them."""

from __future__ import annotations

import uuid
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from publishing.actions.deciding import approve, ask_for_changes
from publishing.actions.drafting import save_draft, start_post
from publishing.actions.emergencies import check_emergency, publish_in_emergency
from publishing.actions.moving import move, move_and_approve
from publishing.actions.submitting import submit, take_back, withdraw
from publishing.checks.registry import findings
from publishing.composition import compose
from publishing.drafts import Content
from publishing.models import AfterCheck, Emergency, Post, Stage
from tests.publishing.making import content, in_hours
from tests.publishing.ways_out.people import (
    Tries,
    accounts,
    deciders,
    hours,
    people,
    stages,
    texts,
    which,
    writers,
)


class WritesAndDecides(Tries):
    @rule(by=writers, on=accounts, text=texts, hours=hours)
    def write(self, by: str, on: tuple[str, ...], text: str, hours: float) -> None:
        if Post.objects.count() < 3:
            typed = content(*self.on(*on), at=in_hours(hours), text=text)
            self.attempt(lambda: start_post(by=self.who(by), content=typed))

    @rule(by=people, which=which, text=texts)
    def edit(self, by: str, which: int, text: str) -> None:
        if post := self.post(which):
            draft = post.draft
            changed = Content.from_json({**draft.content, "text": text})
            saved: dict[str, Any] = {
                "post_id": post.pk,
                "content": changed,
                "revision": draft.revision,
            }
            self.attempt(lambda: save_draft(by=self.who(by), **saved))

    @rule(by=people, which=which)
    def send(self, by: str, which: int) -> None:
        if post := self.post(which):
            found = findings(compose(Content.from_json(post.draft.content), post.pk))
            answers = {each.key: "It states a fact." for each in found}
            sent: dict[str, Any] = {
                "post_id": post.pk,
                "revision": post.draft.revision,
                "answers": answers,
            }
            self.attempt(lambda: submit(by=self.who(by), **sent))

    @rule(by=people, which=which, is_for_good=st.sampled_from([False, False, True]))
    def call_back(self, by: str, which: int, is_for_good: bool) -> None:
        if post := self.post(which):
            act = withdraw if is_for_good else take_back
            self.attempt(lambda: act(post_id=post.pk, by=self.who(by)))

    @rule(by=st.sampled_from(["duty", "duty", "officer"]), on=accounts, text=texts)
    def let_go_in_an_emergency(self, by: str, on: tuple[str, ...], text: str) -> None:
        if Post.objects.count() < 4:
            typed = content(*self.on(*on), text=text)
            given: dict[str, Any] = {
                "content": typed,
                "key": uuid.uuid4(),
                "reason": "The river rises.",
            }
            self.attempt(lambda: publish_in_emergency(by=self.who(by), **given))

    @rule(by=people, outcome=st.sampled_from(AfterCheck))
    def check_the_emergency(self, by: str, outcome: AfterCheck) -> None:
        if emergency := Emergency.objects.last():
            said: dict[str, Any] = {
                "emergency_id": emergency.pk,
                "outcome": outcome,
                "comment": "Seen.",
            }
            self.attempt(lambda: check_emergency(by=self.who(by), **said))

    # Deciding

    @rule(by=people, which=which, stage=stages)
    def decide(self, by: str, which: int, stage: Stage) -> None:
        if version := self.version(which):
            seen: dict[str, Any] = {
                "version_id": version.pk,
                "digest": version.digest,
                "stage": stage,
            }
            self.attempt(lambda: approve(by=self.who(by), **seen))

    @rule(by=deciders, which=which)
    def go_through(self, by: str, which: int) -> None:
        """The way as it is meant, from wherever it stands."""
        self.decide(by, which, Stage.APPROVAL)
        self.decide("second officer", which, Stage.SECOND_CHECK)
        self.decide("monitoring", which, Stage.ELECTION_CHECK)

    @rule(by=people, which=which)
    def ask(self, by: str, which: int) -> None:
        if version := self.version(which):
            asked: dict[str, Any] = {"version_id": version.pk, "comment": "Say when."}
            self.attempt(lambda: ask_for_changes(by=self.who(by), **asked))

    @rule(by=people, which=which, hours=hours, decides=st.booleans())
    def move(self, by: str, which: int, hours: float, decides: bool) -> None:
        if version := self.version(which):
            seen: dict[str, Any] = {
                "version_id": version.pk,
                "at": in_hours(hours),
                "by": self.who(by),
            }
            self.attempt(
                (lambda: move_and_approve(digest=version.digest, **seen))
                if decides
                else (lambda: move(**seen))
            )
