"""Publishing in an emergency, and the check by somebody else afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from accounts.access import explain, may
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from pages.numbers import whole_number
from publishing import emergencies
from publishing.actions.emergencies import (
    check_emergency,
    publish_in_emergency,
    refuse_own_emergency,
)
from publishing.actions.taking_down import can_be_taken_down
from publishing.checks.overruling import parted
from publishing.composition import compose, composition_of
from publishing.errors import ChecksFailed
from publishing.forms.emergencies import AfterCheckForm, EmergencyForm
from publishing.models import AfterCheck, Emergency, Post, PostTemplate, Stop
from publishing.previews import previews_of
from publishing.rights import require
from publishing.starting_points.pattern import Pattern
from publishing.views.answers import answering, visible_post

MOST_HOLDERS = 10


@login_required
@answering
def publish(request: HttpRequest) -> HttpResponseBase:
    """The form; what was typed as it will look, with the reason; and then it goes out."""
    officer = person_of(request)
    explanation = explain(officer, Permission.PUBLISH_IN_EMERGENCY)
    if not explanation.allowed:
        return _who_may(request, explanation.missing)
    if request.method != "POST":
        template = _template(request.GET.get("template", ""))
        return _form_page(request, EmergencyForm(officer=officer, template=template), template)
    form = EmergencyForm(request.POST, officer=officer)
    if request.POST.get("do") == "change" or not form.is_valid():
        is_wrong = request.POST.get("do") != "change"
        return _form_page(request, form, status=422 if is_wrong else 200)
    if request.POST.get("do") == "publish":
        return _published(request, form, officer)
    return _confirm_page(request, form)


@permission_required(Permission.GIVE_SECOND_CHECK, Permission.SEE_ALL_POSTS)
def list_emergencies(request: HttpRequest) -> HttpResponseBase:
    """What went out in an emergency, newest first; what waits for its check stands above."""
    reader = person_of(request)
    seen = emergencies.visible_to(reader).select_related(
        "version__post", "released_by", "checked_by"
    )
    page = page_of(seen, ("-released_at", "-id"), request.GET)
    context = {
        "rows": [_row(emergency) for emergency in page.rows],
        "waiting": emergencies.to_check_by(reader).count(),
        "previous": f"?{page.previous_query}" if page.previous_query else "",
        "next": f"?{page.next_query}" if page.next_query else "",
    }
    return render(request, "publishing/emergencies.html", context)


@permission_required(Permission.GIVE_SECOND_CHECK, Permission.GIVE_ELECTION_CHECK)
@answering
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Afterwards: was it in order? By somebody who neither wrote it nor let it go."""
    checker = person_of(request)
    post = visible_post(checker, pk)
    emergency = get_object_or_404(
        Emergency.objects.select_related("version", "released_by", "checked_by"),
        version__post=post,
    )
    right = emergencies.right_to_check(emergency)
    require(checker, right, on=emergency.version, to="check this post")
    refuse_own_emergency(checker, post, emergency)
    form = AfterCheckForm(request.POST or None, use_required_attribute=False)
    if request.method != "POST":
        return _check_page(request, post, emergency, form)
    if not form.is_valid():
        return _check_page(request, post, emergency, form, status=422)
    outcome = AfterCheck(form.cleaned_data["outcome"])
    comment = form.cleaned_data["comment"]
    check_emergency(emergency_id=emergency.pk, outcome=outcome, comment=comment, by=checker)
    _say(request, post, outcome)
    is_wrong = outcome == AfterCheck.NOT_IN_ORDER
    goes_down = is_wrong and may(checker, Permission.TAKE_DOWN_POST, on=post)
    return redirect("post_take_down" if goes_down and can_be_taken_down(post) else "post", pk=pk)


def _published(request: HttpRequest, form: EmergencyForm, officer: User) -> HttpResponseBase:
    given = form.cleaned_data
    try:
        post = publish_in_emergency(
            content=form.content(), key=given["key"], reason=given["reason"], by=officer
        )
    except ChecksFailed:
        return _confirm_page(request, form)
    messages.success(
        request, f"“{post}” is on its way. Somebody else has to check it within 24 hours."
    )
    return redirect("post", pk=post.pk)


def _template(number: str) -> PostTemplate | None:
    pk = whole_number(number)
    return emergencies.templates().filter(pk=pk).first() if pk is not None else None


def _form_page(
    request: HttpRequest,
    form: EmergencyForm,
    chosen: PostTemplate | None = None,
    status: int = 200,
) -> HttpResponseBase:
    context = {
        "form": form,
        "templates": emergencies.templates(),
        "chosen": chosen,
        "hints": Pattern.from_json(chosen.content).hints() if chosen else [],
        **_stopped(),
    }
    return render(request, "publishing/emergency.html", context, status=status)


def _confirm_page(request: HttpRequest, form: EmergencyForm) -> HttpResponseBase:
    composition = compose(form.content())
    stops, overruled = parted(composition)
    context = {
        "error": bool(stops),
        "previews": previews_of(composition),
        "stops": stops,
        "overruled": overruled,
        "reason": form.cleaned_data["reason"],
        "repeated": form.repeated(),
        **_stopped(),
    }
    status = 422 if stops else 200
    return render(request, "publishing/emergency_confirm.html", context, status=status)


def _stopped() -> dict[str, Any]:
    stops = Stop.objects.in_force().select_related("account", "service_area")
    return {"stopped_by": list(stops)}


def _who_may(request: HttpRequest, missing: Any) -> HttpResponseBase:
    people = list(emergencies.holders()[:MOST_HOLDERS])
    context = {"error": True, "missing": missing, "phone": settings.ON_CALL_PHONE, "people": people}
    return render(request, "publishing/emergency_refused.html", context, status=403)


def _check_page(
    request: HttpRequest,
    post: Post,
    emergency: Emergency,
    form: AfterCheckForm,
    status: int = 200,
) -> HttpResponseBase:
    composition = composition_of(emergency.version)
    context = {
        "post": post,
        "emergency": emergency,
        "is_overdue": emergencies.is_overdue(emergency),
        "form": form,
        "previews": previews_of(composition),
        "answered": list(emergency.version.findings.all()),
    }
    return render(request, "publishing/emergency_check.html", context, status=status)


def _row(emergency: Emergency) -> tuple[Emergency, Post, bool]:
    return emergency, emergency.version.post, emergencies.is_overdue(emergency)


def _say(request: HttpRequest, post: Post, outcome: AfterCheck) -> None:
    if outcome == AfterCheck.IN_ORDER:
        messages.success(request, f"“{post}” is checked: it was in order.")
    else:
        messages.warning(
            request,
            f"“{post}” was not in order. Take it down, or publish a correction. "
            "What has not left yet is not sent any more.",
        )
