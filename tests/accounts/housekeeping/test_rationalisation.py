"""Rationalisation: what may be decided, in which order, once; and that it is carried out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.actions.closing import finish_closing
from accounts.actions.rationalising import (
    DecidedMeanwhile,
    decide,
    end_round,
    mark_done,
    open_round,
)
from accounts.housekeeping.rationalisation import (
    accounts_of,
    in_all,
    progress_by_area,
    to_be_done_by,
    token_of,
    undecided_in_open_rounds,
)
from accounts.models import (
    AccountState,
    Fate,
    RationalisationDecision,
    RationalisationRound,
    User,
)
from audit.catalogue import Event
from audit.models import Entry
from tests.accounts.closing.closings import archived, being_closed
from tests.accounts.conftest import Trail
from tests.at_once import at_once
from tests.factories import (
    AccountFactory,
    ServiceAreaFactory,
    UserFactory,
    communications_officer,
    digital_officer,
    site_owner_of,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
DAY = timedelta(days=1)


@pytest.fixture
def round_(officer: User) -> RationalisationRound:
    return open_round(by=officer, name="Autumn tidy-up", due_on=TODAY() + 30 * DAY)


def fresh(decision: RationalisationDecision) -> RationalisationDecision:
    return RationalisationDecision.objects.get(pk=decision.pk)


def test_a_round_begins_with_an_entry(officer: User, trail: Trail) -> None:
    AccountFactory()
    round_ = open_round(by=officer, name="  Autumn   tidy-up ", due_on=TODAY())

    assert round_.name == "Autumn tidy-up"
    assert trail.last.event == Event.RATIONALISATION_OPENED
    assert trail.last.details["after"]["accounts"] == 1


@pytest.mark.parametrize(
    ("name", "days", "field"),
    [(" ", 1, "name"), ("autumn TIDY-UP", 1, "name"), ("B", -1, "due_on")],
)
def test_a_round_needs_a_name_of_its_own_and_a_day_to_come(
    name: str, days: int, field: str, officer: User, round_: RationalisationRound
) -> None:
    with pytest.raises(ValidationError) as refused:
        open_round(by=officer, name=name, due_on=TODAY() + days * DAY)

    assert list(refused.value.message_dict) == [field]


def test_an_earlier_round_s_name_is_free_again(officer: User, round_: RationalisationRound) -> None:
    end_round(by=officer, round_=round_)

    assert open_round(by=officer, name=round_.name, due_on=TODAY()).pk != round_.pk


def test_only_the_corporate_team_decides(round_: RationalisationRound, officer: User) -> None:
    account = AccountFactory()
    owner = site_owner_of(account)

    with pytest.raises(NotAllowed):
        decide(by=owner, round_=round_, account=account, fate="keep", reason="Ours")
    with pytest.raises(NotAllowed):
        open_round(by=owner, name="Mine", due_on=TODAY())
    with pytest.raises(NotAllowed):
        end_round(by=owner, round_=round_, reason="Enough")
    made = decide(by=officer, round_=round_, account=account, fate="fix", reason="Old logo")
    with pytest.raises(NotAllowed):
        mark_done(by=owner, decision=made)


def test_what_is_kept_is_done_at_once(
    round_: RationalisationRound, officer: User, trail: Trail
) -> None:
    account = AccountFactory()

    made = decide(
        by=officer, round_=round_, account=account, fate="keep", reason="Read", due_on=TODAY()
    )

    assert made.done_at
    assert made.due_on is None
    assert trail.last.event == Event.RATIONALISATION_DECIDED
    assert trail.last.reason == "Read"
    assert trail.last.details["after"]["fate"] == "keep"


def test_deciding_again_replaces_it_and_the_trail_keeps_both(
    round_: RationalisationRound, officer: User, trail: Trail
) -> None:
    account = AccountFactory()
    decide(by=officer, round_=round_, account=account, fate="keep", reason="Read by many")

    made = decide(by=officer, round_=round_, account=account, fate="close", reason="By nobody")

    assert round_.decisions.get().fate == Fate.CLOSE
    assert made.done_at is None
    assert trail.last.details["before"]["fate"] == "keep"
    assert trail.last.details["after"]["fate"] == "close"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"fate": "burn"}, "fate"),
        ({"reason": "  "}, "reason"),
        ({"due_on": TODAY() - DAY}, "due_on"),
        ({"fate": "merge"}, "merge_into"),
    ],
)
def test_what_is_missing_is_named(
    given: dict[str, object], field: str, round_: RationalisationRound, officer: User
) -> None:
    whole = {"fate": "fix", "reason": "Old logo", **given}
    with pytest.raises(ValidationError) as refused:
        decide(by=officer, round_=round_, account=AccountFactory(), **whole)  # type: ignore[arg-type]

    assert list(refused.value.message_dict) == [field]
    assert not RationalisationDecision.objects.exists()


@pytest.mark.parametrize("state", ["requested", "closing", "closed", "partner"])
def test_only_accounts_in_use_are_decided_on(
    state: str, round_: RationalisationRound, officer: User
) -> None:
    account = AccountFactory(state=AccountState(state))

    with pytest.raises(ValidationError, match="not in use"):
        decide(by=officer, round_=round_, account=account, fate="keep", reason="Read")


def test_an_account_merges_only_into_another_that_stays(
    round_: RationalisationRound, officer: User
) -> None:
    small, big, gone = AccountFactory(), AccountFactory(), AccountFactory(state="closed")
    common = {"by": officer, "round_": round_, "reason": "Two of one"}

    for target in (small, gone):
        with pytest.raises(ValidationError) as refused:
            decide(account=small, fate="merge", merge_into=target, **common)  # type: ignore[arg-type]
        assert list(refused.value.message_dict) == ["merge_into"]

    decide(account=small, fate="merge", merge_into=big, **common)  # type: ignore[arg-type]
    for fate in ("close", "merge"):
        with pytest.raises(ValidationError, match="others are to be merged into it"):
            decide(account=big, fate=fate, merge_into=AccountFactory(), **common)  # type: ignore[arg-type]

    third = AccountFactory()
    with pytest.raises(ValidationError, match="is not to stay either"):
        decide(account=third, fate="merge", merge_into=small, **common)  # type: ignore[arg-type]


def test_who_decides_on_an_old_page_is_told_by_whom_and_why(
    round_: RationalisationRound, officer: User
) -> None:
    account = AccountFactory()
    decide(by=officer, round_=round_, account=account, fate="close", reason="Nobody reads it.")

    with pytest.raises(DecidedMeanwhile) as refused:
        decide(
            by=digital_officer(),
            round_=round_,
            account=account,
            fate="keep",
            reason="Read",
            seen=token_of(None),
        )

    assert refused.value.messages == [
        (
            "Cat Officer decided meanwhile: close, because “Nobody reads it”. Save again to decide"
            " otherwise."
        )
    ]
    made = decide(
        by=officer,
        round_=round_,
        account=account,
        fate="keep",
        reason="Read",
        seen=refused.value.token,
    )
    assert made.fate == Fate.KEEP


def test_nothing_is_decided_in_a_round_that_has_ended(
    round_: RationalisationRound, officer: User
) -> None:
    account = AccountFactory()
    end_round(by=officer, round_=round_, reason="Enough")

    with pytest.raises(ValidationError, match="has ended"):
        decide(by=officer, round_=round_, account=account, fate="keep", reason="Read")
    with pytest.raises(ValidationError, match="has ended"):
        end_round(by=officer, round_=round_)


def test_a_round_ends_with_accounts_undecided_only_with_a_reason(
    round_: RationalisationRound, officer: User, trail: Trail
) -> None:
    kept, left = AccountFactory(), AccountFactory()
    decide(by=officer, round_=round_, account=kept, fate="keep", reason="Read")

    with pytest.raises(ValidationError) as refused:
        end_round(by=officer, round_=round_, reason=" ")
    assert refused.value.message_dict == {
        "reason": ["1 account is not decided. Decide, or say why it ends without."]
    }

    end_round(by=officer, round_=round_, reason="The rest waits for spring")
    assert trail.last.event == Event.RATIONALISATION_CLOSED
    assert trail.last.details["after"]["not_decided"] == 1
    assert left not in accounts_of(RationalisationRound.objects.get())


def test_what_is_fixed_is_done_when_somebody_says_so_once(
    round_: RationalisationRound, officer: User, trail: Trail
) -> None:
    made = decide(
        by=officer, round_=round_, account=AccountFactory(), fate="fix", reason="Old logo"
    )
    end_round(by=officer, round_=round_)

    mark_done(by=officer, decision=made)

    assert fresh(made).done_at
    assert trail.last.event == Event.RATIONALISATION_DONE
    with pytest.raises(ValidationError, match="done already"):
        mark_done(by=officer, decision=made)


def test_what_goes_is_done_once_the_account_is_closed_and_not_before(
    round_: RationalisationRound, officer: User, trail: Trail
) -> None:
    account, other = AccountFactory(), AccountFactory()
    made = decide(
        by=officer,
        round_=round_,
        account=account,
        fate="merge",
        merge_into=other,
        reason="Two of one",
    )
    with pytest.raises(ValidationError, match="is not closed yet"):
        mark_done(by=officer, decision=made)

    archived(being_closed(account, officer), officer)
    assert fresh(made).done_at is None
    finish_closing(by=officer, account=account)

    assert fresh(made).done_at
    assert trail.last.event == Event.RATIONALISATION_DONE
    assert trail.last.actor_name == "Cat Officer"
    assert account.pk in accounts_of(round_).values_list("pk", flat=True)


def test_the_progress_adds_up_by_area(round_: RationalisationRound, officer: User) -> None:
    libraries, parks = ServiceAreaFactory(name="Libraries"), ServiceAreaFactory(name="Parks")
    fates = ("keep", "fix", "close")
    for fate in fates:
        account = AccountFactory(service_area=libraries)
        decide(by=officer, round_=round_, account=account, fate=fate, reason="So it is")
    AccountFactory(service_area=parks)
    AccountFactory(service_area=parks, state="partner")
    other = open_round(by=officer, name="Another", due_on=TODAY())
    decide(by=officer, round_=other, account=account, fate="keep", reason="In another round")

    areas = progress_by_area(round_)
    total = in_all(areas)

    assert [(each.area, each.accounts, each.undecided) for each in areas] == [
        ("Libraries", 3, 0),
        ("Parks", 1, 1),
    ]
    assert (total.accounts, total.decided, total.done) == (4, 3, 1)
    assert dict(total.by_fate) == {"Keep": 1, "Fix": 1, "Merge": 0, "Close": 1, "Not decided": 1}


def test_what_waits_for_whom(round_: RationalisationRound, officer: User) -> None:
    owner = UserFactory()
    account, waits = AccountFactory(owner=owner), AccountFactory()
    AccountFactory(state="partner")
    made = decide(by=officer, round_=round_, account=account, fate="fix", reason="Old logo")

    assert list(undecided_in_open_rounds()) == [waits]
    assert list(to_be_done_by(owner)) == [made]

    mark_done(by=officer, decision=made)
    end_round(by=officer, round_=round_, reason="Enough")
    assert not undecided_in_open_rounds().exists()
    assert not to_be_done_by(owner).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_is_told() -> None:
    account = AccountFactory()
    people = [communications_officer(), digital_officer()]
    round_ = open_round(by=people[0], name="Autumn tidy-up", due_on=TODAY())

    found = at_once(
        *(
            lambda by=by: decide(
                by=by, round_=round_, account=account, fate="keep", reason="Read", seen="none"
            )
            for by in people
        ),
        refusals=DecidedMeanwhile,
    )

    assert sorted(isinstance(each, DecidedMeanwhile) for each in found) == [False, True]
    assert RationalisationDecision.objects.count() == 1
    assert Entry.objects.filter(event=Event.RATIONALISATION_DECIDED).count() == 1
    connection.close()
