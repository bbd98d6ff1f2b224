"""The stops: those in force, the form that places one, and every one there was."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.keyset import KeysetPage, page_of
from publishing.delivery.stopping import place_stop
from publishing.errors import Conflict, Refused
from publishing.forms.stopping import StopForm
from publishing.models import Stop


@permission_required(Permission.STOP_DELIVERY)
def stops(request: HttpRequest) -> HttpResponseBase:
    return _page(request, StopForm())


@permission_required(Permission.STOP_DELIVERY)
@require_POST
def place(request: HttpRequest) -> HttpResponseBase:
    form = StopForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        stop = place_stop(
            reason=form.cleaned_data["reason"], by=person_of(request), scope=form.chosen
        )
    except Refused as refusal:
        form.add_error(refusal.field or None, refusal.message)
        return _page(request, form, status=422)
    except Conflict as conflict:
        return said_before(request, conflict, form.cleaned_data["reason"])
    messages.success(request, f"{stop.in_words} is stopped.")
    return redirect("stop_page", pk=stop.pk)


def _page(request: HttpRequest, form: StopForm, status: int = 200) -> HttpResponseBase:
    every = Stop.objects.select_related(
        "placed_by", "released_by", "release_asked_by", "account", "service_area"
    )
    released = every.filter(released_at__isnull=False)
    history = page_of(released, ("-placed_at", "-id"), request.GET)
    context = {
        "form": form,
        "in_force": every.in_force().order_by("-placed_at", "-pk"),
        "history": history,
        **beside(history),
    }
    return render(request, "publishing/stops.html", context, status=status)


def beside(page: KeysetPage[Any]) -> dict[str, str]:
    """The addresses of the pages before and after this one."""
    queries = {"previous": page.previous_query, "next": page.next_query}
    return {side: f"?{query}" if query else "" for side, query in queries.items()}


def said_before(request: HttpRequest, conflict: Conflict, yours: str = "") -> HttpResponseBase:
    """Somebody else was quicker: what was typed is kept on the page."""
    context = {
        "title": "Somebody else was quicker",
        "what": conflict.message,
        "yours": yours,
        "href": request.path.rsplit("/", 2)[0] + "/",
        "action": "See the stop",
    }
    return render(request, "409.html", context, status=409)
