"""Booking a place for oneself or for somebody else, and giving it up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from training.actions import bookings as actions
from training.forms.sessions import AnywayForm, BookForForm
from training.models import Booking
from training.sessions.clashes import clashes, in_words
from training.views.sessions import visible


@require_POST
@login_required
def book(request: HttpRequest, session_id: int) -> HttpResponse:
    me = person_of(request)
    found = visible(me, session_id)
    try:
        booking = actions.book(by=me, person=me, session=found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _said(booking, "You are"))
    return redirect("training_session", found.pk)


@permission_required(Permission.RUN_SESSIONS, Permission.SEE_TRAINING_RECORDS)
def book_for(request: HttpRequest, session_id: int) -> HttpResponse:
    me = person_of(request)
    found = visible(me, session_id)
    form = BookForForm(request.POST or None, by=me)
    page = FormPage(
        title="Book for somebody",
        caption=found.title,
        lead="They get a letter with the session for their calendar.",
        button="Book",
        back=reverse("training_session", args=[found.pk]),
        done="The booking is made.",
    )

    def act() -> None:
        person = form.cleaned_data["person"]
        at_once = clashes(person, found)
        booking = actions.book(by=me, person=person, session=found)
        messages.info(request, _said(booking, f"{person.name} is"))
        if at_once:
            also = f"{person.name} has also booked {in_words(at_once)} at that time."
            messages.warning(request, also)

    return answer(request, page, form, act)


@login_required
def cancel(request: HttpRequest, booking_id: int) -> HttpResponse:
    me = person_of(request)
    rows = Booking.objects.open().select_related("session", "person")
    booking = get_object_or_404(rows, pk=booking_id)
    if not actions.may_book_for(me, booking.person):
        raise Http404
    is_mine = booking.person == me
    page = FormPage(
        title="Cancel your booking" if is_mine else f"Cancel the booking of {booking.person.name}",
        caption=booking.session.title,
        lead="The place goes to the next person on the waiting list.",
        button="Cancel booking",
        button_kind="warning",
        back=reverse("training_session", args=[booking.session_id]),
        done="The booking is cancelled.",
    )
    form = AnywayForm(request.POST if request.method == "POST" else None)
    return answer(request, page, form, lambda: actions.cancel_booking(by=me, booking=booking))


def _said(booking: Booking, who_is: str) -> str:
    if booking.is_waiting:
        return f"All places are taken. {who_is} on the waiting list."
    return f"{who_is} booked. A letter with an entry for the calendar is on its way."
