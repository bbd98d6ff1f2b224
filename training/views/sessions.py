"""Sessions to come and past ones, one session, and its entry for a calendar."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import has_a_team
from accounts.views.permission import person_of
from pages.keyset import page_of
from pages.markdown import render as render_markdown
from training.actions.bookings import may_book_for
from training.models import SEATED, Booking, TrainingSession
from training.sections import training_sections
from training.sessions.calendar import entry_to_download
from training.sessions.clashes import clashes, in_words
from training.sessions.rows import with_numbers
from training.sessions.times import from_to

_WITH = ("trainer", "course", "service_area")


@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """What I have booked, then everything to come that I may book."""
    me = person_of(request)
    coming = with_numbers(TrainingSession.objects.visible_to(me).coming())
    context = {
        "sections": training_sections(me, "training_sessions"),
        "mine": list(Booking.objects.ahead_of(me).select_related("session__trainer")),
        "page": page_of(coming.select_related(*_WITH), ("starts_at", "id"), request.GET),
        "may_run": may(me, Permission.RUN_SESSIONS),
    }
    return render(request, "training/sessions/list.html", context)


@login_required
def past(request: HttpRequest) -> HttpResponse:
    """Held, cancelled, or over; the newest first."""
    me = person_of(request)
    over = with_numbers(TrainingSession.objects.visible_to(me).over())
    context = {
        "sections": training_sections(me, "training_sessions"),
        "page": page_of(over.select_related(*_WITH), ("-starts_at", "-id"), request.GET),
        "may_run": may(me, Permission.RUN_SESSIONS),
    }
    return render(request, "training/sessions/past.html", context)


@login_required
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    me = person_of(request)
    found = visible(me, session_id)
    mine = _my_booking(me, found)
    runs = may(me, Permission.RUN_SESSIONS)
    is_open = found.takes_bookings()
    at_once = clashes(me, found) if is_open else []
    context = {
        "session": found,
        "from_to": from_to(found),
        "about": render_markdown(found.about) if found.about else None,
        "mine": mine,
        "before_me": _before(mine),
        "is_open": is_open,
        "has_begun": found.has_begun(),
        "is_for_me": _may_book(me, found),
        "clash": in_words(at_once),
        "may_run": runs,
        "may_book_for_others": is_open and (runs or has_a_team(me)),
        "with_all": shows_all(me, found, mine),
        "team": _of_my_team(me, found),
    }
    return render(request, "training/sessions/session.html", context)


@login_required
def calendar(request: HttpRequest, session_id: int) -> HttpResponse:
    """The session as a file for one’s own calendar."""
    me = person_of(request)
    found = visible(me, session_id)
    mine = _my_booking(me, found)
    seated = mine if mine and mine.state in SEATED else None
    entry = entry_to_download(found, seated, with_all=shows_all(me, found, mine))
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="session-{found.pk}.ics"'
    response["Cache-Control"] = "no-store"
    return response


def visible(reader: User, session_id: int) -> TrainingSession:
    rows = with_numbers(TrainingSession.objects.visible_to(reader)).select_related(*_WITH)
    return get_object_or_404(rows.select_related(*_WITH, "cancelled_by"), pk=session_id)


def shows_all(reader: User, session: TrainingSession, booking: Booking | None) -> bool:
    """Whether the link and the notes are for this reader."""
    has_a_place = booking is not None and booking.state in SEATED
    return has_a_place or session.trainer == reader or may(reader, Permission.RUN_SESSIONS)


def _my_booking(me: User, session: TrainingSession) -> Booking | None:
    return session.bookings.open().filter(person=me).first()


def _before(booking: Booking | None) -> int:
    """How many wait before the reader, where they wait."""
    if booking is None or not booking.is_waiting:
        return 0
    return booking.session.bookings.waiting().filter(pk__lt=booking.pk).count()


def _may_book(me: User, session: TrainingSession) -> bool:
    people = User.objects.filter(pk=me.pk)
    return TrainingSession.objects.filter(pk=session.pk).open_to(people).exists()


def _of_my_team(me: User, session: TrainingSession) -> list[Booking]:
    rows = session.bookings.open().filter(person__manager=me).select_related("person")
    return [each for each in rows.order_by("pk") if may_book_for(me, each.person)]
