"""The index of what the digital team can do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import may
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of


@dataclass(frozen=True, slots=True)
class Task:
    """One page of the administration, and the permission it asks for."""

    text: str
    hint: str
    page: str
    needs: Permission


TASKS = (
    Task(
        "People and roles",
        "Who works here, and what they may do",
        "people",
        Permission.MANAGE_PEOPLE,
    ),
    Task(
        "Accounts",
        "The register of social accounts",
        "accounts",
        Permission.MANAGE_ACCOUNTS,
    ),
    Task(
        "Strategic aims",
        "What accounts can be said to serve",
        "aims",
        Permission.EDIT_AIMS,
    ),
    Task(
        "Hazards",
        "What every risk assessment asks about",
        "hazards",
        Permission.EDIT_HAZARDS,
    ),
    Task(
        "Approval routes",
        "Which posts need whose approval, and a second check",
        "routes",
        Permission.EDIT_RULES,
    ),
    Task(
        "Absences and cover",
        "Who is away, and who is reminded in their place",
        "absences",
        Permission.EDIT_RULES,
    ),
    Task(
        "Election periods",
        "Before a poll: what is asked of posts, names, wards, and what to review",
        "elections",
        Permission.RUN_ELECTIONS,
    ),
    Task(
        "Checks",
        "How severe each check of a post is",
        "checks",
        Permission.EDIT_RULES,
    ),
    Task(
        "Words",
        "What posts do not say, and what they may say after all",
        "words",
        Permission.EDIT_RULES,
    ),
    Task(
        "Topics",
        "What is spoken of with special care",
        "topics",
        Permission.EDIT_RULES,
    ),
    Task(
        "Stop delivery",
        "Everything, a platform, an account or a service area; and every stop so far",
        "stop",
        Permission.STOP_DELIVERY,
    ),
    Task(
        "Audit trail",
        "Everything that happened, and the proof of it",
        "audit",
        Permission.SEE_AUDIT,
    ),
)


@permission_required(Permission.ADMINISTER, Permission.STOP_DELIVERY, Permission.RUN_ELECTIONS)
def admin(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    items = [
        {"text": task.text, "hint": task.hint, "href": reverse(task.page)}
        for task in TASKS
        if may(me, task.needs)
    ]
    return render(request, "accounts/admin.html", {"items": items})
