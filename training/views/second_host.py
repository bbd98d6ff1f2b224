"""What the host of PACKAGES_URL answers: the player, the files of a package, the player's script.

No cookie is read or set here. Who it is for says the token in the address.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from training.models import Enrolment, PackageFile, PackagePart, PackageState, Scorm
from training.scorm.launch import launch_of
from training.scorm.names import type_of
from training.scorm.ranges import in_ranges
from training.scorm.saved import saved_for
from training.scorm.second_host import URLCONF


def script_of(scorm: str) -> str:
    return f"player-{scorm}.js"


ASSETS = {
    **{script_of(scorm): "text/javascript; charset=utf-8" for scorm in Scorm},
    "player.css": "text/css; charset=utf-8",
}


def player(request: HttpRequest, token: str) -> HttpResponse:
    """The frame around a part, with what it told us when it was open before."""
    enrolment, part = _opened(token)
    launch = launch_of(token)
    state = PackageState.objects.filter(enrolment=enrolment, part=part).first()
    start = reverse("package_content", URLCONF, args=[token, part.path])
    saved = saved_for(enrolment, part, state) | {
        "opening": launch.opening if launch else 0,
        "forgets": bool(launch and launch.at_terminal),
        "page": settings.BASE_URL,
        "start": start + part.query,
    }
    context = {"part": part, "saved": saved, "script": script_of(part.package.scorm)}
    return render(request, "training/scorm/player.html", context)


def content(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """A file of the package that the token is for; there is no list of them."""
    _enrolment, part = _opened(token)
    file = get_object_or_404(PackageFile, package=part.package_id, path=path)
    opened = default_storage.open(file.stored_as)
    return in_ranges(request, opened, file.size, type_of(file.path))


def asset(request: HttpRequest, name: str) -> HttpResponseBase:
    """What the player itself consists of."""
    found = finders.find(f"packages/{name}") if name in ASSETS else None
    if not isinstance(found, str):
        raise Http404
    headers = {"Cache-Control": "no-cache"}
    return FileResponse(Path(found).open("rb"), content_type=ASSETS[name], headers=headers)


def failed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Instead of our own pages, which have no place here."""
    return HttpResponse("That did not work.", status=500, content_type="text/plain")


def _opened(token: str) -> tuple[Enrolment, PackagePart]:
    """What the token is for, as long as its holder works here. Raises Http404 otherwise."""
    launch = launch_of(token)
    if launch is None:
        raise Http404
    enrolment = get_object_or_404(Enrolment.objects.select_related("user"), pk=launch.enrolment_id)
    part = get_object_or_404(
        PackagePart.objects.select_related("package"),
        pk=launch.part_id,
        package__version=enrolment.version_id,
    )
    if not enrolment.user.is_employed():
        raise Http404
    return enrolment, part
