"""What a session at a shared terminal may open: its own training and policies, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.models import User
from accounts.sign_in import terminal

TRAINING = frozenset(
    {
        "training",
        "course",
        "course_start",
        "lesson",
        "lesson_file",
        "quiz",
        "quiz_question",
        "quiz_result",
        "certificate",
        "certificate_pdf",
        "training_package",
        "training_package_report",
        "training_sessions",
        "training_session",
        "training_session_book",
        "training_session_calendar",
        "booking_cancel",
        "ambassadors",
        "my_conversations",
        "conversation",
        "conversation_comment",
    }
)
POLICIES = frozenset({"policies", "policy", "policy_version", "policy_changes", "policy_print"})
AROUND_IT = frozenset(
    {"home", "terminal", "terminal_out", "help", "accessibility", "privacy", "brand_css", "health"}
)
OPEN = TRAINING | POLICIES | AROUND_IT
"""Names of addresses. What is not here is refused, also what somebody adds tomorrow."""
BY_ITSELF = frozenset({"training_package_report"})
"""What a page asks for without a press; its view says whether somebody is there."""

OVER = "You were signed out, because nobody pressed anything for 15 minutes or the code has ended."


class TerminalMiddleware:
    """Keeps a session that was begun at a terminal to `OPEN`, and ends it in time.

    Stands before whatever asks for rights: at a terminal no role counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not terminal.is_at_terminal(request) or not isinstance(request.user, User):
            return self.get_response(request)
        if terminal.is_over(request):
            terminal.sign_out(request)
            messages.info(request, OVER)
            return redirect("terminal")
        request.user.at_terminal = True
        answer = self.get_response(request)
        # Whoever sits down next does not see it by going back.
        answer["Cache-Control"] = "no-store"
        return answer

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(request.user, "at_terminal", False):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name == "home":
            return redirect("training")
        if name not in OPEN:
            raise PermissionDenied
        if name not in BY_ITSELF:
            terminal.touch(request)
        return None
