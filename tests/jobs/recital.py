"""A kind of work for tests: it does what the test says, and its result can be forbidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from jobs import kinds
from jobs.actions import begin
from jobs.kinds import Kind, Outcome
from jobs.models import Job, JobState
from jobs.progress import Progress
from jobs.running import run
from tests.factories import UserFactory


def recite(job: Job, progress: Progress) -> Outcome:
    """Three verses, kept as a file."""
    progress.expect(3)
    for _ in range(3):
        progress.step()
    name = default_storage.save("recitals/verses.txt", ContentFile(b"One, two, three."))
    return Outcome("Three verses.", result_url="/help/", file=name, file_name="verses.txt")


@dataclass
class Recital:
    """The kind “recital”, as `recital()` registered it."""

    work: Callable[[Job, Progress], Outcome] = recite
    forbidden: bool = False
    downloads: list[int] = field(default_factory=list)

    def do(self, job: Job, progress: Progress) -> Outcome:
        return self.work(job, progress)

    def demand(self, job: Job) -> None:
        if self.forbidden:
            raise PermissionDenied("Only for whoever still sings here.")

    def downloaded(self, job: Job) -> None:
        self.downloads.append(job.pk)


def recital(work: Callable[[Job, Progress], Outcome] = recite) -> Recital:
    made = Recital(work)
    kinds.register(Kind("recital", made.do, made.demand, made.downloaded))
    return made


def asked(by: User | None = None, **fields: Any) -> Job:
    """A job that waits for a worker."""
    by = by or UserFactory(name="Ray Reader", email="ray@wealdmoor.example")
    return begin(kind="recital", about=1, title="Three verses", by=by, unit="verses", **fields)


def ended(job: Job) -> Job:
    run(job.pk)
    return fresh(job)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def failed_job(by: User) -> Job:
    """One that may be tried again, as a row alone."""
    job = asked(by)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, ended_at=job.asked_at, message="No."
    )
    return fresh(job)
