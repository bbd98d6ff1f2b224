"""My training: courses and policies, and which of them run out."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import may
from accounts.permissions import Permission
from accounts.views.permission import person_of
from training.due import courses_of, learning_due, policies_of


@login_required
def training(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    courses, policies = courses_of(me), policies_of(me)
    context = {
        "courses": courses,
        "policies": policies,
        "due": learning_due(me),
        "sees_records": may(me, Permission.SEE_TRAINING_RECORDS),
    }
    return render(request, "training/training.html", context)
