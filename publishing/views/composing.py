"""Writing a post: the form, its autosave, its preview."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from publishing.actions.drafting import EDITABLE
from publishing.actions.submitting import submit, take_back
from publishing.composition import Composition, compose
from publishing.drafts import Content
from publishing.errors import ChecksFailed, Conflict, NotAllowed, Refused, StaleDraft
from publishing.forms.compose import ComposeForm
from publishing.history import changes_asked
from publishing.links.looking import look_soon
from publishing.models import Post
from publishing.presence import ASKS_EVERY_S
from publishing.previews import counts_of, previews_of
from publishing.rights import explain_editing, refuse_unless
from publishing.starting_points.offered import begun_with, starting_points_for, way_to_template
from publishing.views.answers import answering, visible_post
from publishing.views.emoji import emoji_page
from publishing.views.library.choosing import way_on
from publishing.views.presence import who_is_there
from publishing.views.saving import save
from publishing.views.stale import stale_page
from publishing.writing_aids.offers import offers_for
from publishing.writing_aids.pressed import FOR_ALL, PUT, WRITE_BETTER
from publishing.writing_aids.suggestions import suggestions_of


@dataclass(frozen=True, slots=True)
class Desk:
    """What is on the desk: a post, or the key of one that is not there yet."""

    writer: User
    post: Post | None
    key: uuid.UUID
    begun: Content = field(default_factory=Content)
    """Of a new post: what its address begins it with, a day of the calendar or a template."""

    @property
    def content(self) -> Content:
        if self.post:
            return Content.from_json(self.post.draft.content)
        return self.begun

    def form(self, data: Any = None, files: Any = None) -> ComposeForm:
        return ComposeForm(
            data,
            files,
            writer=self.writer,
            content=self.content,
            post=self.post,
            revision=self.post.draft.revision if self.post else 0,
            key=self.key,
        )

    def address(self, name: str) -> str:
        """The address of this desk's `edit`, `save`, `preview` or `own_texts`."""
        if self.post:
            return reverse(f"post_{name}", args=[self.post.pk])
        return reverse("post_new" if name == "edit" else f"post_new_{name}")


@permission_required(Permission.WRITE_POST)
@answering
def new_post(request: HttpRequest) -> HttpResponseBase:
    desk = _new_desk(request)
    return _saved(request, desk) if request.method == "POST" else _page(request, desk, desk.form())


@permission_required(Permission.WRITE_POST)
@answering
def edit_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    post = visible_post(person_of(request), pk)
    desk = Desk(person_of(request), post, post.key)
    if request.method == "POST":
        return _saved(request, desk)
    refuse_unless(explain_editing(desk.writer, post), "edit this post")
    if post.state not in EDITABLE:
        return render(request, "publishing/take_back.html", {"post": post})
    return _page(request, desk, desk.form())


@permission_required(Permission.WRITE_POST)
@require_POST
@answering
def take_back_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    visible_post(person_of(request), pk)
    take_back(post_id=pk, by=person_of(request))
    return redirect("post_edit", pk=pk)


