"""Completions from paper: for one person or a whole sheet, with a scan that few may open."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import (
    CourseFactory,
    UserFactory,
    communications_officer,
    digital_officer,
    person,
)
from tests.training.records.sheets import PDF, pdf, picture
from tests.visiting import as_person, text_of
from training import scans
from training.models import CompletedBy, Completion

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr() -> User:
    """HR, whose own learning is not what these tests are about."""
    found = person(CorporateRole.HR)
    Completion.objects.all().delete()
    return found


def typed(**more: Any) -> dict[str, Any]:
    day = timezone.localdate() - timedelta(days=2)
    return {
        "course": more.pop("course", None) or CourseFactory().pk,
        "completed_on": f"{day:%d/%m/%Y}",
        "how": "paper",
        **more,
    }


def sent(hr: User, **more: Any) -> Any:
    return as_person(hr).post(reverse("training_record_new"), typed(**more))


def test_one_person_is_recorded_with_a_note(hr: User) -> None:
    collector = UserFactory(email="", staff_number="104233")

    answer = sent(hr, person=collector.pk, note="Taught at the depot")

    kept = Completion.objects.get()
    assert answer.status_code == 302
    assert (kept.user, kept.by, kept.note) == (collector, CompletedBy.PAPER, "Taught at the depot")
    assert not kept.evidence


def test_a_sheet_is_recorded_for_all_with_one_scan(hr: User) -> None:
    reg = UserFactory(email="", staff_number="104233")
    liz = UserFactory(email="liz@wealdmoor.example")

    sent(hr, people="104233\n\n LIZ@wealdmoor.example \n104233", evidence=picture())

    kept = Completion.objects.order_by("user_id")
    assert [each.user for each in kept] == [reg, liz]
    assert len({each.evidence.name for each in kept}) == 1
    assert str(kept[0].evidence.name).endswith(".png")


def test_every_wrong_line_is_named_nothing_is_recorded_and_what_was_typed_stays(hr: User) -> None:
    UserFactory(email="", staff_number="104233")
    gone = UserFactory(
        name="Lee Left",
        email="lee@wealdmoor.example",
        employed_until=timezone.localdate() - timedelta(days=1),
    )

    answer = sent(hr, people=f"104233\n999\n{gone.email}", note="At the depot", evidence=pdf())

    text = text_of(answer)
    assert answer.status_code == 422
    assert "Line 2: Nobody here has the staff number “999”." in text
    assert "Line 3: Lee Left does not work for the council any more." in text
    assert "At the depot" in answer.content.decode()
    assert "lee@wealdmoor.example" in answer.content.decode()
    assert "Choose the file again" in text
    assert not Completion.objects.exists()


def test_of_a_sheet_with_somebody_recorded_already_nothing_is_recorded(hr: User) -> None:
    course = CourseFactory()
    reg = UserFactory(name="Reg Cole", email="", staff_number="104233")
    UserFactory(email="", staff_number="104234")
    sent(hr, person=reg.pk, course=course.pk)

    answer = sent(hr, people="104233\n104234", course=course.pk)

    assert answer.status_code == 422
    assert "Reg Cole: This course is already recorded" in text_of(answer)
    assert Completion.objects.count() == 1


def test_nobody_at_all_is_asked_for(hr: User) -> None:
    answer = sent(hr)

    assert "Choose a person, or list several." in text_of(answer)


def test_more_people_than_a_sheet_has_are_refused(hr: User) -> None:
    answer = sent(hr, people="\n".join(str(number) for number in range(101)))

    assert "Enter at most 100 people at a time. There are 101." in text_of(answer)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("a.pdf", b"<html><script>alert(1)</script>"), "named like a PDF"),
        (SimpleUploadedFile("a.html", b"<html></html>"), "not a picture"),
        (SimpleUploadedFile("a.png", PDF + b"x" * 200), "MB"),
        (SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'></svg>"), "not a picture"),
    ],
)
def test_what_is_no_scan_is_refused(
    hr: User, monkeypatch: pytest.MonkeyPatch, file: SimpleUploadedFile, said: str
) -> None:
    monkeypatch.setattr(scans, "MOST_BYTES", 200)
    answer = sent(hr, person=UserFactory().pk, evidence=file)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not Completion.objects.exists()


def scanned(hr: User, file: SimpleUploadedFile, who: User) -> Completion:
    sent(hr, person=who.pk, evidence=file)
    return Completion.objects.get()


def test_a_picture_is_made_again_and_a_pdf_is_kept_as_it_is(hr: User) -> None:
    original = picture()
    raw = original.read()
    original.seek(0)
    kept = scanned(hr, original, UserFactory())
    with default_storage.open(str(kept.evidence.name)) as file:
        assert file.read() != raw
    kept.delete()
    kept = scanned(hr, pdf("nice.png.pdf"), UserFactory())
    with default_storage.open(str(kept.evidence.name)) as file:
        assert file.read() == PDF


def test_a_scan_only_leaves_as_a_download_that_nothing_runs(hr: User) -> None:
    kept = scanned(hr, pdf("<script>.pdf"), UserFactory())

    answer = as_person(hr).get(reverse("completion_scan", args=[kept.pk]))

    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="completion-{kept.pk}.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


def test_only_hr_the_manager_and_the_person_open_a_scan(hr: User) -> None:
    manager = UserFactory()
    who = UserFactory(manager=manager)
    UserFactory(manager=UserFactory())
    kept = scanned(hr, pdf(), who)
    address = reverse("completion_scan", args=[kept.pk])
    others = [
        UserFactory(),
        UserFactory(manager=manager),
        digital_officer(),
        communications_officer(),
        person(CorporateRole.AUDITOR),
        person(CorporateRole.MONITORING_OFFICER),
    ]

    for reader in (hr, manager, who):
        assert as_person(reader).get(address).status_code == 200, reader
    for reader in others:
        assert as_person(reader).get(address).status_code == 404, reader
    # Whoever takes over the team sees it; whoever gave it up does not any more.
    User.objects.filter(pk=who.pk).update(manager=others[0])
    assert as_person(manager).get(address).status_code in (403, 404)
    assert as_person(others[0]).get(address).status_code == 200


def test_a_completion_without_a_scan_or_whose_file_is_gone_is_not_found(hr: User) -> None:
    kept = scanned(hr, pdf("gone.pdf", PDF + b"gone"), UserFactory())
    default_storage.delete(str(kept.evidence.name))
    assert as_person(hr).get(reverse("completion_scan", args=[kept.pk])).status_code == 404
    Completion.objects.update(evidence="")
    assert as_person(hr).get(reverse("completion_scan", args=[kept.pk])).status_code == 404


def test_links_from_a_persons_page_fill_in_the_person_and_the_course(hr: User):
    course, learner = CourseFactory(needed_to_write=True), communications_officer()
    Completion.objects.filter(user=learner).delete()
    client, page = as_person(hr), reverse("training_person", args=[learner.pk])
    new = reverse("training_record_new")

    links = client.get(page).content.decode()
    assert f'href="{new}?person={learner.pk}"' in links
    assert f'href="{reverse("conversation_new", args=[learner.pk])}"' in links
    both = f"{new}?person={learner.pk}&course={course.pk}"
    assert both.replace("&", "&amp;") in links

    form = client.get(both).content.decode()
    assert f'<option value="{learner.pk}" selected' in form
    assert f'<option value="{course.pk}" selected' in form

    done = client.post(both, typed(person=learner.pk, course=course.pk))
    assert done.headers["Location"] == page
    assert learner.completions.get().course == course


@pytest.mark.parametrize("value", ["0", "x", "99999999999999999999", "gone"])
def test_a_link_that_names_nobody_fills_in_nothing(hr: User, value: str):
    if value == "gone":
        yesterday = timezone.localdate() - timedelta(days=1)
        value = str(UserFactory(employed_until=yesterday).pk)

    page = as_person(hr).get(reverse("training_record_new"), {"person": value, "course": value})

    assert page.status_code == 200
    assert "selected" not in re.sub(r'<option value="" selected', "", page.content.decode())


def test_on_a_line_the_person_is_filled_in_by_name(hr: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("accounts.forms.one_of_many.FEW", 0)
    learner = UserFactory(name="Lea Rner")

    page = as_person(hr).get(reverse("training_record_new"), {"person": learner.pk})

    assert f'value="Lea Rner ({learner.email})"' in page.content.decode()
