"""The home page: my tasks, and the dashboard for whoever watches over it all."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from council_social.dashboard import dashboard_for
from council_social.my_tasks.tasks import tasks_for


@login_required
def home(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    context = {
        "tasks": tasks_for(user),
        "may_write": may(user, Permission.WRITE_POST),
        "may_stop": may(user, Permission.STOP_DELIVERY),
        "may_see_mentions": may(user, Permission.SEE_MENTIONS),
        "may_publish_at_once": may(user, Permission.PUBLISH_IN_EMERGENCY),
        "dashboard": (
            dashboard_for(user, timezone.now()) if may(user, Permission.SEE_ALL_POSTS) else None
        ),
    }
    return render(request, "home.html", context)
