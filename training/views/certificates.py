"""Checking a certificate: open to anybody who has its number; its PDF to whose it is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.views.permission import person_of
from audit.middleware import client_address
from training.certificates.checking import (
    Certificate,
    Certified,
    certificate_of,
    count_miss,
    guesses_too_often,
    number_of,
)
from training.certificates.checking import certificate as standing_of
from training.certificates.pdf import pdf_of
from training.forms.certificates import NumberForm
from training.models import Completion


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Where one types the number."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        return redirect("certificate", form.cleaned_data["number"])
    status = 422 if form.is_bound else 200
    return render(request, "training/certificates/look_up.html", {"form": form}, status=status)


@require_safe
@never_cache
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """Valid, expired, withdrawn or not known; whose it is, of which course, until when."""
    address = client_address(request)
    if guesses_too_often(address):
        return _page(request, 429, is_too_often=True)
    written = number_of(number)
    if written and written != number:
        return redirect("certificate", written)
    found = certificate_of(written)
    if found is None:
        count_miss(address)
        return _page(request, 404, number=number)
    return _page(request, 200, certificate=found, may_download=_may_download(request, found))


def _page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    template = "training/certificates/certificate.html"
    answer = render(request, template, context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    if status == 429:
        answer["Retry-After"] = "600"
    return answer


def _may_download(request: HttpRequest, found: Certificate) -> bool:
    if not isinstance(request.user, User) or found.state is Certified.WITHDRAWN:
        return False
    return Completion.objects.visible_to(request.user).filter(pk=found.completion.pk).exists()


@login_required
@require_safe
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """For whoever it was given to, their manager and HR."""
    rows = Completion.objects.on_record().visible_to(person_of(request))
    found = get_object_or_404(rows.select_related("course", "user"), reference=number_of(number))
    answer = HttpResponse(pdf_of(standing_of(found)), content_type="application/pdf")
    name = f"certificate-{found.reference}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
