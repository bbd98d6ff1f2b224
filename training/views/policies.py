"""A policy: its text in force, and the button that acknowledges it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.views.permission import person_of
from training.actions.acknowledgements import acknowledge
from training.due import policies_of
from training.forms import AcknowledgeForm
from training.models import PolicyDocument


@login_required
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    document = get_object_or_404(PolicyDocument, slug=slug)
    me = person_of(request)
    learning = next((each for each in policies_of(me) if each.page == document.slug), None)
    form = AcknowledgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = acknowledge(by=me, version=form.cleaned_data["version"])
        except ValidationError as refusal:
            # To be read, and ticked, anew: another version is in force by now.
            form = AcknowledgeForm({"version": learning.thing.pk if learning else None})
            form.add_error(None, refusal)
        else:
            messages.success(request, f"You have acknowledged {kept.version}.")
            return redirect("training")
    context = {"document": document, "learning": learning, "form": form}
    return render(request, "training/policy.html", context, status=422 if form.is_bound else 200)
