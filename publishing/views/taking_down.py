"""Taking a post down: what is live where, what became of each account, and removing by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from accounts.access import demand, may
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from publishing.actions.taking_down import (
    LIVE,
    can_be_taken_down,
    confirm_removed,
    remove_again,
    take_down,
)
from publishing.errors import Refused
from publishing.forms.taking_down import ProofForm, TakeDownForm
from publishing.models import Post, Removal, RemovalState, Takedown, TakedownReason
from publishing.takedown.removing import why_by_hand
from publishing.views.answers import answering, visible_post
from publishing.views.media import as_shown

ON_ITS_WAY = (RemovalState.WAITING, RemovalState.REMOVING)
TYPES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@login_required
@answering
def take_post_down(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form, and what became of what was asked; asked for by htmx, only the latter."""
    person = person_of(request)
    post = visible_post(person, pk)
    if request.method == "POST":
        return _ask(request, post, person)
    takedowns = _takedowns(post)
    can_ask = can_be_taken_down(post)
    if not takedowns:
        demand(person, Permission.TAKE_DOWN_POST, on=post)
    if can_ask and may(person, Permission.TAKE_DOWN_POST, on=post):
        return _page(request, post, person, TakeDownForm(use_required_attribute=False))
    return _page(request, post, person, None)


@permission_required(Permission.TAKE_DOWN_POST)
@answering
def by_hand(request: HttpRequest, pk: int, removal_id: int) -> HttpResponseBase:
    """Where to remove it, and the proof that it was."""
    person = person_of(request)
    removal = _removal(visible_post(person, pk), removal_id)
    demand(person, Permission.TAKE_DOWN_POST, on=removal.delivery)
    if request.method == "POST":
        form = ProofForm(request.POST, request.FILES, use_required_attribute=False)
        if form.is_valid() and _is_kept(removal, form, person):
            messages.success(request, f"Kept: it is removed from {removal.delivery.account}.")
            return redirect("post_take_down", pk=pk)
    elif removal.state != RemovalState.BY_HAND:
        return redirect("post_take_down", pk=pk)
    else:
        form = ProofForm(use_required_attribute=False)
    can_try_again = not why_by_hand(removal.delivery)
    context = {"form": form, "removal": removal, "can_try_again": can_try_again}
    status = 422 if form.is_bound else 200
    return render(request, "publishing/remove_by_hand.html", context, status=status)


@permission_required(Permission.TAKE_DOWN_POST)
@require_POST
@answering
def remove_once_more(request: HttpRequest, pk: int, removal_id: int) -> HttpResponseBase:
    person = person_of(request)
    removal = _removal(visible_post(person, pk), removal_id)
    remove_again(removal_id=removal.pk, by=person)
    messages.success(request, f"We try again to remove it from {removal.delivery.account}.")
    return redirect("post_take_down", pk=pk)


@login_required
@require_safe
def proof(request: HttpRequest, pk: int, removal_id: int) -> HttpResponseBase:
    """The picture that shows it removed, for whoever may see the post."""
    removal = _removal(visible_post(person_of(request), pk), removal_id)
    kind = TYPES.get(str(removal.proof.name).rpartition(".")[2])
    if not removal.proof or kind is None:
        raise Http404
    try:
        opened = removal.proof.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    extension = kind.partition("/")[2]
    return as_shown(opened, kind, f"{removal.proof_digest[:16]}.{extension}")


def _ask(request: HttpRequest, post: Post, person: User) -> HttpResponseBase:
    demand(person, Permission.TAKE_DOWN_POST, on=post)
    form = TakeDownForm(request.POST, use_required_attribute=False)
    if not form.is_valid():
        return _page(request, post, person, form)
    given = form.cleaned_data
    kind = TakedownReason(given["kind"])
    takedown = take_down(post_id=post.pk, kind=kind, reason=given["reason"], by=person)
    if takedown.asked_by_id != person.pk:
        who = takedown.asked_by.name
        messages.warning(request, f"{who} has asked for this already. You wrote: {given['reason']}")
    return redirect("post_take_down", pk=post.pk)


def _is_kept(removal: Removal, form: ProofForm, person: User) -> bool:
    """Whether the proof was taken; else the form says why not."""
    given = form.cleaned_data
    try:
        confirm_removed(
            removal_id=removal.pk, note=given["note"], picture=given["picture"], by=person
        )
    except Refused as refusal:
        form.add_error(refusal.field or None, refusal.message)
        return False
    return True


def _page(
    request: HttpRequest, post: Post, person: User, form: TakeDownForm | None
) -> HttpResponse:
    takedowns = _takedowns(post)
    is_part = request.headers.get("HX-Request") == "true"
    context: dict[str, Any] = {
        "post": post,
        "takedowns": takedowns,
        "form": form,
        "live": _live(post) if form else [],
        "may_remove": may(person, Permission.TAKE_DOWN_POST, on=post),
        "goes_on": any(
            removal.state in ON_ITS_WAY for each in takedowns for removal in each.removals.all()
        ),
    }
    template = "publishing/removals.html" if is_part else "publishing/take_down.html"
    status = 422 if form and form.is_bound else 200
    answer = render(request, template, context, status=status)
    patch_vary_headers(answer, ["HX-Request"])
    answer["Cache-Control"] = "no-store"
    return answer


def _live(post: Post) -> list[Any]:
    live = post.deliveries.filter(state__in=LIVE, removal__isnull=True)
    return list(live.select_related("account").order_by("account__name", "pk"))


def _takedowns(post: Post) -> list[Takedown]:
    """Newest first, each with its removals."""
    removals = Removal.objects.select_related("delivery__account", "done_by").order_by("pk")
    found = post.takedowns.select_related("asked_by").order_by("-asked_at", "-pk")
    return list(found.prefetch_related(Prefetch("removals", removals)))


def _removal(post: Post, removal_id: int) -> Removal:
    """One of the post's; else a 404."""
    removals = Removal.objects.select_related("delivery__account", "takedown__post")
    return get_object_or_404(removals, pk=removal_id, takedown__post=post)
