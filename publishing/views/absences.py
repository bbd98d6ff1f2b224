"""Absences: one's own, and everybody's for those who keep the routes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import person_of
from publishing.actions.absences import end_absence, enter_absence
from publishing.forms.routes import AbsenceForm, AbsenceOfForm
from publishing.models import Absence

MOST = 200


@login_required
def absences(request: HttpRequest) -> HttpResponse:
    """Those that are not over, the next first."""
    me = person_of(request)
    open_ = _visible_to(me).filter(ended_at__isnull=True, ends_on__gte=timezone.localdate())
    context = {"absences": open_.select_related("person", "cover")[:MOST], "keeps": _keeps(me)}
    return render(request, "publishing/absences.html", context)


@login_required
def add(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    form = (AbsenceOfForm if _keeps(me) else AbsenceForm)(request.POST or None)
    page = FormPage(
        title="Enter an absence",
        button="Save",
        back=reverse("absences"),
        done="The absence is entered.",
        lead="Reminders about approvals go to the cover. Cover gives no right by itself.",
    )
    return answer(
        request, page, form, lambda: enter_absence(by=me, **{"person": me, **form.cleaned_data})
    )


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    me = person_of(request)
    end_absence(by=me, absence=get_object_or_404(_visible_to(me), pk=pk))
    return redirect("absences")


def _keeps(me: User) -> bool:
    return may(me, Permission.EDIT_RULES)


def _visible_to(me: User) -> QuerySet[Absence]:
    if _keeps(me):
        return Absence.objects.all()
    return Absence.objects.filter(Q(person=me) | Q(cover=me))
