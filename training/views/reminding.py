"""Reminding those whom a matrix shows, after seeing who they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from training.actions.reminding_by_hand import Reminded, remind_by_hand
from training.matrix.page import Matrix

NAMED = 25


@permission_required(Permission.SEE_TRAINING_RECORDS)
def remind(request: HttpRequest) -> HttpResponse:
    shown = Matrix(person_of(request), request.GET)
    people = shown.to_remind()
    back = f"{reverse('training_team' if shown.team else 'training_matrix')}?{shown.address()}"
    if request.method == "POST":
        things = [each.thing for each in shown.filter.shown()]
        done = remind_by_hand(by=shown.reader, people=people, things=things, of=shown.reminded_of())
        messages.success(request, _said(done))
        return redirect(back)
    number = people.count()
    context = {
        "title": f"Remind {number:,} {'person' if number == 1 else 'people'}",
        "number": number,
        "named": people.order_by("name", "pk")[:NAMED],
        "more": max(0, number - NAMED),
        "selected": shown.selected(),
        "what": shown.reminded_of().label.lower(),
        "back": back,
    }
    return render(request, "training/matrix/remind.html", context)


def _said(done: Reminded) -> str:
    had = f"{done.already:,} had been reminded today already."
    if not done.people:
        return f"Nobody is reminded: {had}" if done.already else "There is nobody to remind."
    now = f"{done.people:,} {'person is' if done.people == 1 else 'people are'} reminded."
    return f"{now} {had}" if done.already else now
