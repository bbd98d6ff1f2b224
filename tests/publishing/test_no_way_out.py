"""No sequence of actions, nor words written behind our back, gets past the gate unapproved.

People press everything there is, in any order, while time passes and the rules change. What may
leave is worked out in `bare_rows`, apart from the product's own routes, rights and gate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import ClassVar

import pytest
import time_machine
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from accounts.permissions import CorporateRole
from publishing.delivery.gate import Way, examine_all
from publishing.delivery.locking import lock_deliveries
from publishing.models import Approval, Delivery, Post, StopScope, Topic
from tests.factories import (
    ServiceAreaFactory,
    approver_of,
    communications_officer,
    digital_officer,
    drafter_of,
    person,
)
from tests.publishing.delivery.factories import connected_account
from tests.publishing.ways_out.bare_rows import why_not
from tests.publishing.ways_out.changing import ChangesTheRules
from tests.publishing.ways_out.making_many import MakesMany
from tests.publishing.ways_out.people import NOW, TEXTS, accounts, deciders, texts, writers
from tests.publishing.ways_out.stopping import FORGERIES, StopsAndForges
from tests.publishing.ways_out.writing import WritesAndDecides
from tests.stateful import run

pytestmark = pytest.mark.django_db


class WaysOut(WritesAndDecides, MakesMany, ChangesTheRules, StopsAndForges):
    sent: ClassVar[Counter[str]] = Counter()
    """How often something might leave, by the stages that it had."""

    @initialize(
        by=writers, on=accounts, text=texts, decider=deciders, score=st.sampled_from([2, 2, 5])
    )
    def begin_with_one_on_its_way(
        self, by: str, on: tuple[str, ...], text: str, decider: str, score: int
    ) -> None:
        self.assess("x", score)
        self.write(by, on, text, 0.5)
        self.send(by, 0)
        self.go_through(decider, 0)

    @invariant()
    def nothing_passes_the_gate_that_may_not_leave(self) -> None:
        now, keys = timezone.now(), list(Delivery.objects.values_list("pk", flat=True))
        for pk, verdict in examine_all(lock_deliveries(keys), now).items():
            if verdict.way is Way.SEND:
                assert why_not(pk, now) == ""
                given = Approval.objects.filter(version__deliveries=pk, decision="approved")
                stages = sorted(given.values_list("stage", flat=True))
                self.sent[" and ".join(stages) or "emergency"] += 1


@pytest.fixture
def world() -> Iterator[None]:
    with time_machine.travel(NOW - timedelta(days=3), tick=False):
        area = ServiceAreaFactory(parent=ServiceAreaFactory())
        on = [connected_account("x", service_area=area), connected_account("facebook")]
        made = {
            "author": drafter_of(*on),
            "editor": drafter_of(*on),
            "approver": approver_of(*on),
            "leaver": approver_of(*on),
            "officer": communications_officer(),
            "second officer": communications_officer(),
            "digital": digital_officer(),
            "monitoring": person(CorporateRole.MONITORING_OFFICER),
            "duty": person(CorporateRole.DUTY_OFFICER),
            "x": on[0],
            "facebook": on[1],
            "topic": Topic.objects.create(name="Fostering", words="foster care"),
        }
    WaysOut.sent.clear()
    WaysOut.world = {name: row.pk for name, row in made.items()}
    yield
    WaysOut.world = {}


@pytest.mark.usefixtures("world")
def test_no_sequence_of_actions_gets_past_the_gate_unapproved() -> None:
    run(WaysOut, examples=5, steps=15)

    assert WaysOut.sent


@pytest.mark.slow
@pytest.mark.usefixtures("world")
def test_no_long_sequence_of_actions_gets_past_the_gate_unapproved() -> None:
    run(WaysOut, examples=60, steps=30)

    assert {"approval", "emergency"} <= set(WaysOut.sent)


CHANGED_SINCE: list[Callable[[WaysOut], None]] = [
    *(lambda run, said=said: run.forge(0, said) for said in FORGERIES),
    lambda run: run.assess("x", 5),
    lambda run: run.lose_the_right("leaver", 0),
    lambda run: run.stop("digital", StopScope.SERVICE_AREA),
    lambda run: run.time_passes(120),
]


@pytest.mark.usefixtures("world")
def test_whatever_changes_after_the_approval_is_seen_at_the_gate() -> None:
    for change in CHANGED_SINCE:
        run = WaysOut()
        try:
            run.begin_with_one_on_its_way("author", ("x",), TEXTS[0], "leaver", 2)
            change(run)
            run.nothing_passes_the_gate_that_may_not_leave()
        finally:
            run.teardown()


@pytest.mark.usefixtures("world")
def test_the_ways_as_they_are_meant_do_get_past_the_gate() -> None:
    run = WaysOut()
    try:
        run.assess("facebook", 5)
        run.enter_an_election("Jane Smith")
        run.write("author", ("x",), TEXTS[0], 0.5)
        run.send("author", 0)
        run.go_through("approver", 0)
        run.write("author", ("x", "facebook"), TEXTS[2], 0.5)
        run.send("author", 0)
        run.go_through("approver", 0)
        run.let_go_in_an_emergency("duty", ("x",), TEXTS[2])
        run.have_it_repeat("author", 2)
        repeated = Post.objects.filter(series__isnull=False)
        assert repeated.count() == 2
        run.go_through("approver", 0)
        assert Delivery.objects.filter(post__in=repeated).count() == 1
        run.take_over_a_file("author", "x", TEXTS[0])
        run.send("author", 0)
        run.go_through("approver", 0)
        assert Delivery.objects.filter(post=run.post(0)).exists()
        run.nothing_passes_the_gate_that_may_not_leave()
    finally:
        run.teardown()

    assert set(WaysOut.sent) == {
        "approval",
        "approval and election_check and second_check",
        "emergency",
    }
