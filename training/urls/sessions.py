from django.urls import path

from training.views import bookings, session_attendance, session_keeping, sessions

urlpatterns = [
    path("training/sessions/", sessions.sessions, name="training_sessions"),
    path("training/sessions/past/", sessions.past, name="training_sessions_past"),
    path("training/sessions/new/", session_keeping.plan, name="training_session_new"),
    path("training/sessions/<int:session_id>/", sessions.session, name="training_session"),
    path(
        "training/sessions/<int:session_id>/session.ics",
        sessions.calendar,
        name="training_session_calendar",
    ),
    path(
        "training/sessions/<int:session_id>/change/",
        session_keeping.change,
        name="training_session_change",
    ),
    path(
        "training/sessions/<int:session_id>/cancel/",
        session_keeping.cancel,
        name="training_session_cancel",
    ),
    path("training/sessions/<int:session_id>/book/", bookings.book, name="training_session_book"),
    path(
        "training/sessions/<int:session_id>/book-for/",
        bookings.book_for,
        name="training_session_book_for",
    ),
    path("training/bookings/<int:booking_id>/cancel/", bookings.cancel, name="booking_cancel"),
    path(
        "training/sessions/<int:session_id>/attendance/",
        session_attendance.attendance,
        name="session_attendance",
    ),
    path(
        "training/sessions/<int:session_id>/attendance/print/",
        session_attendance.to_print,
        name="session_attendance_print",
    ),
    path(
        "training/sessions/<int:session_id>/attendance/all/",
        session_attendance.all_came,
        name="session_attendance_all",
    ),
    path(
        "training/sessions/<int:session_id>/attendance.csv",
        session_attendance.csv,
        name="session_attendance_csv",
    ),
    path("training/bookings/<int:booking_id>/mark/", session_attendance.mark, name="booking_mark"),
    path("training/bookings/<int:booking_id>/undo/", session_attendance.undo, name="booking_undo"),
]
