"""Importing a file of accounts: it is read and offered, then all of its good rows are taken over.

Reading changes nothing. Taking over is long work (`jobs`): the rows are checked once more, and
all of them come onto the register, or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from accounts.access import demand
from accounts.actions.answerable import name_people_of_new
from accounts.actions.register import as_registered
from accounts.models import RegisterImport, SocialAccount, User
from accounts.permissions import Permission
from accounts.register.csv_export import COLUMNS, REGISTER
from accounts.register.csv_file import read_file
from accounts.register.rows import Checked, GoodRow, check_rows
from audit.catalogue import Event
from audit.record import Happened, happened, record_all
from jobs.kinds import CannotBeDone, Kind, Outcome
from jobs.models import Job
from jobs.progress import Progress
from jobs.taking_up import forget_old, shown_name, take_up
from pages.typed_csv import kept_rows
from pages.typed_rows import Problem

AT_A_TIME = 250
NAMED = 3
"""Rows that a sentence names; the page names all."""


def offer_file(*, by: User, name: str, data: bytes) -> RegisterImport:
    """Read a file of accounts, and keep its good rows to be taken over, for a week.

    Raises ValidationError for a file that cannot be read at all.
    """
    demand(by, Permission.MANAGE_ACCOUNTS)
    rows = read_file(data)
    checked = check_rows(rows)
    return RegisterImport.objects.create(
        name=shown_name(name),
        by=by,
        rows=len(rows),
        good=[row.typed.kept() for row in checked.good],
        problems=[asdict(problem) for problem in checked.problems],
    )


def take_over(*, by: User, offered: RegisterImport) -> Job:
    """Begin to put the good rows on the register; asked again, the answer is the same job."""
    demand(by, Permission.MANAGE_ACCOUNTS)
    return take_up(RegisterImport, offered.pk, kind=KIND.key, unit="rows")


def forget_old_imports() -> int:
    """Delete the files that nobody took over in time, and what is left of the others."""
    return forget_old(RegisterImport, instead=reverse("accounts"))


def _import(job: Job, progress: Progress) -> Outcome:
    """The long work: all good rows of one file, or nothing, and which row was in the way."""
    try:
        with transaction.atomic():
            return _take(_locked(job), job.asked_by, progress)
    except (_NotGoodAnyMore, IntegrityError) as trouble:
        # Somebody may have registered one of them since the rows were checked.
        words = _put_aside(job)
        if words is None:
            raise
        raise CannotBeDone(words, result_url=_page_of(job)) from trouble


class _NotGoodAnyMore(Exception):
    """A row that was good when the file was read is not now."""


def _take(offered: RegisterImport, by: User, progress: Progress) -> Outcome:
    page = reverse("register_import", args=[offered.pk])
    if offered.taken_at:
        return Outcome("The accounts are on the register.", result_url=page)
    demand(by, Permission.MANAGE_ACCOUNTS)
    checked = _check_again(offered)
    if checked.problems:
        raise _NotGoodAnyMore
    count = len(checked.good)
    progress.expect(count)
    happenings: list[Happened] = []
    for start in range(0, count, AT_A_TIME):
        some = checked.good[start : start + AT_A_TIME]
        happenings += _write(some, by)
        progress.step(len(some))
    offered.good, offered.taken_at = [], timezone.now()
    offered.save(update_fields=["good", "taken_at"])
    told = {"count": f"{count:,}", "file": offered.name}
    whole = happened(Event.REGISTER_IMPORTED, by=by, on=REGISTER, after=told)
    # Last, and all at once: the chain is locked from here to the commit.
    record_all([*happenings, whole])
    words = "1 account is" if count == 1 else f"{count:,} accounts are"
    return Outcome(f"{words} on the register.", result_url=page)


def _write(rows: Sequence[GoodRow], by: User) -> Iterator[Happened]:
    """As `register_account` writes one; the answer is what the trail is to say of each."""
    accounts = SocialAccount.objects.bulk_create(row.account for row in rows)
    name_people_of_new(accounts, by=by)
    serves = SocialAccount.aims.through
    serves.objects.bulk_create(
        serves(socialaccount=row.account, strategicaim=aim) for row in rows for aim in row.aims
    )
    prefetch_related_objects(accounts, "aims")
    for row, account in zip(rows, accounts, strict=True):
        said = {field for field, column in COLUMNS.items() if column in row.typed.cells}
        after = as_registered(account, said)
        yield happened(Event.ACCOUNT_REGISTERED, by=by, on=account, after=after)


@transaction.atomic
def _put_aside(job: Job) -> str | None:
    """Move the rows that are not good any more among the problems; None where all are good."""
    offered = _locked(job)
    checked = _check_again(offered)
    if not checked.problems:
        return None
    offered.good = [row.typed.kept() for row in checked.good]
    problems = [*offered.problems, *(asdict(problem) for problem in checked.problems)]
    offered.problems = sorted(problems, key=lambda problem: problem["row"])
    offered.save(update_fields=["good", "problems"])
    return f"Nothing was imported. {_named(checked.problems)} {_what_is_left(checked)}"


def _named(problems: Sequence[Problem]) -> str:
    first = [f"Row {each.row:,}, {each.column}: {each.reason}" for each in problems[:NAMED]]
    more = len(problems) - len(first)
    return " ".join([*first, f"And {more:,} more."] if more else first)


def _what_is_left(checked: Checked) -> str:
    left = len(checked.good)
    if not left:
        return "No row is left to import."
    return f"Try again to import the other {left:,} row{'' if left == 1 else 's'}."


def _locked(job: Job) -> RegisterImport:
    offered = RegisterImport.objects.select_for_update().filter(pk=job.about).first()
    if offered is None:
        raise CannotBeDone("The file is not kept any more. Send it again.")
    return offered


def _check_again(offered: RegisterImport) -> Checked:
    return check_rows(kept_rows(offered.good))


def _page_of(job: Job) -> str:
    return reverse("register_import", args=[job.about])


def _may(job: Job) -> None:
    demand(job.asked_by, Permission.MANAGE_ACCOUNTS)


KIND = Kind("register_import", _import, _may)
