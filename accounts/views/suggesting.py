"""What fits the letters typed so far: the options below a line of `accounts.forms.one_of_many`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join

from accounts.forms.one_of_many import AccountField, OneOfManyField, PersonField, suggested
from accounts.models import SocialAccount
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of

MOST = 10


@permission_required(Permission.SEE_REGISTER)
def people(request: HttpRequest) -> HttpResponse:
    return _options(request, PersonField())


@permission_required(Permission.SEE_REGISTER)
def accounts(request: HttpRequest) -> HttpResponse:
    return _options(request, AccountField(SocialAccount.objects.on_register(person_of(request))))


def _options(request: HttpRequest, field: OneOfManyField) -> HttpResponse:
    """htmx sends the line under its own name, so there is one value, whatever it is called."""
    typed = str(next(iter(request.GET.values()), ""))[:100]
    rows = suggested(field.rows, typed, field.columns)[:MOST] if typed.strip() else []
    labels = ((field.label_from_instance(row),) for row in rows)
    return HttpResponse(format_html_join("", '<option value="{}"></option>', labels))
