"""One stop: what it holds, who lets it go, and new times for what it held."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from publishing.actions.spreading import posts_to_move, spread_held
from publishing.delivery.held_by_stop import held_by
from publishing.delivery.stopping import (
    agree_release,
    ask_release,
    decline_release,
    let_through,
)
from publishing.errors import Conflict, OwnWork, Refused
from publishing.forms.stopping import AskForm, DeclineForm, LetThroughForm, SpreadForm
from publishing.models import PostState, Stop
from publishing.views.stops import beside, said_before


@permission_required(Permission.STOP_DELIVERY)
def show_stop(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _page(request, _stop(pk))


@permission_required(Permission.STOP_DELIVERY)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = AskForm(request.POST)
    return _act(
        request,
        pk,
        "ask",
        form,
        lambda by: ask_release(stop_id=pk, reason=form.cleaned_data["reason"], by=by),
        "You asked for the stop to be released. Somebody else has to agree.",
    )


@permission_required(Permission.STOP_DELIVERY)
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = DeclineForm(request.POST)
    return _act(
        request,
        pk,
        "decline",
        form,
        lambda by: decline_release(stop_id=pk, reason=form.cleaned_data["reason"], by=by),
        "Delivery stays stopped.",
    )


@permission_required(Permission.STOP_DELIVERY)
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponseBase:
    stop = _stop(pk)
    try:
        missed = agree_release(stop_id=pk, by=person_of(request))
    except OwnWork as own:
        return said_before(request, Conflict(own.message))
    except Conflict as conflict:
        return said_before(request, conflict)
    held = f" {missed} overdue {'post needs' if missed == 1 else 'posts need'} a new time."
    messages.success(request, f"{stop.in_words} goes on.{held if missed else ''}")
    return redirect("stop_page", pk=pk)


@permission_required(Permission.STOP_DELIVERY)
@require_POST
def let_through_it(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = LetThroughForm(request.POST, reader=person_of(request))

    def act(by: User) -> None:
        given = form.cleaned_data
        accounts, posts = filter(None, [given["account"]]), filter(None, [given["post"]])
        let_through(stop_id=pk, by=by, reason=given["reason"], accounts=[*accounts], posts=[*posts])

    return _act(request, pk, "let_through", form, act, "It is let through.")


@permission_required(Permission.STOP_DELIVERY)
@require_POST
def spread(request: HttpRequest, pk: int) -> HttpResponseBase:
    """New times, each reported on the page that comes back."""
    stop, form = _stop(pk), SpreadForm(request.POST)
    if not form.is_valid():
        return _page(request, stop, {"spread": form}, status=422)
    try:
        moved = spread_held(stop_id=pk, hours=form.cleaned_data["hours"], by=person_of(request))
    except Conflict as conflict:
        return said_before(request, conflict)
    return render(request, "publishing/stops/spread.html", {"stop": stop, "moved": moved})


def _act(
    request: HttpRequest,
    pk: int,
    name: str,
    form: forms.Form,
    act: Callable[[User], None],
    done: str,
) -> HttpResponseBase:
    stop = _stop(pk)
    if not form.is_valid():
        return _page(request, stop, {name: form}, status=422)
    try:
        act(person_of(request))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, stop, {name: form}, status=422)
    except Conflict as conflict:
        return said_before(request, conflict, form.cleaned_data.get("reason", ""))
    messages.success(request, done)
    return redirect("stop_page", pk=pk)


def _stop(pk: int) -> Stop:
    every = Stop.objects.select_related(
        "placed_by", "released_by", "release_asked_by", "account", "service_area"
    )
    return get_object_or_404(every, pk=pk)


def _page(
    request: HttpRequest,
    stop: Stop,
    bound: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    me = person_of(request)
    shown = {
        "ask": AskForm(),
        "decline": DeclineForm(),
        "let_through": LetThroughForm(reader=me),
        "spread": SpreadForm(),
        **(bound or {}),
    }
    held = held_by(stop).visible_to(me).select_related("post__author", "account")
    page = page_of(held, ("due_at", "id"), request.GET)
    context = {
        "stop": stop,
        "forms": shown,
        "form": next(iter((bound or {}).values()), None),
        "asked_it": stop.release_asked_by_id == me.pk,
        "held": page,
        **beside(page),
        "to_move": 0 if stop.is_in_force else posts_to_move(stop, me).count(),
        "may_move": may(me, Permission.SCHEDULE_POST),
        "missed_slot": PostState.MISSED_SLOT,
    }
    return render(request, "publishing/stops/stop.html", context, status=status)
