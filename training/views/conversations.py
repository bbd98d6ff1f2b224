"""Conversations about conduct: one's own, those of one's team, and adding to them."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import holds
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from training.actions import conversations as actions
from training.conversations import kept_people, may_add_to, people_to_talk_to, to_follow_up
from training.forms.conversations import AdditionForm, ConversationForm, WithWhomForm
from training.models import AdditionKind, Conversation

ORDER = ("-held_on", "-id")


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Those about oneself; for line managers and HR also the way to everybody else's."""
    me = person_of(request)
    records = holds(me, Permission.RECORD_CONVERSATION)
    form = WithWhomForm(request.GET or None, reader=me) if records else None
    if form is not None and form.is_valid():
        return redirect("conversations_of", form.cleaned_data["person"].pk)
    own = Conversation.objects.filter(person=me).select_related("recorded_by")
    context = {
        "page": page_of(own, ORDER, request.GET),
        "form": form,
        "waiting": to_follow_up(me).select_related("person") if records else [],
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "training/conversations/mine.html", context, status=status)


@never_cache
@permission_required(Permission.RECORD_CONVERSATION)
@require_safe
def of_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Days and kinds, without what was said."""
    me = person_of(request)
    person = get_object_or_404(kept_people(me), pk=person_id)
    rows = Conversation.objects.visible_to(me).filter(person=person).select_related("recorded_by")
    context = {
        "person": person,
        "page": page_of(rows, ORDER, request.GET),
        "may_record": person.is_employed(),
    }
    return render(request, "training/conversations/of_person.html", context)


@permission_required(Permission.RECORD_CONVERSATION)
def add(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(people_to_talk_to(person_of(request)), pk=person_id)
    form = ConversationForm(request.POST or None)
    page = FormPage(
        title="Record a conversation",
        caption=person.name,
        button="Record",
        back=reverse("conversations_of", args=[person.pk]),
        done="The conversation is recorded. It can be added to, and not changed.",
        lead="Only HR, the person’s line manager and the person can read this.",
    )
    by = person_of(request)
    return answer(
        request,
        page,
        form,
        lambda: actions.record_conversation(by=by, person=person, **form.cleaned_data),
    )


@never_cache
@login_required
@require_safe
def conversation(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """All of one. Whoever reads it is in the trail, but for its writer."""
    me, found = person_of(request), _visible(request, conversation_id)
    additions = list(found.additions.select_related("by"))
    kinds = {each.kind for each in additions}
    actions.note_reading(by=me, conversation=found)
    adds = may_add_to(me, found)
    context = {
        "found": found,
        "additions": additions,
        "is_mine": found.person == me,
        "may_comment": found.person == me and AdditionKind.COMMENT not in kinds,
        "may_add": adds,
        "may_follow_up": adds and found.follow_up_on and AdditionKind.FOLLOWED_UP not in kinds,
    }
    return render(request, "training/conversations/conversation.html", context)


@login_required
def comment(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """For the person themself; nobody else finds it."""
    me = person_of(request)
    found = get_object_or_404(Conversation, pk=conversation_id, person=me)
    lead = "You can comment once. HR and your line manager can read it, and nobody can change it."
    return _adding(request, found, "Add your comment", lead, actions.comment_on)


@login_required
def correct(request: HttpRequest, conversation_id: int) -> HttpResponse:
    found = _to_add_to(request, conversation_id)
    lead = "What was written before stays; this is added below it."
    return _adding(request, found, "Add a correction", lead, actions.correct)


@login_required
def follow_up(request: HttpRequest, conversation_id: int) -> HttpResponse:
    found = _to_add_to(request, conversation_id)
    lead = "Say what came of it. You are not reminded of it any more."
    return _adding(request, found, "Followed up", lead, actions.follow_up)


def _adding(
    request: HttpRequest,
    found: Conversation,
    title: str,
    lead: str,
    act: Callable[..., object],
) -> HttpResponse:
    form, me = AdditionForm(request.POST or None), person_of(request)
    page = FormPage(
        title=title,
        caption=str(found),
        button="Add",
        back=reverse("conversation", args=[found.pk]),
        done="Added.",
        lead=lead,
    )
    return answer(request, page, form, lambda: act(by=me, conversation=found, **form.cleaned_data))


def _to_add_to(request: HttpRequest, conversation_id: int) -> Conversation:
    """Not for the person themself, who comments instead."""
    found = _visible(request, conversation_id)
    if not may_add_to(person_of(request), found):
        raise Http404
    return found


def _visible(request: HttpRequest, conversation_id: int) -> Conversation:
    rows = Conversation.objects.visible_to(person_of(request))
    return get_object_or_404(rows.select_related("person", "recorded_by"), pk=conversation_id)
