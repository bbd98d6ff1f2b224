"""The page on which a package is sent, and the page of the work that unpacks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from accounts.permissions import CorporateRole
from jobs.models import Job
from tests.factories import person
from tests.training.scorm.packaging import unpacked, upload, zipped
from training.models import Course, CourseVersion

pytestmark = pytest.mark.django_db

ADDRESS = "/training/packages/new/"


@pytest.fixture
def hr() -> User:
    return person(CorporateRole.HR)


@pytest.fixture(autouse=True)
def _own_storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_the_page_takes_a_package_in(hr: User, client: Client) -> None:
    client.force_login(hr)
    typed = {"package": upload(zipped()), "minutes": 20, "pass_mark": 75, "summary": "For drivers"}
    answer = client.post(ADDRESS, typed)
    job = Job.objects.get()
    assert answer["Location"] == reverse("job", args=[job.pk])
    page = client.get(answer["Location"]).text
    assert "Import of “fire-safety.zip”" in page
    assert "Waiting to start" in page
    assert not Course.objects.filter(slug="fire-safety").exists()

    unpacked(job)

    page = client.get(answer["Location"]).text
    assert "“Fire safety” is imported, as version 1. Everybody can take it now." in page
    assert reverse("training_package", args=["fire-safety"]) in page
    version = CourseVersion.objects.get(course__slug="fire-safety")
    assert (version.minutes, version.pass_mark) == (20, 75)
    assert version.course.summary == "For drivers"


def test_the_page_keeps_what_was_typed(hr: User, client: Client) -> None:
    client.force_login(hr)
    typed = {"package": upload(b"no"), "minutes": 20, "pass_mark": 75, "summary": "For drivers"}
    answer = client.post(ADDRESS, typed)
    assert answer.status_code == 422
    assert "This is not a ZIP file" in answer.text
    assert "For drivers" in answer.text
