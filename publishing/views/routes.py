"""Approval routes: the list in order, adding, changing, moving, and trying them on a post."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from publishing.actions import routing
from publishing.forms.routes import RouteForm, TryForm, initial_of
from publishing.models import Post, Route
from publishing.routes.nobody import gaps_in
from publishing.routes.shown import route_of
from publishing.routes.wording import conditions_of, stage_in_words


@permission_required(Permission.EDIT_RULES)
def routes(request: HttpRequest) -> HttpResponse:
    """Every route in its order, with what it asks of a post, and a try-out."""
    named = ("accounts", "service_areas", "topics", "campaigns", "stages__people")
    found = Route.objects.select_related("escalate_to").prefetch_related(*named)
    rows = [
        {
            "route": route,
            "conditions": conditions_of(route),
            "stages": [stage_in_words(row) for row in route.stages.all()],
        }
        for route in found
    ]
    form = TryForm(request.GET if "post" in request.GET else None)
    tried = _tried(request, form)
    context = {"rows": rows, "form": form, "tried": tried}
    status = 422 if form.is_bound and tried is None else 200
    return render(request, "publishing/routes.html", context, status=status)


@permission_required(Permission.EDIT_RULES)
def add(request: HttpRequest) -> HttpResponse:
    form = RouteForm(request.POST or None)
    page = FormPage(
        title="Add a route",
        button="Add route",
        back=reverse("routes"),
        done="The route is added.",
    )
    return answer(
        request, page, form, lambda: routing.add_route(by=person_of(request), facts=form.facts())
    )


@permission_required(Permission.EDIT_RULES)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    route = get_object_or_404(Route, pk=pk)
    form = RouteForm(request.POST or None, initial=initial_of(route), route=route)
    page = FormPage(
        title="Change a route",
        button="Save",
        back=reverse("routes"),
        done="The route is changed.",
        warning=" ".join(gaps_in(route)),
    )
    return answer(
        request,
        page,
        form,
        lambda: routing.change_route(by=person_of(request), route=route, facts=form.facts()),
    )


@permission_required(Permission.EDIT_RULES)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    route = get_object_or_404(Route, pk=pk)
    routing.move_route(by=person_of(request), route=route, up="up" in request.POST)
    return redirect("routes")


def _tried(request: HttpRequest, form: forms.Form) -> dict[str, object] | None:
    """Which stages the post would need today. Nothing where there is no such post."""
    if not form.is_valid():
        return None
    post = Post.objects.visible_to(person_of(request)).filter(pk=form.cleaned_data["post"])
    found = post.select_related("version", "draft").first()
    if found is None:
        form.add_error("post", ValidationError("No such post. Copy the address of its page."))
        return None
    return {"post": found, "route": route_of(found)}
