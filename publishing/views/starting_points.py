"""Templates and snippets: the lists, making them, changing them, and putting them away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from pages.numbers import whole_number
from pages.selected import selected_filters
from pages.words import with_words
from publishing.actions import starting_points as actions
from publishing.drafts import Content
from publishing.forms.starting_points import SnippetForm, TemplateForm, WordsForm
from publishing.models import PostTemplate, Snippet
from publishing.models.starting_points import StartingPoint
from publishing.sections import post_sections
from publishing.starting_points.pattern import Pattern
from publishing.starting_points.rights import (
    NO_AREA,
    may_change,
    plans_for_all,
    refuse_to_change,
)
from publishing.views.answers import answering, visible_post
from publishing.views.form_page import FormPage, answer_refused

BY_NAME = ("name", "id")
writer = permission_required(Permission.WRITE_POST)


@writer
def templates(request: HttpRequest) -> HttpResponse:
    return _list(request, PostTemplate, "templates", ("name", "guidance"))


@writer
def snippets(request: HttpRequest) -> HttpResponse:
    return _list(request, Snippet, "snippets", ("name", "text"))


@writer
@answering
def add_template(request: HttpRequest) -> HttpResponseBase:
    """A new one; `?post=12` begins it with what that post says."""
    by = person_of(request)
    form = TemplateForm(_sent(request), by=by, point=PostTemplate(), pattern=_of_post(request))
    page = _page(by, "Make a template", "templates", "The template is there for the next post.")
    return _kept(request, page, form, actions.add_template)


@writer
@answering
def change_template(request: HttpRequest, template_id: int) -> HttpResponseBase:
    by, found = person_of(request), _found(request, PostTemplate, template_id)
    form = TemplateForm(_sent(request), by=by, point=found)
    page = _page(by, "Change a template", "templates", "The template is changed.", found)
    return _kept(request, page, form, partial(actions.change_template, template_id=found.pk))


@writer
@require_POST
@answering
def put_template_away(request: HttpRequest, template_id: int) -> HttpResponseBase:
    found = _found(request, PostTemplate, template_id)
    gone = actions.put_template_away(template_id=found.pk, by=person_of(request))
    messages.success(request, f"“{gone}” is put away. Posts that began with it stay.")
    return redirect("templates")


@writer
@answering
def add_snippet(request: HttpRequest) -> HttpResponseBase:
    by = person_of(request)
    form = SnippetForm(_sent(request), by=by, point=Snippet())
    page = _page(by, "Make a snippet", "snippets", "The snippet can be put into texts now.")
    return _kept(request, page, form, actions.add_snippet)


@writer
@answering
def change_snippet(request: HttpRequest, snippet_id: int) -> HttpResponseBase:
    by, found = person_of(request), _found(request, Snippet, snippet_id)
    form = SnippetForm(_sent(request), by=by, point=found)
    page = _page(by, "Change a snippet", "snippets", "The snippet is changed.", found)
    return _kept(request, page, form, partial(actions.change_snippet, snippet_id=found.pk))


@writer
@require_POST
@answering
def put_snippet_away(request: HttpRequest, snippet_id: int) -> HttpResponseBase:
    found = _found(request, Snippet, snippet_id)
    gone = actions.put_snippet_away(snippet_id=found.pk, by=person_of(request))
    messages.success(request, f"“{gone}” is put away. Texts that have it keep it.")
    return redirect("snippets")


def _list(
    request: HttpRequest, model: type[StartingPoint], name: str, columns: tuple[str, ...]
) -> HttpResponse:
    reader, form = person_of(request), WordsForm(request.GET)
    rows: Any = model._default_manager
    rows = rows.visible_to(reader).in_use().select_related("service_area", "made_by")
    words = form.cleaned_data["words"] if form.is_valid() else ""
    page = page_of(with_words(rows, words, *columns), BY_NAME, request.GET)
    context = {
        "sections": post_sections(reader, name),
        "page": page,
        "rows": [(point, may_change(reader, point)) for point in page.rows],
        "form": form,
        "selected": selected_filters(form, request.GET),
        "can_make": bool(reader.service_area_id) or plans_for_all(reader),
    }
    return render(request, f"publishing/starting_points/{name}.html", context)


def _kept(
    request: HttpRequest,
    page: FormPage,
    form: TemplateForm | SnippetForm,
    act: Callable[..., StartingPoint],
) -> HttpResponse:
    """The page of a form whose facts `act` keeps; one that changes says what it had seen."""

    def acting() -> StartingPoint:
        seen = {"seen": form.cleaned_data["seen"]} if form.point.pk else {}
        return act(facts=form.facts(), by=form.by, **seen)

    return answer_refused(request, page, form, acting)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _found(request: HttpRequest, model: type[Any], pk: int) -> Any:
    """One that the reader sees, if it is theirs to change; else a 404, or a 403."""
    rows = model.objects.visible_to(person_of(request)).select_related("service_area", "made_by")
    found = get_object_or_404(rows, pk=pk)
    refuse_to_change(person_of(request), found)
    return found


def _of_post(request: HttpRequest) -> Pattern | None:
    pk = whole_number(request.GET.get("post", ""))
    if pk is None:
        return None
    post = visible_post(person_of(request), pk)
    said = post.version if post.version else None
    content = Content.of_version(said) if said else Content.from_json(post.draft.content)
    return Pattern.of(content)


def _page(
    by: Any, title: str, back: str, done: str, found: StartingPoint | None = None
) -> FormPage:
    """Without a service area there is no button: the page says why."""
    can_make = bool(found) or bool(by.service_area_id) or plans_for_all(by)
    mine = "" if plans_for_all(by) else f"It is for {by.service_area}: colleagues there can use it."
    return FormPage(
        title=title,
        caption=found.name if found else "",
        lead=mine if can_make else NO_AREA,
        button="Save" if can_make else "",
        back=reverse(back),
        done=done,
    )
