"""Long work: done once, told while it goes on, ended whatever happens, tried again."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from threading import Event, Thread
from typing import NoReturn

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import Settings
from time_machine import Traveller

from council_social.celery import app
from jobs import progress as told
from jobs.actions import try_again
from jobs.kinds import CannotBeDone, Outcome
from jobs.models import Job, JobState
from jobs.progress import Progress, has_stopped, reached
from jobs.running import OUR_FAULT, STOPPED, look_after, run
from jobs.tasks import look_after as task
from tests.at_once import at_once
from tests.factories import UserFactory
from tests.jobs.recital import asked, ended, fresh, recital, recite

pytestmark = pytest.mark.django_db


class Messages(list[tuple[str, list[int]]]):
    """What the workers were told."""


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> Messages:
    sent = Messages()
    monkeypatch.setattr(app, "send_task", lambda name, args: sent.append((name, args)))
    return sent


def test_the_work_is_done_and_says_what_came_of_it() -> None:
    recital()
    job = ended(asked())
    assert (job.state, job.message, job.result_url) == ("done", "Three verses.", "/help/")
    assert (job.done, job.total, job.tries, job.lease_until) == (3, 3, 1, None)
    assert default_storage.open(job.file).read() == b"One, two, three."


def test_the_workers_hear_of_it_once_it_is_committed(
    messages: Messages, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = asked()
        assert messages == []
    assert messages == [("jobs.run", [job.pk])]
    assert app.conf.task_default_queue == "aside"


def test_a_broker_that_is_away_costs_nobody_their_page(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks, messages: Messages
) -> None:
    def away(*args: object, **options: object) -> NoReturn:
        raise ConnectionError

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(app, "send_task", away)
        job = asked()
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    with django_capture_on_commit_callbacks(execute=True):
        look_after()
    assert messages == [("jobs.run", [job.pk])]


def test_a_message_that_comes_twice_does_nothing() -> None:
    done = []
    recital(lambda job, progress: done.append(job.pk) or Outcome("Done."))  # type: ignore[func-returns-value]
    job = asked()
    run(job.pk)
    run(job.pk)
    run(job.pk + 1)
    assert done == [job.pk]
    assert fresh(job).tries == 1


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (CannotBeDone("The file is gone. Send it again."), "The file is gone. Send it again."),
        (ValidationError("This handle is taken."), "This handle is taken."),
        (PermissionDenied("You left the team."), "You left the team."),
        (RuntimeError("secret detail"), OUR_FAULT),
    ],
)
def test_what_fails_says_why_and_never_more_than_the_person_may_know(
    trouble: Exception, words: str
) -> None:
    def fail(job: Job, progress: Progress) -> NoReturn:
        progress.expect(10)
        progress.step(4)
        raise trouble

    recital(fail)
    job = ended(asked())
    assert (job.state, job.message) == (JobState.FAILED, words)
    assert (job.done, job.total) == (4, 10)
    assert job.ended_at


def test_work_of_a_kind_that_nobody_knows_fails_in_words() -> None:
    job = asked()
    Job.objects.update(kind="forgotten")
    assert "does not know" in ended(job).message


def test_what_failed_is_tried_again_by_whoever_asked(
    messages: Messages, django_capture_on_commit_callbacks
) -> None:
    job = asked()
    hall = recital(lambda job, progress: (_ for _ in ()).throw(CannotBeDone("Not today.")))
    job = ended(job)
    hall.work = recite
    with pytest.raises(PermissionDenied):
        try_again(by=UserFactory(), job=job)
    with django_capture_on_commit_callbacks(execute=True):
        again = try_again(by=job.asked_by, job=job)
    assert (again.state, again.message, again.ended_at) == (JobState.WAITING, "", None)
    assert messages[-1] == ("jobs.run", [job.pk])
    job = ended(job)
    assert (job.state, job.tries) == (JobState.DONE, 2)
    with pytest.raises(ValidationError, match="already"):
        try_again(by=job.asked_by, job=job)


def test_nobody_tries_again_what_they_may_not_any_more() -> None:
    hall = recital(lambda job, progress: (_ for _ in ()).throw(CannotBeDone("Not today.")))
    job = ended(asked())
    hall.forbidden = True
    with pytest.raises(PermissionDenied):
        try_again(by=job.asked_by, job=job)
    assert fresh(job).state == JobState.FAILED


def dying(job: Job, progress: Progress) -> NoReturn:
    progress.expect(3)
    progress.step()
    raise SystemExit


def test_a_worker_that_died_is_noticed_after_its_lease_and_the_work_is_tried_again(
    clock: Traveller, settings: Settings
) -> None:
    hall = recital(dying)
    job = asked()
    with pytest.raises(SystemExit):
        run(job.pk)
    look_after()
    assert fresh(job).state == JobState.RUNNING

    clock.shift(settings.JOB_LEASE_S + 1)
    assert has_stopped(fresh(job), timezone.now())
    look_after()
    job = fresh(job)
    assert (job.state, job.message) == (JobState.FAILED, STOPPED)
    assert len(mail.outbox) == 1

    hall.work = recite
    try_again(by=job.asked_by, job=job)
    assert ended(job).state == JobState.DONE


def test_a_stopped_job_need_not_wait_for_the_round(clock: Traveller, settings: Settings) -> None:
    recital(dying)
    job = asked()
    with pytest.raises(SystemExit):
        run(job.pk)
    with pytest.raises(ValidationError):
        try_again(by=job.asked_by, job=job)
    clock.shift(settings.JOB_LEASE_S + 1)
    assert try_again(by=job.asked_by, job=job).state == JobState.WAITING


def test_a_worker_that_goes_on_telling_is_alive_however_long_it_takes(
    clock: Traveller, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "TOLD_EVERY_S", 0)

    def long_work(job: Job, progress: Progress) -> Outcome:
        progress.expect(5)
        for _ in range(5):
            clock.shift(settings.JOB_LEASE_S - 1)
            progress.step()
            look_after()
        return Outcome("Sung to the end.")

    recital(long_work)
    assert ended(asked()).message == "Sung to the end."


def test_an_end_that_comes_after_another_try_began_counts_for_nothing(
    clock: Traveller, settings: Settings
) -> None:
    def slow(job: Job, progress: Progress) -> Outcome:
        clock.shift(settings.JOB_LEASE_S + 1)
        hall.work = recite
        try_again(by=job.asked_by, job=job)
        run(job.pk)
        return Outcome("Much too late.")

    hall = recital(slow)
    job = ended(asked())
    assert (job.message, job.tries) == ("Three verses.", 2)
    assert len(mail.outbox) == 1


def test_how_far_it_is_shows_while_its_transaction_is_open() -> None:
    seen = []

    @transaction.atomic
    def work(job: Job, progress: Progress) -> Outcome:
        progress.expect(1_200)
        seen.append(reached(fresh(job)).total)
        return Outcome("Done.")

    recital(work)
    ended(asked())
    assert seen == [1_200]


def test_it_is_told_at_most_twice_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    tellings = []
    monkeypatch.setattr("jobs.progress.cache.set", lambda *args: tellings.append(args))
    progress = Progress(asked())
    progress.expect(100_000)
    for _ in range(100_000):
        progress.step()
    assert len(tellings) < 5
    assert progress.done == 100_000


def test_a_cache_that_is_away_stops_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object) -> NoReturn:
        raise ConnectionError

    monkeypatch.setattr("jobs.progress.cache.set", away)
    recital()
    assert ended(asked()).state == JobState.DONE


def test_one_letter_at_the_end_with_the_way_back(settings: Settings) -> None:
    settings.BASE_URL = "https://social.wealdmoor.example"
    recital()
    job = ended(asked())
    look_after()
    (letter,) = mail.outbox
    assert letter.to == ["ray@wealdmoor.example"]
    assert letter.subject == "Three verses: done"
    assert f"https://social.wealdmoor.example/jobs/{job.pk}/" in letter.body


def test_a_letter_that_could_not_be_handed_over_goes_with_the_next_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*args: object) -> NoReturn:
        raise SMTPServerDisconnected

    recital()
    with monkeypatch.context() as broken:
        broken.setattr("jobs.letter.EmailMessage.send", refuse)
        ended(asked())
    assert mail.outbox == []
    look_after()
    look_after()
    assert len(mail.outbox) == 1


def test_who_left_meanwhile_gets_no_letter() -> None:
    recital()
    job = asked(UserFactory(employed_until=timezone.localdate() - timedelta(days=1)))
    assert ended(job).state == JobState.DONE
    assert mail.outbox == []


def test_the_database_refuses_an_end_without_its_time() -> None:
    job = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE)


def test_the_clock_looks_after_jobs(settings: Settings) -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["jobs"]
    assert app.tasks[entry["task"]].name == task.name


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_that_take_it_at_once_one_does_it() -> None:
    begun: list[int] = []
    recital(lambda job, progress: begun.append(1) or Outcome("Done."))  # type: ignore[func-returns-value]
    job = asked()

    at_once(*[lambda: run(job.pk)] * 2)
    assert begun == [1]
    assert fresh(job).tries == 1


@pytest.mark.django_db(transaction=True)
def test_somebody_else_sees_how_far_it_is_while_it_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(told, "TOLD_EVERY_S", 0)
    half, seen = Event(), Event()

    @transaction.atomic
    def work(job: Job, progress: Progress) -> Outcome:
        Job.objects.filter(pk=job.pk).update(title="Not to be seen yet")
        progress.expect(4)
        progress.step(2)
        half.set()
        assert seen.wait(10)
        return Outcome("Done.")

    recital(work)
    job = asked()

    def in_a_thread() -> None:
        run(job.pk)
        connection.close()

    worker = Thread(target=in_a_thread)
    worker.start()
    assert half.wait(10)
    there = fresh(job)
    assert (reached(there).done, there.title) == (2, "Three verses")
    seen.set()
    worker.join(10)
    assert fresh(job).state == JobState.DONE
