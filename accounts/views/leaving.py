"""Somebody leaves, hands on what they answer for, and may come back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.actions import handing_on, leaving
from accounts.forms.leaving import HandOnLaterForm, LeavingForm
from accounts.forms.reason import ReasonForm
from accounts.left_behind import LeftBehind, left_behind
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of


@permission_required(Permission.MANAGE_PEOPLE)
def leave(request: HttpRequest, person_id: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person_id)
    left = left_behind(found)
    form = LeavingForm(request.POST or None, left=left)
    page = FormPage(
        title="End employment",
        caption=found.name,
        lead=_what_they_leave(left),
        button="End employment",
        button_kind="warning",
        back=reverse("person", args=[found.pk]),
        done=f"Kept. Every right of {found.name} ends at the end of that day.",
        warning=(
            "They can no longer sign in, their roles end, and posts that they wrote or approved"
            " are held."
        ),
    )
    return answer(
        request,
        page,
        form,
        lambda: leaving.end_employment(
            by=person_of(request),
            person=found,
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
            to=form.heirs(),
        ),
    )


@permission_required(Permission.MANAGE_PEOPLE)
def hand_on(request: HttpRequest, person_id: int) -> HttpResponse:
    """What somebody who leaves, or has left, still answers for."""
    found = get_object_or_404(User, pk=person_id)
    left = left_behind(found)
    form = HandOnLaterForm(request.POST or None, left=left)
    page = FormPage(
        title="Hand on",
        caption=found.name,
        lead=_what_they_leave(left) or f"{found.name} answers for nothing any more.",
        button="Hand on" if left else "",
        back=reverse("person", args=[found.pk]),
        done="Handed on. Whoever is new is asked to accept it.",
    )
    return answer(
        request,
        page,
        form,
        lambda: handing_on.hand_on(
            by=person_of(request),
            person=found,
            to=form.heirs(),
            reason=form.cleaned_data["reason"],
        ),
    )


def _what_they_leave(left: LeftBehind) -> str:
    """What is to be handed on, in a sentence; empty where there is nothing."""
    if not left:
        return ""
    parts = [
        _counted(len(left.owned), "account that they own", "accounts that they own"),
        _counted(len(left.deputised), "where they are the deputy", "where they are the deputy"),
        *(_counted(len(things), kind.one, kind.several) for kind, things in left.work),
        _counted(left.reviews, "open access review", "open access reviews"),
    ]
    said = ", ".join(part for part in parts if part)
    return (
        f"To be handed on: {said}. It changes hands when you save, not on the last day. What you"
        " leave empty stays a task of the digital team."
    )


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}" if number else ""


@permission_required(Permission.MANAGE_PEOPLE)
def come_back(request: HttpRequest, person_id: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person_id)
    form = ReasonForm(request.POST or None)
    page = FormPage(
        title="Record that they work here",
        caption=found.name,
        button="Record",
        back=reverse("person", args=[found.pk]),
        done=f"{found.name} can sign in again, as a member of staff. Give any roles anew.",
    )
    return answer(
        request,
        page,
        form,
        lambda: leaving.return_to_work(by=person_of(request), person=found, **form.cleaned_data),
    )
