"""One person's training, for HR and their line manager; and taking a completion back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import may
from accounts.forms.reason import ReasonForm
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from training.actions.completions import withdraw_completion
from training.matrix.cells import lines_of
from training.models import Completion
from training.people import kept_people_seen_by

REMINDERS = 25


@permission_required(Permission.SEE_TRAINING_RECORDS)
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    me = person_of(request)
    seen = kept_people_seen_by(me).select_related("service_area", "manager")
    found = get_object_or_404(seen, pk=person_id)
    (line,) = lines_of([found], timezone.localdate())
    reminders = found.learning_reminders.select_related("course", "policy", "asked_by")
    context = {
        "person": found,
        "line": line,
        "completions": found.completions.select_related("course", "recorded_by", "withdrawn_by"),
        "acknowledgements": found.acknowledgements.select_related("version__document"),
        "reminders": reminders[:REMINDERS],
        "may_open_scans": may(me, Permission.SEE_TRAINING_RECORDS, on=found) or found == me,
        "record": f"{reverse('training_record_new')}?person={found.pk}",
        "may_record": may(me, Permission.RECORD_TRAINING),
        "may_talk": found != me and may(me, Permission.RECORD_CONVERSATION, on=found),
        "may_give_code": not found.email and found.is_employed(),
    }
    return render(request, "training/people/person.html", context)


@permission_required(Permission.RECORD_TRAINING)
def withdraw(request: HttpRequest, completion_id: int) -> HttpResponse:
    me = person_of(request)
    there = Completion.objects.visible_to(me).select_related("user", "course")
    completion = get_object_or_404(there, pk=completion_id)
    form = ReasonForm(request.POST or None)
    page = FormPage(
        title="Withdraw a completion",
        caption=f"{completion.user.name}: {completion.course}",
        lead="It stays on record with your reason, and does not count any more.",
        button="Withdraw",
        button_kind="warning",
        back=reverse("training_person", args=[completion.user_id]),
        done="The completion is withdrawn.",
    )
    return answer(
        request,
        page,
        form,
        lambda: withdraw_completion(
            by=me, completion=completion, reason=form.cleaned_data["reason"]
        ),
    )
