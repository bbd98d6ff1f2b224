"""No sequence of actions takes an account live without all its evidence at that moment.

People press everything there is, in any order, while days pass and evidence runs out. What is
missing is worked out here from the bare rows, apart from the product's own checklist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
)

from accounts.actions import deciding, risk
from accounts.actions.answerable import accept_part, change_owner
from accounts.actions.checking import answer_check, record_safety
from accounts.actions.leaving import end_employment
from accounts.actions.request_people import accept_parts, decline_parts, name_answerable
from accounts.actions.requesting import answer_request, submit_request, withdraw_request
from accounts.actions.states import approve_without_request, move_state
from accounts.checklists import GO_LIVE, missing_for_live
from accounts.models import (
    AccountRequest,
    AccountState,
    RequestState,
    RiskAssessment,
    SocialAccount,
    User,
)
from accounts.requests.digest import digest_of
from tests.accounts.lacking import lacking
from tests.accounts.requests.asking import answers_to_tasks, asking
from tests.factories import (
    AccountFactory,
    complete_for_live,
    digital_officer,
    person,
    safe_facts,
    trained,
)
from tests.gates.small_council import taken_back
from tests.stateful import run

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
PEOPLE = ("asker", "manager", "deputy", "officer", "comms", "colleague", "digital", "stranger")
ACCOUNTS = ("asked", "kept", "bare")
ITEMS = [item for item in GO_LIVE if item.is_asked]

people = st.sampled_from(PEOPLE)
accounts = st.sampled_from(ACCOUNTS)


class WaysToLive(RuleBasedStateMachine):
    """`world` is made once; each run begins from it and is taken back."""

    world: ClassVar[dict[str, Any]] = {}
    lives: ClassVar[list[str]] = []

    def __init__(self) -> None:
        super().__init__()
        self.undo = taken_back()
        self.undo.__enter__()
        self.clock = time_machine.travel(NOW, tick=False)
        self.traveller = self.clock.start()
        self.was_live = dict.fromkeys(ACCOUNTS, False)

    def teardown(self) -> None:
        self.clock.stop()
        self.undo.__exit__(None, None, None)

    def who(self, name: str) -> User:
        return User.objects.get(pk=self.world[name])

    def account(self, name: str) -> SocialAccount:
        rows = SocialAccount.objects.select_related("owner", "deputy")
        return rows.get(pk=self.world[f"account {name}"])

    def request(self) -> AccountRequest:
        return AccountRequest.objects.with_answers().get(account=self.world["account asked"])

    def attempt(self, *acts: Callable[[], object]) -> None:
        """Refused or done: both are well, as long as the invariants hold."""
        for act in acts:
            try:
                with transaction.atomic():
                    act()
            except (ValidationError, PermissionDenied):
                pass

    # Asking

    @rule(by=people)
    def answer_the_tasks(self, by: str) -> None:
        request, who = self.request(), self.who(by)
        tasks = answers_to_tasks().items()
        self.attempt(
            *(
                lambda t=task, a=answers: answer_request(by=who, request=request, task=t, answers=a)
                for task, answers in tasks
            )
        )

    @rule(by=people, owner=people, deputy=people)
    def name(self, by: str, owner: str, deputy: str) -> None:
        named = {"owner": self.who(owner), "deputy": self.who(deputy)}
        self.attempt(
            lambda: name_answerable(by=self.who(by), request=self.request(), **named)  # type: ignore[arg-type]
        )

    @rule(by=people, account=accounts)
    def accept(self, by: str, account: str) -> None:
        who = self.who(by)
        self.attempt(
            lambda: accept_parts(by=who, request=self.request()),
            lambda: accept_part(by=who, account=self.account(account)),
        )

    @rule(by=people)
    def decline(self, by: str) -> None:
        self.attempt(lambda: decline_parts(by=self.who(by), request=self.request(), reason="No"))

    @rule(by=people)
    def submit(self, by: str) -> None:
        self.attempt(lambda: submit_request(by=self.who(by), request=self.request()))

    @rule(by=people)
    def withdraw(self, by: str) -> None:
        if by in ("stranger", "officer"):  # else nearly every run would end here
            self.attempt(
                lambda: withdraw_request(by=self.who(by), request=self.request(), reason="No")
            )

    @rule(
        by=people,
        decide=st.sampled_from([deciding.say_yes, deciding.say_yes, deciding.send_back]),
        is_fresh=st.sampled_from([True, True, True, False]),
    )
    def decide(self, by: str, decide: Any, is_fresh: bool) -> None:
        request = self.request()
        digest = digest_of(request) if is_fresh else "old"
        self.attempt(
            lambda: decide(by=self.who(by), request=request, digest=digest, reason="Because")
        )

    @rule()
    def go_through_the_request(self) -> None:
        """The way as it is meant, from wherever it stands."""
        if self.account("asked").state not in (AccountState.DRAFT, AccountState.REQUESTED):
            return
        self.learn("asker")
        self.learn("deputy")
        self.answer_the_tasks("asker")
        self.name("asker", "asker", "deputy")
        self.attempt(
            lambda: accept_parts(by=self.who("deputy"), request=self.request()),
        )
        self.assess("asker", "asked", 200)
        self.submit("asker")
        self.sign_off("colleague", "asked")
        for by in ("manager", "comms"):
            self.decide(by, deciding.say_yes, True)
        self.complete_the_list("asked")

    # Risk

    @rule(by=people, account=accounts, days=st.sampled_from([1, 40, 200]))
    def assess(self, by: str, account: str, days: int) -> None:
        self.attempt(
            lambda: risk.assess(
                by=self.who(by),
                account=self.account(account),
                likelihood=2,
                impact=2,
                summary="A careless post.",
                review_on=timezone.localdate() + timedelta(days=days),
            )
        )

    @rule(by=people, account=accounts)
    def sign_off(self, by: str, account: str) -> None:
        newest = RiskAssessment.objects.filter(account=self.account(account)).first()
        if newest:
            self.attempt(lambda: risk.sign_off(by=self.who(by), assessment=newest))

    # The register and its checklist

    @rule(by=people, account=accounts, owner=people, deputy=people)
    def change_people(self, by: str, account: str, owner: str, deputy: str) -> None:
        self.attempt(
            lambda: change_owner(
                by=self.who(by),
                account=self.account(account),
                owner=self.who(owner),
                deputy=self.who(deputy),
            )
        )

    @rule(by=people, account=accounts, item=st.sampled_from(ITEMS), is_met=st.booleans())
    def check(self, by: str, account: str, item: Any, is_met: bool) -> None:
        self.attempt(
            lambda: answer_check(
                by=self.who(by),
                account=self.account(account),
                item=item,
                is_met=is_met,
                proof="Seen",
            )
        )

    @rule(by=people, account=accounts, is_safe=st.booleans())
    def look_at_safety(self, by: str, account: str, is_safe: bool) -> None:
        found: dict[str, Any] = {**safe_facts()}
        if not is_safe:
            found |= {"two_factor": "off"}
        self.attempt(
            lambda: record_safety(
                by=self.who(by), account=self.account(account), reason="Looked", **found
            )
        )

    @rule(account=accounts)
    def complete_the_list(self, account: str) -> None:
        for item in ITEMS:
            self.check("comms", account, item, True)
        self.look_at_safety("comms", account, True)

    @rule(by=people, account=accounts, to=st.sampled_from(AccountState))
    def move(self, by: str, account: str, to: AccountState) -> None:
        if to is AccountState.CLOSED and account == "kept":
            return
        self.attempt(
            lambda: move_state(
                by=self.who(by), account=self.account(account), to=to, reason="So it is"
            )
        )

    @rule(by=st.sampled_from(["comms", "digital", "asker"]), account=accounts)
    def go_live(self, by: str, account: str) -> None:
        found = self.account(account)
        assert bool(missing_for_live(found)) == bool(list(lacking(found)))
        self.move(by, account, AccountState.LIVE)

    @rule(by=people, account=accounts)
    def stop(self, by: str, account: str) -> None:
        self.move(by, account, AccountState.SUSPENDED)

    @rule(account=accounts)
    def approve_round_it(self, account: str) -> None:
        self.attempt(
            lambda: approve_without_request(
                by=self.who("digital"), account=self.account(account), reason="Quicker"
            )
        )

    # Time and people

    @rule(days=st.sampled_from([1, 30, 150, 290]))
    def days_pass(self, days: int) -> None:
        self.traveller.shift(timedelta(days=days))

    @rule(who=people)
    def learn(self, who: str) -> None:
        trained(self.who(who))

    @rule(who=st.sampled_from(["deputy", "officer", "stranger"]))
    def leave(self, who: str) -> None:
        self.attempt(
            lambda: end_employment(
                by=self.who("digital"), person=self.who(who), last_day=timezone.localdate()
            )
        )

    @invariant()
    def nothing_became_live_without_its_evidence(self) -> None:
        for name in ACCOUNTS:
            account = self.account(name)
            is_live = account.state == AccountState.LIVE
            if is_live and not self.was_live[name]:
                assert list(lacking(account)) == []
                self.lives.append(name)
            self.was_live[name] = is_live

    @invariant()
    def what_was_asked_for_was_decided_by_two_others(self) -> None:
        account = self.account("asked")
        before = (AccountState.DRAFT, AccountState.REQUESTED, AccountState.CLOSED)
        if account.state in before:
            return
        request = AccountRequest.objects.get(account=account)
        assert request.state == RequestState.ACCEPTED
        supported, accepted = request.supported_by_id, request.accepted_by_id
        assert None not in (supported, accepted)
        assert len({supported, accepted, request.asked_by_id}) == 3
        assert request.decisions.filter(verdict="yes").count() >= 2


@pytest.fixture
def world() -> Iterator[None]:
    """A request that was begun, an account that lacks nothing, and one that lacks nearly all."""
    with time_machine.travel(NOW - timedelta(days=3), tick=False):
        begun = asking()
        stranger, digital = person(), digital_officer()
        kept = complete_for_live(
            AccountFactory(state=AccountState.SUSPENDED, owner=begun.asker, deputy=begun.deputy)
        )
        bare = AccountFactory(state=AccountState.DORMANT, owner=begun.asker)
    WaysToLive.lives.clear()
    WaysToLive.world = {
        "asker": begun.asker.pk,
        "manager": begun.manager.pk,
        "deputy": begun.deputy.pk,
        "officer": begun.officer.pk,
        "comms": begun.communications.pk,
        "colleague": begun.colleague.pk,
        "digital": digital.pk,
        "stranger": stranger.pk,
        "account asked": begun.account.pk,
        "account kept": kept.pk,
        "account bare": bare.pk,
    }
    yield
    WaysToLive.world = {}


@pytest.mark.usefixtures("world")
def test_no_sequence_of_actions_goes_live_without_the_evidence() -> None:
    run(WaysToLive, examples=8, steps=15)


@pytest.mark.slow
@pytest.mark.usefixtures("world")
def test_no_long_sequence_of_actions_goes_live_without_the_evidence() -> None:
    run(WaysToLive, examples=60, steps=30)

    assert {"kept"} <= set(WaysToLive.lives)


@pytest.mark.usefixtures("world")
def test_the_way_as_it_is_meant_does_go_live() -> None:
    run = WaysToLive()
    try:
        run.go_through_the_request()
        run.go_live("comms", "asked")
        run.nothing_became_live_without_its_evidence()
        run.what_was_asked_for_was_decided_by_two_others()
    finally:
        run.teardown()

    assert WaysToLive.lives == ["asked"]
