"""The pages of long work: how far it is, what came of it; only for whoever asked for it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from jobs import actions
from jobs.kinds import kind_of
from jobs.models import Job, JobState
from jobs.standing import may_have_result, standing_of
from pages.keyset import page_of

NEWEST_FIRST = ("-asked_at", "-id")


@login_required
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Everything that one asked for, the newest first."""
    page = page_of(Job.objects.visible_to(request.user), NEWEST_FIRST, request.GET)
    lines = [(each, standing_of(each)) for each in page.rows]
    return render(request, "jobs/jobs.html", {"lines": lines, "page": page})


@login_required
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """The page; asked for by htmx, only the part that changes."""
    found = _job(request, job_id)
    standing = standing_of(found)
    has_ended = found.state == JobState.DONE
    context = {
        "job": found,
        "standing": standing,
        "may_have_result": has_ended and may_have_result(found),
        "is_part": request.headers.get("HX-Request") == "true",
        "is_news": request.GET.get("said") != f"{standing.state}-{standing.quarter}",
    }
    template = "jobs/progress.html" if context["is_part"] else "jobs/job.html"
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Request"])
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def try_again(request: HttpRequest, job_id: int) -> HttpResponse:
    found = _job(request, job_id)
    try:
        actions.try_again(by=found.asked_by, job=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("job", found.pk)


@login_required
@require_safe
def job_file(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """What the work made, for whoever asked and may still have it."""
    found = _job(request, job_id)
    kind = kind_of(found)
    if kind is None or found.state != JobState.DONE or not found.file:
        raise Http404
    kind.demand(found)
    try:
        opened = default_storage.open(found.file, "rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    kind.downloaded(found)
    answer = FileResponse(opened, as_attachment=True, filename=found.file_name)
    answer["Cache-Control"] = "no-store"
    return answer


def _job(request: HttpRequest, job_id: int) -> Job:
    rows = Job.objects.visible_to(request.user).select_related("asked_by")
    return get_object_or_404(rows, pk=job_id)
