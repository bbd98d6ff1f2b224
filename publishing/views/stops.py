"""The stop: place it, release it, and every one there was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from publishing.delivery.stopping import place_stop, release_stop
from publishing.errors import Conflict
from publishing.forms.delivering import ReleaseForm, StopForm
from publishing.models import Stop

HISTORY = 50


@permission_required(Permission.STOP_DELIVERY)
def stops(request: HttpRequest) -> HttpResponseBase:
    """The stop in force with the form that releases it; or the form that places one."""
    in_force = Stop.objects.in_force().first()
    form = ReleaseForm(initial={"stop": in_force.pk}) if in_force else StopForm()
    return _page(request, form)


@permission_required(Permission.STOP_DELIVERY)
@require_POST
def place(request: HttpRequest) -> HttpResponseBase:
    form = StopForm(request.POST, use_required_attribute=False)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        place_stop(reason=form.cleaned_data["reason"], by=person_of(request))
    except Conflict as conflict:
        return _conflict(request, conflict, form.cleaned_data["reason"])
    messages.success(request, "All delivery is stopped.")
    return redirect("stop")


@permission_required(Permission.STOP_DELIVERY)
@require_POST
def release(request: HttpRequest) -> HttpResponseBase:
    form = ReleaseForm(request.POST, use_required_attribute=False)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    try:
        release_stop(stop_id=given["stop"], reason=given["reason"], by=person_of(request))
    except (Conflict, Stop.DoesNotExist):
        return _conflict(request, Conflict("This stop was released already."), given["reason"])
    messages.success(request, "Delivery goes on.")
    return redirect("stop")


def _page(
    request: HttpRequest, form: StopForm | ReleaseForm, status: int = 200
) -> HttpResponseBase:
    context = {
        "form": form,
        "in_force": Stop.objects.in_force().select_related("placed_by").first(),
        "history": Stop.objects.select_related("placed_by", "released_by")[:HISTORY],
    }
    return render(request, "publishing/stops.html", context, status=status)


def _conflict(request: HttpRequest, conflict: Conflict, yours: str) -> HttpResponseBase:
    context = {
        "title": "Somebody else was quicker",
        "what": conflict.message,
        "yours": yours,
        "href": request.path.removesuffix("place/").removesuffix("release/"),
        "action": "See the stop",
    }
    return render(request, "409.html", context, status=409)
