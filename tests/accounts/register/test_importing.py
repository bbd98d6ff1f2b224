"""An import of the register: all of its good rows, checked once more, or nothing at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import Traveller

from accounts.access import NotAllowed
from accounts.actions import importing
from accounts.actions.importing import forget_old_imports, offer_file, take_over
from accounts.actions.register import register_account
from accounts.models import AccountState, RegisterImport, ServiceArea, SocialAccount, User
from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import sentence
from jobs.actions import try_again
from jobs.models import Job, JobState
from jobs.running import run
from tests.accounts.register.spreadsheets import a_council, a_row, file_of
from tests.at_once import at_once
from tests.factories import AccountFactory, UserFactory, digital_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db: None) -> User:
    a_council()
    return digital_officer(name="Dot Digital")


def offered(by: User, *rows: dict[str, str]) -> RegisterImport:
    return offer_file(by=by, name="accounts.csv", data=file_of(rows))


def imported(by: User, *rows: dict[str, str]) -> Job:
    return done(take_over(by=by, offered=offered(by, *rows)))


def done(job: Job) -> Job:
    run(job.pk)
    return Job.objects.get(pk=job.pk)


def handles() -> list[str]:
    return list(SocialAccount.objects.order_by("pk").values_list("handle", flat=True))


def test_reading_a_file_changes_nothing_on_the_register(by: User) -> None:
    found = offered(by, a_row(), a_row(handle="second", name=""))
    assert (found.rows, len(found.good), len(found.problems)) == (2, 1, 1)
    assert found.problems[0]["row"] == 3
    assert handles() == []
    assert not Entry.objects.exists()


def test_the_good_rows_come_onto_the_register(by: User) -> None:
    job = imported(by, a_row(), a_row(handle="second"), a_row(name=""))
    assert (job.state, job.message) == (JobState.DONE, "2 accounts are on the register.")
    assert (job.done, job.total, job.unit) == (2, 2, "rows")
    assert handles() == ["wmarchive", "second"]
    found = RegisterImport.objects.get()
    assert found.taken_at
    assert found.good == []


FULL = {
    "deputy": "dee@wealdmoor.example", "purpose": "=cmd", "audience": "Readers",
    "strategic_aims": "Reading", "opened_on": "2019-03-31", "there_before_the_policy": "yes",
    "recovery_contact": "01632 960123", "two-factor_sign-in": "On",
    "two-factor_checked_on": "2026-01-02", "joint_access": "A form",
    "joint_access_proved_on": "2026-01-03",
}  # fmt: skip


def test_an_account_is_the_same_as_if_it_had_been_added_by_hand(by: User) -> None:
    imported(by, a_row(**FULL))
    taken_over = SocialAccount.objects.get()
    by_hand = register_account(
        by=by,
        platform="flickr",
        handle="other",
        name=taken_over.name,
        service_area=ServiceArea.objects.get(),
        owner=taken_over.owner,
        deputy=taken_over.deputy,
        purpose=taken_over.purpose,
        aims=list(taken_over.aims.all()),
        audience=taken_over.audience,
        opened_on=taken_over.opened_on,
        predates_policy=taken_over.predates_policy,
        recovery_contact=taken_over.recovery_contact,
        two_factor=taken_over.two_factor,
        two_factor_checked_on=taken_over.two_factor_checked_on,
        joint_access=taken_over.joint_access,
        joint_access_on=taken_over.joint_access_on,
    )

    def known(account: SocialAccount) -> dict[str, Any]:
        own = ("id", "added_at", "handle", "url")
        fields = [each.attname for each in account._meta.concrete_fields]
        row = {name: getattr(account, name) for name in fields if name not in own}
        people = account.answerables.values_list("part", "user", "named_by", "accepted_at", "until")
        return {**row, "people": sorted(people), "aims": list(account.aims.all())}

    assert known(taken_over) == known(by_hand)
    assert taken_over.state == AccountState.SUSPENDED
    assert taken_over.purpose == "=cmd"


def test_each_account_has_its_entry_and_the_import_one(by: User) -> None:
    imported(by, a_row(purpose="Old papers"), a_row(handle="second"))
    entries = list(Entry.objects.order_by("sequence"))
    assert [entry.event for entry in entries] == [
        *[Event.ACCOUNT_REGISTERED] * 2,
        Event.REGISTER_IMPORTED,
    ]
    first, _, whole = entries
    account = SocialAccount.objects.get(handle="wmarchive")
    assert (first.subject_id, first.actor_name) == (str(account.pk), "Dot Digital")
    assert first.details["after"]["purpose"] == "Old papers"
    assert first.details["after"]["owner"] == "Olu Owner"
    assert sentence(whole) == (
        "Dot Digital imported 2 accounts into the accounts register from accounts.csv"
    )


def test_a_handle_that_was_taken_meanwhile_keeps_everything_out_and_is_named(by: User) -> None:
    found = offered(by, a_row(), a_row(handle="second"), a_row(handle="third"))
    AccountFactory(platform="flickr", handle="SECOND", name="Quicker")
    before = Entry.objects.count()

    job = done(take_over(by=by, offered=found))

    assert job.state == JobState.FAILED
    assert job.message == (
        "Nothing was imported. Row 3, handle: Quicker (Flickr @SECOND) is on the register already."
        " Try again to import the other 2 rows."
    )
    assert handles() == ["SECOND"]
    assert Entry.objects.count() == before
    found.refresh_from_db()
    assert [each["row"] for each in found.problems] == [3]
    assert done(try_again(by=by, job=job)).message == "2 accounts are on the register."
    assert set(handles()) == {"SECOND", "wmarchive", "third"}


def test_an_owner_who_left_meanwhile_is_named(clock: Traveller, by: User) -> None:
    found = offered(by, a_row())
    owner = User.objects.get(email="olu@wealdmoor.example")
    owner.employed_until = found.at.date() - timedelta(days=1)
    owner.save()
    job = done(take_over(by=by, offered=found))
    assert "Olu Owner does not work for the council any more." in job.message
    assert "No row is left to import." in job.message
    assert handles() == []


def test_whatever_breaks_on_the_way_nothing_is_kept(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = offered(by, a_row(), a_row(handle="second"))
    job = take_over(by=by, offered=found)
    with monkeypatch.context() as broken:
        broken.setattr(importing, "record_all", lambda entries: 1 / 0)
        assert done(job).state == JobState.FAILED
    assert handles() == []
    found.refresh_from_db()
    assert (len(found.good), found.taken_at) == (2, None)


def test_a_worker_that_died_after_the_commit_imports_nothing_twice(by: User) -> None:
    job = imported(by, a_row())
    Job.objects.update(state=JobState.WAITING, ended_at=None)
    assert done(job).message == "The accounts are on the register."
    assert handles() == ["wmarchive"]
    assert Entry.objects.filter(event=Event.REGISTER_IMPORTED).count() == 1


def test_only_whoever_keeps_the_register_imports_also_when_the_work_begins(by: User) -> None:
    with pytest.raises(NotAllowed):
        offered(UserFactory(), a_row())
    found = offered(by, a_row())
    with pytest.raises(NotAllowed):
        take_over(by=UserFactory(), offered=found)
    job = take_over(by=by, offered=found)
    by.corporate_grants.all().delete()
    assert "manage the accounts register" in done(job).message
    assert handles() == []


def test_a_second_press_is_the_same_import(by: User) -> None:
    found = offered(by, a_row())
    assert take_over(by=by, offered=found) == take_over(by=by, offered=found)
    assert Job.objects.count() == 1


def test_a_file_without_a_good_row_cannot_be_taken_over(by: User) -> None:
    with pytest.raises(ValidationError, match="No row"):
        take_over(by=by, offered=offered(by, a_row(name="")))


def test_what_nobody_took_over_is_deleted_after_a_week(clock: Traveller, by: User) -> None:
    offered(by, a_row())
    job = imported(by, a_row())
    waiting = take_over(by=by, offered=offered(by, a_row(handle="waits")))
    clock.shift(timedelta(days=7) - timedelta(seconds=1))
    assert forget_old_imports() == 0
    clock.shift(timedelta(seconds=1))
    kept = offered(by, a_row(handle="new"))
    assert forget_old_imports() == 2
    assert set(RegisterImport.objects.values_list("pk", flat=True)) == {kept.pk, waiting.about}
    assert Job.objects.get(pk=job.pk).result_url == "/accounts/"


def test_a_file_that_is_not_kept_any_more_is_asked_for_again(by: User) -> None:
    found = offered(by, a_row())
    job = take_over(by=by, offered=found)
    found.delete()
    assert done(job).message == "The file is not kept any more. Send it again."


def bad(number: int) -> dict[str, str]:
    """Fifty rows, each wrong in one of five ways."""
    ways: list[dict[str, str]] = [
        {"platform": "MySpace"},
        {"handle": "h0"},
        {"site owner": "gone@wealdmoor.example"},
        {"opened on": "31/02/2026"},
        {"two-factor sign-in": "Perhaps"},
    ]
    return ways[number // 40 % 5]


def the_2000() -> tuple[list[dict[str, str]], list[tuple[int, str]]]:
    """2,000 rows, every fortieth of them bad; and where: row and column."""
    rows, wrong = [], []
    for number in range(2_000):
        row = a_row(handle=f"h{number}", purpose="=cmd|' /C calc'!A0", strategic_aims="Reading")
        row |= {"opened on": "31/03/2019", "two-factor sign-in": ""}
        if number % 40 == 39:
            row |= bad(number)
            wrong.append((number + 2, next(iter(bad(number)))))
        rows.append(row)
    return rows, wrong


def test_of_2000_rows_the_50_bad_ones_are_named_and_the_others_come_in(by: User) -> None:
    rows, wrong = the_2000()

    found = offered(by, *rows)

    assert [(each["row"], each["column"]) for each in found.problems] == wrong
    assert len(wrong) == 50
    assert len({each["reason"] for each in found.problems}) == 5
    with CaptureQueriesContext(connection) as queries:
        job = done(take_over(by=by, offered=found))
    assert (job.message, job.total) == ("1,950 accounts are on the register.", 1_950)
    assert SocialAccount.objects.count() == 1_950
    assert set(SocialAccount.objects.values_list("purpose", flat=True)) == {"=cmd|' /C calc'!A0"}
    assert Entry.objects.filter(event=Event.ACCOUNT_REGISTERED).count() == 1_950
    # Some for every 250 rows, none for each.
    assert len(queries) < 400


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_handle_at_once_keep_one_of_it(by: User) -> None:
    jobs = [
        take_over(by=by, offered=offered(by, a_row(), a_row(handle=f"other{number}")))
        for number in range(2)
    ]
    at_once(*(lambda pk=job.pk: run(pk) for job in jobs))
    states = sorted(Job.objects.values_list("state", flat=True))
    assert states == [JobState.DONE, JobState.FAILED]
    lost = Job.objects.get(state=JobState.FAILED)
    assert "Row 2, handle" in lost.message
    assert len(handles()) == 2


@pytest.mark.django_db(transaction=True)
def test_a_second_press_at_the_same_moment_is_the_same_import(by: User) -> None:
    found = offered(by, a_row())
    first, second = at_once(*[lambda: take_over(by=by, offered=found)] * 2)
    assert first.pk == second.pk
    assert Job.objects.count() == 1
