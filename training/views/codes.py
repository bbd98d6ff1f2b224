"""Personal codes: who has one, and giving a new one, which is shown once."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from accounts.actions.personal_codes import issue_code
from accounts.forms.refusal import show_refusal
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from training.codes import people_with_codes
from training.forms.codes import FindForm, GiveForm
from training.sections import training_sections

ORDER = ("name", "id")


@permission_required(Permission.ISSUE_CODES)
def codes(request: HttpRequest) -> HttpResponse:
    """Those without an e-mail address whom the reader may give a code, by name."""
    me, form = person_of(request), FindForm(request.GET)
    rows = people_with_codes(me, form.words_typed())
    context = {
        "sections": training_sections(me, "personal_codes"),
        "form": form,
        "page": page_of(rows.select_related("service_area", "personal_code"), ORDER, request.GET),
        "now": timezone.now(),
    }
    return render(request, "training/codes/codes.html", context)


@never_cache
@sensitive_variables("code")
@permission_required(Permission.ISSUE_CODES)
def give(request: HttpRequest, person_id: int) -> HttpResponse:
    """The button, and once it is pressed the code: it is nowhere else, and never shown again."""
    me = person_of(request)
    rows = people_with_codes(me).select_related("personal_code")
    person = get_object_or_404(rows, pk=person_id)
    form, code = GiveForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            code = issue_code(by=me, person=person)
        except ValidationError as refusal:
            show_refusal(form, refusal)
    found: User = rows.get(pk=person.pk)
    context = {"person": found, "code": code, "form": form, "now": timezone.now()}
    status = 422 if form.is_bound and not code else 200
    return render(request, "training/codes/give.html", context, status=status)
