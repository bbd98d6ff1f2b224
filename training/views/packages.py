"""SCORM packages: those of others are taken in, courses of ours go out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from training.actions.exporting import export_course
from training.actions.package_imports import offer_package
from training.actions.packages import SWITCHED_OFF, Facts
from training.forms.packages import ImportPackageForm
from training.models import Course, CourseVersion, ScormPackage
from training.sections import training_sections

LEAD = (
    "The package is looked over at once, and unpacked in the background: you see how far it is. "
    "Nobody can take it before it is whole. Its pages run at an address of their own, where they "
    "cannot reach this service."
)


@permission_required(Permission.EDIT_COURSES)
def add(request: HttpRequest) -> HttpResponse:
    form = ImportPackageForm(request.POST or None, request.FILES or None)
    page = FormPage(
        title="Import a SCORM package",
        button="Import and publish" if settings.PACKAGES_URL else "",
        back=reverse("training_packages"),
        done="The package is here. Now it is unpacked.",
        lead=LEAD if settings.PACKAGES_URL else SWITCHED_OFF,
        on=lambda job: reverse("job", args=[job.pk]),
    )

    def act() -> object:
        chosen = dict(form.cleaned_data)
        package, course = chosen.pop("package"), chosen.pop("course")
        by = person_of(request)
        return offer_package(by=by, package=package, course=course, facts=Facts(**chosen))

    return answer(request, page, form, act)


@permission_required(Permission.EDIT_COURSES)
def packages(request: HttpRequest) -> HttpResponse:
    """Every course in use, and whether it goes out, came in, or is neither."""
    context = {
        "sections": training_sections(person_of(request), "training_packages"),
        "courses": [_line(course) for course in _with_versions()],
        "switched_off": "" if settings.PACKAGES_URL else SWITCHED_OFF,
    }
    return render(request, "training/scorm/packages.html", context)


@permission_required(Permission.EDIT_COURSES)
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    course = get_object_or_404(Course.objects.in_use(), slug=slug)
    try:
        version, package = export_course(by=person_of(request), course=course)
    except ValidationError as nothing:
        raise Http404 from nothing
    name = f"{course.slug}-{version.number}-scorm-1.2.zip"
    return FileResponse(package, as_attachment=True, filename=name, content_type="application/zip")


@dataclass(frozen=True, slots=True)
class _Line:
    """A course, its newest version, and the package that this is."""

    course: Course
    version: CourseVersion | None
    package: ScormPackage | None


def _with_versions() -> Iterable[Course]:
    newest = CourseVersion.objects.newest().select_related("course", "package")
    found = Prefetch("versions", queryset=newest, to_attr="taken_now")
    return Course.objects.in_use().order_by("title").prefetch_related(found)


def _line(course: Course) -> _Line:
    version = next(iter(getattr(course, "taken_now", ())), None)
    return _Line(course, version, getattr(version, "package", None))
