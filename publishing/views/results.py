"""What became of a post on each account, and a person's answers where one is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from publishing.delivery import answers
from publishing.fitting import takes
from publishing.forms.delivering import AGAIN, LEAVE, LIVE, LiveForm
from publishing.models import CaptionTrack, Delivery, DeliveryState, Post, TrackState
from publishing.views.answers import answering, visible_post


@dataclass(frozen=True, slots=True)
class Result:
    """One account's part of the page."""

    delivery: Delivery
    attempts: Sequence[Any]
    alt_texts: list[tuple[str, bool]]
    """Each alt text as approved, and whether the platform says that it holds it."""
    form: LiveForm | None
    can_try_again: bool
    track: CaptionTrack | None
    """Its captions on their way, where it has some and the platform takes them."""
    can_caption: bool


@login_required
def results(request: HttpRequest, pk: int) -> HttpResponseBase:
    reader = person_of(request)
    return _page(request, visible_post(reader, pk), reader)


@permission_required(Permission.SETTLE_DELIVERY)
@require_POST
@answering
def answer(request: HttpRequest, pk: int, delivery_id: int) -> HttpResponseBase:
    """The answer to "Is it live?"."""
    person = person_of(request)
    post = visible_post(person, pk)
    delivery = get_object_or_404(post.deliveries, pk=delivery_id)
    form = LiveForm(request.POST, prefix=_prefix(delivery), use_required_attribute=False)
    if not form.is_valid():
        return _page(request, post, person, form, status=422)
    _act(delivery, form, person)
    messages.success(request, "Your answer is kept. Thank you for looking.")
    return redirect("post_results", pk=pk)


@permission_required(Permission.SETTLE_DELIVERY)
@require_POST
@answering
def try_again(request: HttpRequest, pk: int, delivery_id: int) -> HttpResponseBase:
    person = person_of(request)
    post = visible_post(person, pk)
    delivery = get_object_or_404(post.deliveries.select_related("account"), pk=delivery_id)
    answers.try_again(delivery_id=delivery.pk, by=person)
    messages.success(request, f"It is sent to {delivery.account.name} again.")
    return redirect("post_results", pk=pk)


def _act(delivery: Delivery, form: LiveForm, by: User) -> None:
    given = form.cleaned_data
    if given["answer"] == LIVE:
        answers.confirm_live(delivery_id=delivery.pk, address=given["address"], by=by)
    elif given["answer"] == AGAIN:
        answers.send_again(delivery_id=delivery.pk, by=by)
    elif given["answer"] == LEAVE:
        answers.give_up(delivery_id=delivery.pk, by=by)
    else:
        answers.look_once_more(delivery_id=delivery.pk, by=by)


def _page(
    request: HttpRequest,
    post: Post,
    reader: User,
    form: LiveForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    found = _results(post, reader, form)
    context = {
        "post": post,
        "results": found,
        "forms": [result.form for result in found if result.form],
        "error": bool(form and form.errors),
    }
    return render(request, "publishing/results.html", context, status=status)


def _results(post: Post, reader: User, bound: LiveForm | None) -> list[Result]:
    deliveries = (
        post.deliveries.select_related(
            "account", "version", "caption_track__captions", "caption_track__done_by"
        )
        .prefetch_related("attempts", "version__media")
        .order_by("-version__number", "account__name", "pk")
    )
    return [_result(post, delivery, reader, bound) for delivery in deliveries]


def _result(post: Post, delivery: Delivery, reader: User, bound: LiveForm | None) -> Result:
    asks, failed = delivery.asks_person, delivery.state == DeliveryState.REJECTED
    may_settle = (asks or failed) and may(reader, Permission.SETTLE_DELIVERY, on=delivery)
    track = getattr(delivery, "caption_track", None)
    by_hand = track is not None and track.state == TrackState.BY_HAND
    form = None
    if asks and may_settle:
        is_bound = bound is not None and bound.prefix == _prefix(delivery)
        form = bound if is_bound else LiveForm(prefix=_prefix(delivery))
    return Result(
        delivery=delivery,
        attempts=list(delivery.attempts.all()),
        alt_texts=[
            (used.alt_text, used.alt_text in delivery.sent_alt_texts)
            for used in delivery.version.media.all()
            if takes(delivery.account.platform_facts, used.file.kind)
        ],
        form=form,
        can_try_again=failed and may_settle and delivery.version_id == post.version_id,
        track=track,
        can_caption=by_hand and may(reader, Permission.SETTLE_DELIVERY, on=delivery),
    )


def _prefix(delivery: Delivery) -> str:
    return f"delivery-{delivery.pk}"
