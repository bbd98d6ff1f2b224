"""The attendance list of a session: who has a place, who waits, who came."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.forms.reason import ReasonForm
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.downloads import csv_download
from training.actions import session_attendance as actions
from training.models import Booking, TrainingSession
from training.sessions.attendance_csv import export_attendance
from training.sessions.times import from_to
from training.views.sessions import visible


@permission_required(Permission.RUN_SESSIONS)
def attendance(request: HttpRequest, session_id: int) -> HttpResponse:
    found = visible(person_of(request), session_id)
    return render(request, "training/sessions/attendance.html", _context(found))


@permission_required(Permission.RUN_SESSIONS)
def to_print(request: HttpRequest, session_id: int) -> HttpResponse:
    """The list to sign on paper."""
    found = visible(person_of(request), session_id)
    return render(request, "training/sessions/print.html", _context(found))


@permission_required(Permission.RUN_SESSIONS)
def csv(request: HttpRequest, session_id: int) -> HttpResponseBase:
    me = person_of(request)
    found = visible(me, session_id)
    return csv_download(export_attendance(found, by=me), f"session-{found.pk}.csv")


@require_POST
@permission_required(Permission.RUN_SESSIONS)
def all_came(request: HttpRequest, session_id: int) -> HttpResponse:
    me = person_of(request)
    found = visible(me, session_id)
    try:
        number = actions.mark_all_attended(by=me, session=found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        people = "1 person" if number == 1 else f"{number} people"
        messages.success(request, f"{people} marked as attended.")
    return redirect("session_attendance", found.pk)


@require_POST
@permission_required(Permission.RUN_SESSIONS)
def mark(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Which of the two buttons was pressed says whether they came."""
    booking = _booking(booking_id)
    came = request.POST.get("came")
    try:
        if came not in ("yes", "no"):
            raise ValidationError("Say whether they attended, or did not come.")
        actions.mark(by=person_of(request), booking=booking, came=came == "yes")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("session_attendance", booking.session_id)


@permission_required(Permission.RUN_SESSIONS)
def undo(request: HttpRequest, booking_id: int) -> HttpResponse:
    booking = _booking(booking_id)
    form = ReasonForm(request.POST or None)
    page = FormPage(
        title=f"Take back: {booking.get_state_display().lower()}",
        caption=f"{booking.person.name}, {booking.session.title}",
        lead="If a course was completed by it, that completion is withdrawn.",
        button="Take back",
        button_kind="warning",
        back=reverse("session_attendance", args=[booking.session_id]),
        done=f"What was marked of {booking.person.name} is taken back.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.undo(by=person_of(request), booking=booking, **form.cleaned_data),
    )


def _booking(booking_id: int) -> Booking:
    """Whoever runs sessions sees every booking."""
    rows = Booking.objects.open().select_related("session", "person")
    return get_object_or_404(rows, pk=booking_id)


def _context(session: TrainingSession) -> dict[str, object]:
    with_people = session.bookings.select_related("person__service_area")
    return {
        "session": session,
        "from_to": from_to(session),
        "bookings": list(with_people.seated().order_by("person__name", "pk")),
        "waiting": list(with_people.waiting()),
        "has_begun": session.has_begun(),
    }
