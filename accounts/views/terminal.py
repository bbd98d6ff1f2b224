"""The shared terminal: signing in with a staff number and a code, and out again."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.forms.terminal import TerminalForm
from accounts.sign_in import terminal

LEARNING = "training"


@never_cache
@sensitive_post_parameters("code")
def sign_in(request: HttpRequest) -> HttpResponse:
    if terminal.is_at_terminal(request) and request.user.is_authenticated:
        return redirect(LEARNING)
    form = TerminalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            terminal.sign_in(request, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(LEARNING)
    context = {"form": form, "demonstration": settings.DEMONSTRATION}
    return render(request, "terminal/sign_in.html", context, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Also for somebody who is signed out already: they press it to be sure."""
    if terminal.is_at_terminal(request):
        terminal.sign_out(request)
        messages.success(request, "You are signed out. Nobody else can see your training.")
    return redirect("terminal")
