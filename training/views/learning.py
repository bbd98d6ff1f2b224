"""My training: what is due first, then courses and policies, and which of them run out."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.views.permission import person_of
from training.sections import training_sections
from training.taking.my_learning import my_learning


@login_required
def training(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    context = {"sections": training_sections(me, "training"), "mine": my_learning(me)}
    return render(request, "training/training.html", context)
