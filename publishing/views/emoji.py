"""Choosing an emoji: for the script a part of the form, for everybody else a page of their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.numbers import whole_number
from publishing.actions.drafting import EDITABLE, save_draft
from publishing.checks.emoji import MOST
from publishing.drafts import Content
from publishing.forms.emoji import EmojiSearch
from publishing.models import Post
from publishing.rights import explain_editing, refuse_unless
from publishing.views.answers import answering, visible_post
from publishing.writing_aids.emoji import is_emoji, offered
from publishing.writing_aids.pressed import FOR_ALL, field_in, put

BUTTON = "emoji"


@permission_required(Permission.WRITE_POST)
@require_GET
def emoji(request: HttpRequest) -> HttpResponse:
    """What is opened beside a text; with words that are searched for, only what is found."""
    if "words" not in request.GET:
        values = {"groups": offered(), "most": MOST}
        return render(request, "components/emoji_picker.html", values)
    words = request.GET["words"]
    groups = offered(words)
    found = len(groups[0].emoji) if words.strip() else None
    return render(request, "components/emoji_found.html", {"groups": groups, "found": found})


@permission_required(Permission.WRITE_POST)
@answering
def choose_emoji(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The draft was saved before one came here; its revision is kept in the form."""
    by = person_of(request)
    post = visible_post(by, pk)
    refuse_unless(explain_editing(by, post), "change this post")
    if request.method != "POST":
        return _page(request, post) if post.state in EDITABLE else redirect("post_edit", pk)
    kept = Content.from_json(post.draft.content)
    into = field_in(kept, request.POST.get("into", ""))
    sign = request.POST.get("emoji", "")
    if not is_emoji(sign):
        return _page(request, post, "Choose an emoji from the list")
    revision = whole_number(request.POST.get("revision", "")) or 0
    save_draft(post_id=pk, content=put(kept, into, sign), revision=revision, by=by)
    return redirect(f"{reverse('post_edit', args=[pk])}#id_{into}")


def emoji_page(button: str, post: Post, content: Content) -> str:
    """Where the button "emoji:text_12" leads, once `content` is saved; nothing for any other."""
    verb, _, field = button.partition(":")
    if verb != BUTTON:
        return ""
    into = field_in(content, field)
    return f"{reverse('post_emoji', args=[post.pk])}?into={into}"


def _page(request: HttpRequest, post: Post, problem: str = "") -> HttpResponse:
    asked = request.POST if problem else request.GET
    form = EmojiSearch(request.GET or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    context = {
        "post": post,
        "form": form,
        "into": field_in(Content.from_json(post.draft.content), asked.get("into", FOR_ALL)),
        "groups": offered(words),
        "most": MOST,
        "errors": [{"text": problem, "href": "#emoji-found"}] if problem else [],
        "error": bool(problem),
    }
    return render(request, "publishing/emoji.html", context, status=422 if problem else 200)
