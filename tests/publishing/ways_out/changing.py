"""What is asked of posts, and who may give it, changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule

from accounts.models import AccountGrant, CorporateGrant, User
from publishing.actions.absences import enter_absence
from publishing.actions.elections import Details, cancel_period, enter_period, keep_names
from publishing.actions.routing import Named, RouteFacts, add_route
from publishing.models import ElectionPeriod, NameKind, Route, Stage, Topic
from tests.factories import RiskAssessmentFactory
from tests.publishing.ways_out.people import Tries, deciders, which
from training.models import Completion


class ChangesTheRules(Tries):
    @rule(account=st.sampled_from(["x", "facebook"]), score=st.sampled_from([2, 4, 5]))
    def assess(self, account: str, score: int) -> None:
        RiskAssessmentFactory(account=self.on(account)[0], likelihood=score, impact=score)

    @rule(
        stage=st.sampled_from([Stage.APPROVAL, Stage.SECOND_CHECK]),
        named=st.sampled_from(["", "", "communications_officer", "approver", "people"]),
        condition=st.sampled_from(["", "account", "area", "topic", "risk", "election"]),
        someone=deciders,
    )
    def add_route(self, stage: Stage, named: str, condition: str, someone: str) -> None:
        if Route.objects.count() >= 3:
            return
        names = Named(people=(self.who(someone),)) if named == "people" else Named(role=named)
        (account,) = self.on("x")
        conditions: dict[str, dict[str, Any]] = {
            "": {},
            "account": {"accounts": [account]},
            "area": {"service_areas": [account.service_area.parent]},
            "topic": {"topics": list(Topic.objects.filter(pk=self.world["topic"]))},
            "risk": {"risk_from": 10},
            "election": {"in_election": True},
        }
        name = f"Route {Route.objects.count() + 1}"
        facts = RouteFacts(name=name, stages=((stage, names),), **conditions[condition])
        self.attempt(lambda: add_route(by=self.who("officer"), facts=facts))

    @rule(is_active=st.booleans())
    def switch_routes(self, is_active: bool) -> None:
        Route.objects.update(is_active=is_active)

    @rule(away=deciders, cover=deciders)
    def cover(self, away: str, cover: str) -> None:
        day = timezone.localdate()
        given: dict[str, Any] = {"person": self.who(away), "cover": self.who(cover)}
        self.attempt(
            lambda: enter_absence(by=self.who("digital"), starts_on=day, ends_on=day, **given)
        )

    @rule(name=st.sampled_from(["Jane Smith", "Jane Smith", "Someone Else"]))
    def enter_an_election(self, name: str) -> None:
        day = timezone.localdate()
        details = Details(
            name="Local elections",
            nation="england",
            kind="local",
            notice_on=day,
            poll_on=day + timedelta(days=30),
        )
        by = self.who("monitoring")

        def enter() -> None:
            period = enter_period(details=details, by=by)
            keep_names(period_id=period.pk, names=[(NameKind.CANDIDATE, name)], by=by)

        self.attempt(enter)

    @rule()
    def cancel_the_election(self) -> None:
        if period := ElectionPeriod.objects.filter(cancelled_at=None).last():
            by = self.who("monitoring")
            self.attempt(lambda: cancel_period(period_id=period.pk, reason="Called off", by=by))

    @rule(who=st.sampled_from(["leaver", "leaver", "second officer", "duty", "editor"]), how=which)
    def lose_the_right(self, who: str, how: int) -> None:
        yesterday, now = timezone.localdate() - timedelta(days=1), timezone.now()
        if how == 0:
            User.objects.filter(pk=self.world[who]).update(employed_until=yesterday)
        elif how == 1:
            AccountGrant.objects.filter(user=self.world[who]).update(ended_at=now)
            CorporateGrant.objects.filter(user=self.world[who]).update(ended_at=now)
        else:
            Completion.objects.filter(user=self.world[who]).update(
                expires_on=yesterday, counts_until=yesterday
            )