@permission_required(Permission.WRITE_POST)
@require_POST
def autosave(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """The answer is one line of words, swapped into the form by the script."""
    desk = _desk(request, pk)
    form = desk.form(request.POST)
    if not form.is_valid():
        return HttpResponse("Not saved: see what is wrong by pressing Save draft.", status=422)
    try:
        _, draft, _ = save(form, desk.post, by=desk.writer, key=desk.key)
    except StaleDraft as stale:
        theirs = {"by": stale.draft.saved_by.name, "at": stale.draft.saved_at}
        href = {"href": desk.address("edit")}
        return render(request, "components/conflict.html", {**theirs, **href}, status=409)
    except (Conflict, NotAllowed, Refused) as refusal:
        return HttpResponse(f"Not saved: {refusal.message}", status=refusal.status)
    values = {"at": draft.saved_at, "revision": draft.revision}
    return render(request, "components/saved.html", values)


@permission_required(Permission.WRITE_POST)
@require_POST
def preview(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """The previews and counts of what is in the form; nothing is saved."""
    form = _desk(request, pk).form(request.POST)
    if not form.is_valid():
        return HttpResponse("There is no preview of this.", status=422)
    composition = compose(form.content())
    return render(request, "publishing/previews.html", _previewed(composition))


@permission_required(Permission.WRITE_POST)
@require_POST
def own_texts(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """The fields for texts of their own, for the accounts that are chosen; nothing is saved."""
    desk = _desk(request, pk)
    texts = _texts(desk.form(request.POST), desk.writer)
    return render(request, "publishing/own_texts.html", {"texts": texts})


def _previewed(composition: Composition) -> dict[str, Any]:
    """What the previews show, with what is said beside the text."""
    return {
        "previews": previews_of(composition),
        "counts": counts_of(composition),
        "suggestions": suggestions_of(composition),
    }


def _texts(form: ComposeForm, writer: User) -> dict[str, Any]:
    """The fields of the accounts' own texts, with what is offered beside each."""
    offers = offers_for(form.chosen, writer)
    own = [(field, offers.get(field.name)) for field in form.own_text_fields()]
    return {"for_all": offers.get(FOR_ALL), "own": own}


def _new_desk(request: HttpRequest) -> Desk:
    """A new post; or, on a second click, the one that the first click made."""
    writer = person_of(request)
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    mine = Post.objects.filter(key=key, author=writer).select_related("draft__saved_by")
    post = mine.first() if request.method == "POST" else None
    return Desk(writer, post, key, begun_with(request.GET, writer))


def _desk(request: HttpRequest, pk: int | None) -> Desk:
    if pk is None:
        return _new_desk(request)
    post = visible_post(person_of(request), pk)
    return Desk(person_of(request), post, post.key)


def _saved(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    form = desk.form(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        post, draft, refusals = save(
            form, desk.post, by=desk.writer, key=desk.key, button=request.POST.get("do", "")
        )
    except (StaleDraft, Conflict) as conflict:
        return stale_page(request, form, conflict, desk.post)
    except (NotAllowed, Refused) as refusal:
        form.add_error(getattr(refusal, "field", "") or None, refusal.message)
        return _page(request, desk, form, status=refusal.status)
    if refusals:
        desk = Desk(desk.writer, post, post.key)
        post.draft = draft
        errors = [{"text": each.message, "href": f"#id_{each.field}"} for each in refusals]
        again = desk.form()
        # A video without captions has nowhere else to keep the language that was chosen.
        again.initial.update(form.languages())
        return _page(request, desk, again, status=422, errors=errors)
    content = Content.from_json(draft.content)
    look_soon(post.pk, content)
    button = request.POST.get("do", "")
    elsewhere = (
        way_on(button, post) or way_to_template(button, post) or emoji_page(button, post, content)
    )
    return redirect(elsewhere) if elsewhere else _onwards(request, post, draft.revision)


_PAGES = {"check": "post_check", "repeat": "post_repeat"}


def _onwards(request: HttpRequest, post: Post, revision: int) -> HttpResponseBase:
    """To where the button leads; the draft is saved already."""
    button = request.POST.get("do", "")
    if button in _PAGES:
        return redirect(_PAGES[button], pk=post.pk)
    if button == "send":
        try:
            submit(post_id=post.pk, revision=revision, by=person_of(request))
        except ChecksFailed:
            return redirect("post_check", pk=post.pk)
        messages.success(request, f"“{post}” is sent for approval.")
        return redirect("post", pk=post.pk)
    edit = reverse("post_edit", args=[post.pk])
    place = _place(button) or ("pictures" if request.FILES else "")
    if place:
        return redirect(f"{edit}#{place}")
    messages.success(request, "Your draft is saved.")
    return redirect(edit)


def _place(button: str) -> str:
    """The part of the form to which somebody comes back who pressed that button."""
    verb, _, rest = button.partition(":")
    if verb == PUT:
        return f"id_{rest.partition(':')[0]}"
    places = {"preview": "previews", WRITE_BETTER: f"id_{FOR_ALL}"}
    return places.get(verb) or ("pictures" if verb in ("up", "down", "remove", "silent") else "")


def _page(
    request: HttpRequest,
    desk: Desk,
    form: ComposeForm,
    *,
    status: int = 200,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    typed = form.content() if form.is_bound and form.is_valid() else desk.content
    composition = compose(typed)
    post = desk.post
    context = {
        "form": form,
        "post": post,
        "error": bool(errors),
        "errors": errors,
        "asked": changes_asked(post) if post and post.version else None,
        **_previewed(composition),
        "texts": _texts(form, desk.writer),
        "there": who_is_there(post, desk.writer) if post else None,
        "asks_every": ASKS_EVERY_S,
        "starting": starting_points_for(desk.writer, desk.content, is_new=post is None),
        "addresses": {
            name: desk.address(name) for name in ("edit", "save", "preview", "own_texts")
        },
    }
    return render(request, "publishing/compose.html", context, status=status)
