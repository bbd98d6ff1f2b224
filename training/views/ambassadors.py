"""Who to ask: one’s own ambassadors first, then all of them; and keeping the list."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.access import may
from accounts.forms.reason import ReasonForm
from accounts.models import ServiceArea
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.numbers import whole_number
from pages.words import with_words
from training.actions import ambassadors as actions
from training.ambassadors.nearest import ambassadors_for, areas_without
from training.forms.ambassadors import AmbassadorForm, ChangeAmbassadorForm, SearchForm
from training.models import Ambassador
from training.sections import training_sections

SEARCHED = ("person__name", "area__name", "helps_with", "reach")


@login_required
def ambassadors(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    serving = Ambassador.objects.serving().select_related("person", "area")
    keeps = may(me, actions.KEEPS)
    context = {
        "sections": training_sections(me, "ambassadors"),
        "mine": ambassadors_for(me),
        "rows": list(with_words(serving, words, *SEARCHED)),
        "form": form,
        "words": words,
        "keeps": keeps,
        "without": areas_without() if keeps else [],
        "left_over": _left_over() if keeps else [],
    }
    return render(request, "training/ambassadors/list.html", context)


@permission_required(actions.KEEPS)
def add(request: HttpRequest) -> HttpResponse:
    area_id = whole_number(request.GET.get("area", ""))
    area = ServiceArea.objects.filter(pk=area_id).first() if area_id else None
    form = AmbassadorForm(request.POST or None, initial={"area": area})
    page = FormPage(
        title="Name an ambassador",
        button="Name ambassador",
        back=reverse("ambassadors"),
        done="The ambassador is named.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.name_ambassador(by=person_of(request), **form.cleaned_data),
    )


@permission_required(actions.KEEPS)
def change(request: HttpRequest, ambassador_id: int) -> HttpResponse:
    found = _open(ambassador_id)
    names = ("helps_with", "reach", "since", "until")
    initial = {name: getattr(found, name) for name in names}
    form = ChangeAmbassadorForm(request.POST or None, initial=initial)
    page = FormPage(
        title="Change an ambassador",
        caption=str(found),
        button="Save",
        back=reverse("ambassadors"),
        done="The ambassador is changed.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.change_ambassador(
            by=person_of(request), ambassador=found, **form.cleaned_data
        ),
    )


@permission_required(actions.KEEPS)
def end(request: HttpRequest, ambassador_id: int) -> HttpResponse:
    found = _open(ambassador_id)
    form = ReasonForm(request.POST or None)
    page = FormPage(
        title="End an ambassador",
        caption=str(found),
        lead="They are not shown any more, from now on.",
        button="End",
        button_kind="warning",
        back=reverse("ambassadors"),
        done="They are not an ambassador any more.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.end_ambassador(
            by=person_of(request), ambassador=found, **form.cleaned_data
        ),
    )


def _open(ambassador_id: int) -> Ambassador:
    rows = Ambassador.objects.open().select_related("person", "area")
    return get_object_or_404(rows, pk=ambassador_id)


def _left_over() -> list[Ambassador]:
    """Not shown to anybody, and not ended: of people who have left, or whose days are others."""
    serving = Ambassador.objects.serving().values("pk")
    rows = Ambassador.objects.open().exclude(pk__in=serving)
    return list(rows.select_related("person", "area"))
