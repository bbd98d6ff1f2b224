"""Stops, the clock, and what somebody writes behind our back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from publishing.actions.scheduling import miss_overdue
from publishing.actions.spreading import spread_held
from publishing.delivery.stopping import Scope, agree_release, ask_release, let_through, place_stop
from publishing.models import Delivery, Stop, StopScope
from tests.publishing.ways_out.bare_rows import is_approved_or_let_go
from tests.publishing.ways_out.people import Tries, which

FORGERIES = (
    "UPDATE publishing_version SET text = 'Free beer' WHERE id = %s",
    "UPDATE publishing_versiontext SET text = 'Free beer' WHERE version_id = %s",
    "UPDATE publishing_versiontext SET text = 'Free beer' WHERE version_id = %s",
    "UPDATE publishing_version SET link = 'https://beer.example' WHERE id = %s",
    "UPDATE publishing_version SET publish_at = NULL WHERE id = %s",
    "UPDATE publishing_approval SET decision = 'approved' WHERE version_id = %s",
    "UPDATE publishing_post SET state = 'approved' WHERE version_id = %s",
    """
    UPDATE publishing_post SET author_id = (SELECT max(decided_by_id) FROM publishing_approval
    WHERE version_id = publishing_post.version_id) WHERE version_id = %s
    """,
    """
    UPDATE publishing_version SET edited_by_id = (SELECT min(decided_by_id)
    FROM publishing_approval WHERE version_id = publishing_version.id) WHERE id = %s
    """,
)
"""What somebody writes at the database's own prompt."""


class StopsAndForges(Tries):
    @rule(by=st.sampled_from(["digital", "officer", "author"]), kind=st.sampled_from(StopScope))
    def stop(self, by: str, kind: StopScope) -> None:
        (account,) = self.on("x")
        scope = Scope(
            kind=kind, platform="x", account=account, service_area=account.service_area.parent
        )
        self.attempt(lambda: place_stop(reason="A fire.", by=self.who(by), scope=scope))

    @rule(which=which, by_post=st.booleans())
    def let_one_through(self, which: int, by_post: bool) -> None:
        post, stop = self.post(which), Stop.objects.in_force().last()
        if post and stop:
            through: dict[str, Any] = {"posts": [post]} if by_post else {"accounts": self.on("x")}
            by = self.who("digital")
            self.attempt(lambda: let_through(stop_id=stop.pk, by=by, reason="Needed", **through))

    @rule(
        first=st.sampled_from(["digital", "officer"]),
        second=st.sampled_from(["officer", "officer", "digital"]),
        hours=st.sampled_from([0, 4]),
    )
    def release(self, first: str, second: str, hours: int) -> None:
        if stop := Stop.objects.in_force().last():
            asked: dict[str, Any] = {"stop_id": stop.pk, "reason": "Over", "by": self.who(first)}
            self.attempt(lambda: ask_release(**asked))
            self.attempt(lambda: agree_release(stop_id=stop.pk, by=self.who(second)))
            if hours:
                spread: dict[str, Any] = {"stop_id": stop.pk, "hours": hours}
                self.attempt(lambda: spread_held(by=self.who(second), **spread))

    @rule(minutes=st.sampled_from([20, 20, 70, 60 * 24]))
    def time_passes(self, minutes: int) -> None:
        self.traveller.shift(timedelta(minutes=minutes))
        miss_overdue(timezone.now())

    # Behind our back

    @rule(statement=st.sampled_from(FORGERIES))
    def forge_the_newest(self, statement: str) -> None:
        self.forge(0, statement)

    @rule(which=which, statement=st.sampled_from(FORGERIES))
    def forge(self, which: int, statement: str) -> None:
        if version := self.version(which):
            with connection.cursor() as cursor:
                self.attempt_sql(lambda: cursor.execute(statement, [version.pk]))

    @rule(which=which, account=st.sampled_from(["x", "facebook"]))
    def put_a_delivery(self, which: int, account: str) -> None:
        """The database takes it with an approval, or an emergency, and not without."""
        if not (version := self.version(which)):
            return
        taken: dict[str, Any] = {"post_id": version.post_id, "account": self.on(account)[0]}
        now = timezone.now()
        if Delivery.objects.filter(**taken).exists():
            return
        made: dict[str, Any] = {"version": version, "due_at": now, "try_at": now}
        is_taken = self.attempt_sql(lambda: Delivery.objects.create(**taken, **made))
        assert is_taken is is_approved_or_let_go(version.pk)
