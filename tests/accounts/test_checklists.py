"""The go-live checklist: nothing on it can be missing, whichever way an account goes live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.actions.answerable import change_owner
from accounts.actions.checking import answer_check, record_safety
from accounts.actions.states import move_state
from accounts.checklists import (
    BRANDING,
    GO_LIVE,
    JOINT_ACCESS,
    PROFILE_TEXT,
    checks_for_live,
    missing_for_live,
)
from accounts.models import AccountState, ChecklistAnswer, SocialAccount, User
from accounts.register.facts import fingerprint_of
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.factories import (
    AccountFactory,
    UserFactory,
    communications_officer,
    complete_for_live,
    digital_officer,
    person,
    site_owner_of,
)
from training.models import Acknowledgement, Completion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]

WAYS_IN = [
    AccountState.APPROVED,
    AccountState.SUSPENDED,
    AccountState.DORMANT,
    AccountState.CLOSING,
]
YESTERDAY = timedelta(days=1)


def ready(state: AccountState = AccountState.APPROVED) -> SocialAccount:
    return complete_for_live(AccountFactory(platform="fake", state=state))


def row(account: SocialAccount, **values: object) -> None:
    SocialAccount.objects.filter(pk=account.pk).update(**values)


def left(user: User | None) -> None:
    assert user
    User.objects.filter(pk=user.pk).update(employed_until=timezone.localdate() - YESTERDAY)


def unanswer(account: SocialAccount, item: str) -> None:
    account.checklist_answers.filter(item=item).delete()


def out_of_date(user: User | None) -> None:
    Completion.objects.filter(user=user).update(
        expires_on=timezone.localdate() - YESTERDAY, counts_until=timezone.localdate() - YESTERDAY
    )


Takes = Callable[[SocialAccount], object]
AWAY: dict[str, tuple[Takes, str]] = {
    "the assessment": (lambda a: a.risk_assessments.all().delete(), "needs a risk assessment"),
    "its signature": (
        lambda a: a.risk_assessments.update(signed_off_by=None, signed_off_at=None),
        "now: not signed off",
    ),
    "its date": (
        lambda a: a.risk_assessments.update(review_on=timezone.localdate() - YESTERDAY),
        "now: review overdue",
    ),
    "the owner": (lambda a: left(a.owner), "the site owner, does not work for the council"),
    "the deputy": (lambda a: left(a.deputy), "the deputy, does not work for the council any more"),
    "any deputy": (lambda a: row(a, deputy=None), "Nobody is named as the deputy"),
    "acceptance": (
        lambda a: a.answerables.filter(part="owner").update(accepted_at=None),
        "has not accepted to be the site owner",
    ),
    "the deputy's acceptance": (
        lambda a: a.answerables.filter(part="deputy").delete(),
        "has not accepted to be the deputy",
    ),
    "the owner's training": (lambda a: out_of_date(a.owner), "Running a council account” expired"),
    "the deputy's policy": (
        lambda a: Acknowledgement.objects.filter(user=a.deputy).delete(),
        "is not acknowledged",
    ),
    "the branding": (lambda a: unanswer(a, "branding"), "Nobody has checked: the branding"),
    "the profile text": (
        lambda a: a.checklist_answers.filter(item="profile_text").update(
            is_met=False, proof="No hours."
        ),
        "To be put right before “the profile says what residents need” is true: No hours.",
    ),
    "joint access": (
        lambda a: row(a, joint_access="", joint_access_on=None),
        "Joint access is not proved",
    ),
    "two-factor": (lambda a: row(a, two_factor="off"), "must be on"),
    "the recovery contact": (lambda a: row(a, recovery_contact=""), "recovery contact is not"),
}


@pytest.mark.parametrize("state", WAYS_IN)
@pytest.mark.parametrize("away", AWAY)
def test_each_item_is_asked_on_every_way_to_live(state: AccountState, away: str) -> None:
    account = ready(state)
    take, said = AWAY[away]
    take(account)

    with pytest.raises(ValidationError, match=said):
        move_state(by=None, account=account, to=AccountState.LIVE)

    account.refresh_from_db()
    assert account.state == state


@pytest.mark.parametrize("state", WAYS_IN)
def test_with_everything_on_the_list_an_account_goes_live(state: AccountState) -> None:
    account = ready(state)

    assert missing_for_live(account) == []
    assert move_state(by=communications_officer(), account=account, to=AccountState.LIVE)


def test_who_is_named_anew_has_to_accept_before_the_account_is_live(admin: User) -> None:
    account = ready()

    change_owner(by=admin, account=account, owner=person(name="Nell New"), deputy=account.deputy)

    account = SocialAccount.objects.get(pk=account.pk)
    missing = [each.what for each in missing_for_live(account)]
    assert missing == ["Nell New has not accepted to be the site owner."]


@pytest.mark.parametrize("who", [person, lambda: site_owner_of(AccountFactory())])
def test_only_the_corporate_team_takes_an_account_live(who: Callable[[], User]) -> None:
    account = ready()

    with pytest.raises(NotAllowed):
        move_state(by=who(), account=account, to=AccountState.LIVE)
    with pytest.raises(NotAllowed):
        move_state(by=account.owner, account=account, to=AccountState.LIVE)


@pytest.mark.parametrize("who", [communications_officer, digital_officer])
def test_an_answer_keeps_who_gave_it_with_the_proof(who: Callable[[], User], trail: Trail) -> None:
    by, account = who(), AccountFactory(state=AccountState.APPROVED)

    answer_check(by=by, account=account, item=BRANDING, is_met=True, proof=" Seen on 3 March ")

    kept = ChecklistAnswer.objects.get()
    assert (kept.is_met, kept.proof, kept.by) == (True, "Seen on 3 March", by)
    account.refresh_from_db()
    assert account.branding_checked_on == timezone.localdate()
    assert trail.last.event == Event.CHECK_ANSWERED
    assert trail.last.details["after"]["proof"] == "Seen on 3 March"


def test_an_answer_taken_back_is_missing_again(admin: User, trail: Trail) -> None:
    account = ready()

    answer_check(by=admin, account=account, item=BRANDING, is_met=False, proof="The old logo")

    account.refresh_from_db()
    assert [each.what for each in missing_for_live(account)] == [
        "To be put right before “the branding is the council’s” is true: The old logo."
    ]
    assert account.branding_checked_on is None
    assert trail.last.details["before"]["met"] is True


@pytest.mark.parametrize(
    ("item", "state", "proof", "said"),
    [
        (PROFILE_TEXT, AccountState.LIVE, "  ", "Say what you saw"),
        (PROFILE_TEXT, AccountState.LIVE, "x" * 501, "must be 500 characters or fewer"),
        (PROFILE_TEXT, AccountState.PARTNER, "Seen", "its state is partner"),
        (PROFILE_TEXT, AccountState.CLOSED, "Seen", "its state is closed"),
        (JOINT_ACCESS, AccountState.LIVE, "Seen", "follows from what the register knows"),
    ],
)
def test_an_answer_that_cannot_be(
    admin: User, item: object, state: AccountState, proof: str, said: str
) -> None:
    account = AccountFactory(state=state)

    with pytest.raises(ValidationError, match=said):
        answer_check(by=admin, account=account, item=item, is_met=True, proof=proof)  # type: ignore[arg-type]
    assert not ChecklistAnswer.objects.exists()


def test_nobody_checks_an_account_who_only_runs_it() -> None:
    account = ready()

    with pytest.raises(NotAllowed):
        answer_check(by=account.owner, account=account, item=BRANDING, is_met=True, proof="Mine")


def safety(account: SocialAccount, **changed: object) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "recovery_contact": "social@wealdmoor.example",
        "two_factor": "on",
        "two_factor_checked_on": today,
        "joint_access": "Cat signed in",
        "joint_access_on": today,
        "reason": "Go-live",
        "seen": fingerprint_of(account),
        **changed,
    }


def test_whoever_checks_an_account_records_how_safe_it_is(trail: Trail) -> None:
    account, officer = AccountFactory(state=AccountState.APPROVED), communications_officer()

    record_safety(by=officer, account=account, **safety(account))  # type: ignore[arg-type]

    account.refresh_from_db()
    assert (account.two_factor, account.joint_access) == ("on", "Cat signed in")
    assert trail.last.event == Event.ACCOUNT_CHANGED
    with pytest.raises(ValidationError, match="Somebody else changed this account"):
        record_safety(by=officer, account=account, **safety(account, seen="old"))  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        record_safety(by=UserFactory(), account=account, **safety(account))  # type: ignore[arg-type]


def test_the_list_asks_the_same_number_of_queries_for_any_account() -> None:
    full, bare = ready(), AccountFactory(state=AccountState.APPROVED, risk=None)
    counts = []
    for account in (full, SocialAccount.objects.get(pk=bare.pk)):
        account.owner, account.deputy  # noqa: B018 - the page has them
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(checks_for_live(account)) == len(GO_LIVE)
        counts.append(len(asked))
    assert counts[0] <= 6
    assert counts[1] <= 6
