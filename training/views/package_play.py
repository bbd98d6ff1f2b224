"""A package, taken: our page with the frame around it, and what it reports from there."""

from __future__ import annotations

from collections.abc import Callable

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.sign_in import terminal
from accounts.views.permission import person_of
from pages.numbers import whole_number
from training.actions.package_play import Kept, Overtaken, begin_package, keep_report
from training.actions.packages import SWITCHED_OFF
from training.forms.package_report import LARGEST_BODY, ReportForm
from training.models import Completion, Course, CourseVersion, Enrolment, PackagePart
from training.scorm.launch import new_launch, player_address
from training.scorm.way import Step, version_to_take, way_through

_OVERTAKEN = "You opened this part again in another tab. Carry on there; this tab saves nothing."
_REFUSED = "What the course sent cannot be kept. Tell whoever looks after the course."


@login_required
def package(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Before it is begun a page with a button, then the part that is open."""
    me, version = person_of(request), _version(request, slug)
    if request.method == "POST":
        begin_package(by=me, version=version)
        return redirect("training_package", slug)
    enrolment = Enrolment.objects.under_way().filter(user=me, version=version).first()
    if enrolment is None or not settings.PACKAGES_URL:
        return render(request, "training/scorm/start.html", _to_begin(me, version))
    return _may_frame(_open_part)(request, version, enrolment)


@require_POST
@login_required
def report(request: HttpRequest, slug: str) -> JsonResponse:
    """What the player sends. The answer says how the part stands, and the page shows that."""
    if len(request.headers.get("content-length") or "") > 7 or _length(request) > LARGEST_BODY:
        return JsonResponse({"words": _REFUSED}, status=413)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"words": _REFUSED}, status=422)
    part = get_object_or_404(
        PackagePart, pk=form.cleaned_data["part"], package__version__course__slug=slug
    )
    try:
        kept = keep_report(by=person_of(request), part=part, report=form.report())
    except Enrolment.DoesNotExist:
        return JsonResponse({"words": "Begin this course first."}, status=404)
    except Overtaken:
        return JsonResponse({"words": _OVERTAKEN}, status=409)
    if kept.came_further and terminal.is_at_terminal(request):
        # A package that reports by itself does not keep the visit of whoever has gone alive.
        terminal.touch(request)
    return JsonResponse(_said(kept))


def _length(request: HttpRequest) -> int:
    return whole_number(request.headers.get("content-length") or "0") or 0


def _said(kept: Kept) -> dict[str, object]:
    return {
        "status": kept.status.label,
        "isDone": kept.status.is_done,
        "isCompleted": kept.completion is not None,
        "words": f"Saved. This part: {kept.status.label.lower()}.",
    }


def _version(request: HttpRequest, slug: str) -> CourseVersion:
    course = get_object_or_404(Course.objects.in_use(), slug=slug)
    version = version_to_take(person_of(request), course)
    if version is None or not hasattr(version, "package"):
        raise Http404
    return version


def _to_begin(me: User, version: CourseVersion) -> dict[str, object]:
    completions = Completion.objects.visible_to(me).on_record()
    return {
        "course": version.course,
        "version": version,
        "parts": version.package.parts.all(),
        "last": completions.filter(user=me, course=version.course_id).first(),
        "switched_off": "" if settings.PACKAGES_URL else SWITCHED_OFF,
    }


def _open_part(request: HttpRequest, version: CourseVersion, enrolment: Enrolment) -> HttpResponse:
    steps = way_through(enrolment, version.package)
    step = _chosen(steps, request.GET.get("part", ""))
    following = next((each for each in steps if each.number > step.number), None)
    at_terminal = terminal.is_at_terminal(request)
    context = {
        "course": version.course,
        "steps": steps,
        "step": step,
        "following": following,
        "frame": player_address(new_launch(enrolment, step.part, at_terminal=at_terminal)),
        "packages_url": settings.PACKAGES_URL,
    }
    return render(request, "training/scorm/package.html", context)


def _chosen(steps: list[Step], asked: str) -> Step:
    """The one that was asked for, else the first that is not done."""
    wanted = whole_number(asked)
    by_number = {step.number: step for step in steps}
    to_do = next((step for step in steps if not step.status.is_done), steps[0])
    return by_number.get(wanted or 0, to_do)


def _may_frame(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """The one page of ours that may show something of another host, and only of that one."""
    return csp_update({"frame-src": [settings.PACKAGES_URL]})(view)
