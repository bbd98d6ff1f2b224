"""A page with one form and one button that calls one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from accounts.forms.refusal import show_refusal


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands around the form. `back` is also where one goes when it is done.

    Without a `button` there is nothing to do: the lead says why, and no form is shown.
    """

    title: str
    button: str
    back: str
    done: str
    caption: str = ""
    lead: str = ""
    warning: str = ""
    button_kind: str = ""
    on: Callable[[Any], str] | None = None
    """Where one goes instead when it is done, by what the action returned."""


def is_done(
    request: HttpRequest, form: forms.Form, act: Callable[[], object], *, said: str
) -> bool:
    """Whether the form was sent and right, and `act` did it: then `said` is told on the next page.

    What `act` refuses with a ValidationError is shown in the form, with all that was entered.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except ValidationError as refusal:
        show_refusal(form, refusal)
        return False
    messages.success(request, said)
    return True


def answer(
    request: HttpRequest, page: FormPage, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    """Show the form; once it is sent and right, call `act` and go back.

    What `act` refuses with a ValidationError is shown in the form, with all that was entered.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = act()
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, page.done)
            return HttpResponseRedirect(page.on(made) if page.on else page.back)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form_page.html", {"page": page, "form": form}, status=status)
