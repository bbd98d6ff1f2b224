"""Assignments: who has to have what in date, adding one after seeing whom it covers, ending one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.forms.reason import ReasonForm
from accounts.forms.refusal import show_refusal
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from training.actions.assigning import assign, end_assignment, planned
from training.covered import covered, covered_by_each
from training.forms.assigning import AssignmentForm
from training.models import Assignment, Course, PolicyDocument
from training.sections import training_sections


@permission_required(Permission.ASSIGN_TRAINING)
def assignments(request: HttpRequest) -> HttpResponse:
    """Those in force with how many they cover, and what posting asks besides."""
    rows = Assignment.objects.in_force().select_related(
        "course", "policy", "service_area", "person", "made_by"
    )
    in_force = list(rows)
    policies = PolicyDocument.objects.filter(archived_at=None)
    context = {
        "sections": training_sections(person_of(request), "assignments"),
        "rows": [
            {"assignment": rule, "covered": counted}
            for rule, counted in zip(in_force, covered_by_each(in_force), strict=True)
        ],
        "needed": [*Course.objects.needed(), *policies.filter(needed_to_write=True)],
    }
    return render(request, "training/assignments/assignments.html", context)


@permission_required(Permission.ASSIGN_TRAINING)
def add(request: HttpRequest) -> HttpResponse:
    """First whom it would cover; once that is confirmed, it is made."""
    form = AssignmentForm(request.POST or None)
    if not form.is_bound or not form.is_valid() or "again" in request.POST:
        return _asked(request, form)
    chosen, by = form.chosen(), person_of(request)
    try:
        if "confirmed" not in request.POST:
            plan = planned(by=by, **chosen)
            context = {"form": form, "plan": plan, "covered": covered(plan)}
            return render(request, "training/assignments/confirm.html", context)
        made = assign(by=by, **chosen)
    except ValidationError as refusal:
        show_refusal(form, refusal)
        return _asked(request, form)
    messages.success(request, f"“{made.thing}” is assigned to {made.whom}.")
    return redirect("assignments")


def _asked(request: HttpRequest, form: AssignmentForm) -> HttpResponse:
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "training/assignments/new.html", {"form": form}, status=status)


@permission_required(Permission.ASSIGN_TRAINING)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = get_object_or_404(Assignment.objects.in_force(), pk=pk)
    people = covered(assignment).people
    form = ReasonForm(request.POST or None)
    page = FormPage(
        title="End an assignment",
        caption=f"{assignment.thing}: {assignment.whom}",
        button="End it",
        button_kind="warning",
        back=reverse("assignments"),
        done="The assignment has ended.",
        lead=f"It covers {people:,} {'person' if people == 1 else 'people'} today. From now on it "
        "asks nobody. What they have completed stays.",
    )
    return answer(
        request,
        page,
        form,
        lambda: end_assignment(
            by=person_of(request), assignment=assignment, reason=form.cleaned_data["reason"]
        ),
    )
