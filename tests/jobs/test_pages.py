"""The pages of long work: only one's own, in words, and working without a script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from time_machine import Traveller

from accounts.models import User
from jobs.models import Job, JobState
from tests.factories import UserFactory
from tests.jobs.recital import Recital, asked, ended, failed_job, fresh, recital
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Recital:
    return recital()


@pytest.fixture
def reader(hall: Recital) -> User:
    return UserFactory()


def page(job: Job, query: str = "", **headers: str) -> str:
    answer = as_person(job.asked_by).get(f"{reverse('job', args=[job.pk])}{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def under_way(reader: User, done: int, total: int) -> Job:
    job = asked(reader)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, tries=1, lease_until=timezone.now() + timedelta(minutes=2)
    )
    cache.set(f"job-progress-{job.pk}-1", (done, total, timezone.now()))
    return fresh(job)


def test_it_says_how_far_it_is_and_asks_again_by_itself(reader: User) -> None:
    words = page(under_way(reader, 312, 1_200))
    assert "312 of 1,200 verses" in words
    assert 'value="312" max="1200"' in words
    assert 'hx-trigger="every 1s"' in words
    assert "See how far it is now" in words


def test_it_is_said_aloud_at_each_quarter_only(reader: User) -> None:
    job = under_way(reader, 312, 1_200)
    assert "25% done" in page(job, "?said=running-0", **{"HX-Request": "true"})
    part = page(job, "?said=running-1", **{"HX-Request": "true"})
    assert "hx-swap-oob" not in part
    assert "312 of 1,200 verses" in part
    assert "<html" not in part


def test_what_is_done_leads_on_and_asks_no_more(reader: User) -> None:
    job = ended(asked(reader))
    words = page(job)
    assert "Three verses." in words
    assert 'href="/help/"' in words
    assert reverse("job_file", args=[job.pk]) in words
    assert "hx-get" not in words


def test_its_file_comes_under_its_name_and_leaves_a_trace(reader: User, hall: Recital) -> None:
    job = ended(asked(reader))
    answer = as_person(reader).get(reverse("job_file", args=[job.pk]))
    assert b"".join(answer) == b"One, two, three."
    assert answer["Content-Disposition"] == 'attachment; filename="verses.txt"'
    assert hall.downloads == [job.pk]


def test_what_came_of_it_is_only_for_whoever_may_still_have_it(reader: User, hall: Recital) -> None:
    job = ended(asked(reader))
    hall.forbidden = True
    words = page(job)
    assert "You may not see what came of it any more" in words
    assert 'href="/help/">See' not in words
    assert as_person(reader).get(reverse("job_file", args=[job.pk])).status_code == 403
    assert hall.downloads == []


def test_a_file_that_is_gone_is_not_found(reader: User) -> None:
    job = ended(asked(reader))
    default_storage.delete(job.file)
    assert as_person(reader).get(reverse("job_file", args=[job.pk])).status_code == 404


def test_nobody_sees_what_somebody_else_asked_for(reader: User) -> None:
    job = ended(asked(reader))
    other = as_person(UserFactory())
    for name in ("job", "job_file"):
        assert other.get(reverse(name, args=[job.pk])).status_code == 404
    assert other.post(reverse("job_try_again", args=[job.pk])).status_code == 404
    assert "Three verses" not in text_of(other.get(reverse("jobs")))


def test_what_failed_says_why_and_can_be_tried_again(reader: User) -> None:
    job = failed_job(reader)
    words = page(job)
    assert "<title>Error: " in words
    assert "No." in words
    answer = as_person(reader).post(reverse("job_try_again", args=[job.pk]))
    assert answer["Location"] == reverse("job", args=[job.pk])
    assert fresh(job).state == JobState.WAITING


def test_trying_again_twice_is_said(reader: User) -> None:
    job = failed_job(reader)
    browser = as_person(reader)
    browser.post(reverse("job_try_again", args=[job.pk]))
    answer = browser.post(reverse("job_try_again", args=[job.pk]), follow=True)
    assert "under way, or done, already" in text_of(answer)


def test_what_stopped_is_said_before_the_round_comes(
    reader: User, clock: Traveller, settings: Settings
) -> None:
    job = under_way(reader, 1, 4)
    clock.shift(settings.JOB_LEASE_S + 1)
    words = page(job)
    assert "The work stopped before its end" in words
    assert "Try again" in words


def test_the_list_says_what_it_is_for_when_it_is_empty(reader: User) -> None:
    assert "No long work yet" in text_of(as_person(reader).get(reverse("jobs")))


def test_the_list_takes_the_same_queries_for_any_number(reader: User) -> None:
    browser, counts = as_person(reader), []
    for number in (1, 12):
        for _ in range(number):
            asked(reader)
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(reverse("jobs"))
        counts.append(len(queries))
    assert text_of(answer).count("Waiting to start") == 13
    assert counts[0] == counts[1]
