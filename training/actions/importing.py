"""Importing a file of completions: it is read and offered, then each good row is recorded.

Reading records nothing. Recording is long work (`jobs`): the rows are read once more, and each is
recorded on its own, so that one that cannot be keeps none of the others back.
"""

from __future__ import annotations

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from jobs.kinds import CannotBeDone, Kind, Outcome
from jobs.models import Job
from jobs.progress import Progress
from jobs.taking_up import forget_old, lock, shown_name, take_up
from pages.typed_csv import kept_rows
from pages.typed_rows import Problem
from training.actions.completions import record_completion
from training.importing.columns import read_file
from training.importing.rows import GoodRow, check_rows
from training.models import CompletedBy, Completion, CompletionImport

WHOLE_ROW = "the whole row"


def offer_completions(*, by: User, name: str, data: bytes) -> CompletionImport:
    """Read a file of completions, and keep its good rows for a week, to be recorded.

    Raises NotAllowed, and ValidationError for a file that cannot be read at all.
    """
    demand(by, Permission.RECORD_TRAINING)
    rows = read_file(data)
    checked = check_rows(rows)
    return CompletionImport.objects.create(
        name=shown_name(name),
        by=by,
        rows=len(rows),
        good=[row.typed.kept() for row in checked.good],
        problems=[asdict(problem) for problem in checked.problems],
        known=len(checked.known),
    )


def record_rows(*, by: User, offered: CompletionImport) -> Job:
    """Begin to record the good rows; asked again, the answer is the same job."""
    demand(by, Permission.RECORD_TRAINING)
    return take_up(CompletionImport, offered.pk, kind=KIND.key, unit="completions")


def forget_old_imports() -> int:
    """Delete the files that nobody confirmed in time, and what is left of the others.

    The completions stay.
    """
    return forget_old(CompletionImport, instead=reverse("training_records"))


def _import(job: Job, progress: Progress) -> Outcome:
    """The long work. What is on record already, whoever put it there, is not recorded again."""
    offered = _of_job(job)
    page = reverse("completion_import", args=[offered.pk])
    if offered.taken_at is None:
        demand(job.asked_by, Permission.RECORD_TRAINING)
        checked = check_rows(list(kept_rows(offered.good)))
        progress.expect(len(checked.good))
        problems = list(checked.problems)
        for row in checked.good:
            problems += _recorded(offered.pk, row, job.asked_by)
            progress.step()
        offered = _settled(offered.pk, problems, job.asked_by)
    return Outcome(_in_words(offered), result_url=page)


def _recorded(offered_id: int, row: GoodRow, by: User) -> list[Problem]:
    """Record one row, or say why not."""
    try:
        _record(offered_id, row, by)
    except ValidationError as refusal:
        return [Problem(row.typed.number, WHOLE_ROW, " ".join(refusal.messages))]
    return []


@transaction.atomic
def _record(offered_id: int, row: GoodRow, by: User) -> None:
    # Under the lock of its file: a worker that was only thought dead records nothing beside this.
    lock(CompletionImport, offered_id)
    User.objects.select_for_update().get(pk=row.person.pk)
    there = Completion.objects.filter(user=row.person, course=row.course, completed_on=row.day)
    if there.exists():
        return
    record_completion(
        by=by,
        person=row.person,
        course=row.course,
        completed_on=row.day,
        how=CompletedBy.OTHER_SYSTEM,
        score=row.score,
        note=f"Reference {row.reference}" if row.reference else "",
    )
    CompletionImport.objects.filter(pk=offered_id).update(recorded=F("recorded") + 1)


@transaction.atomic
def _settled(offered_id: int, problems: list[Problem], by: User) -> CompletionImport:
    offered: CompletionImport = lock(CompletionImport, offered_id)
    if offered.taken_at is None:
        told = [*offered.problems, *(asdict(problem) for problem in problems)]
        offered.problems = sorted(told, key=lambda problem: problem["row"])
        offered.good, offered.taken_at = [], timezone.now()
        offered.save(update_fields=["problems", "good", "taken_at"])
        after = {
            "count": f"{offered.recorded:,}",
            "rows": f"{offered.rows:,}",
            "rows_with_problems": f"{offered.bad_rows:,}",
        }
        record(Event.COMPLETIONS_IMPORTED, by=by, on=offered, after=after)
    return offered


def _in_words(offered: CompletionImport) -> str:
    count, bad = offered.recorded, offered.bad_rows
    made = "1 completion is recorded." if count == 1 else f"{count:,} completions are recorded."
    left = "1 row was not imported" if bad == 1 else f"{bad:,} rows were not imported"
    return f"{made} {left}: see why on its page." if bad else made


def _of_job(job: Job) -> CompletionImport:
    offered: CompletionImport | None = CompletionImport.objects.filter(pk=job.about).first()
    if offered is None:
        raise CannotBeDone("The file is not kept any more. Send it again: nothing counts twice.")
    return offered


def _may(job: Job) -> None:
    demand(job.asked_by, Permission.RECORD_TRAINING)


KIND = Kind("completion_import", _import, _may)
