"""A page with one form that calls one action of publishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from accounts.views.form_page import FormPage, answer
from publishing.errors import Refused

__all__ = ["FormPage", "answer_refused"]


def answer_refused(
    request: HttpRequest, page: FormPage, form: forms.Form, act: Callable[[], Any]
) -> HttpResponse:
    """`answer`, where what the action refuses with `Refused` is shown in the form as well."""

    def acting() -> Any:
        try:
            return act()
        except Refused as refusal:
            field = refusal.field if refusal.field in form.fields else None
            raise ValidationError({field: refusal.message} if field else refusal.message) from None

    return answer(request, page, form, acting)
