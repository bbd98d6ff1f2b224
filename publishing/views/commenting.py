"""Saying something about a post."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.views.permission import person_of
from publishing.actions.commenting import comment
from publishing.errors import Refused
from publishing.forms.commenting import CommentForm
from publishing.models import Comment, Post
from publishing.views.answers import answering, visible_post


@login_required
@answering
def comment_on_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form of its own page; what is wrong is said there, with what was typed."""
    person = person_of(request)
    post = visible_post(person, pk)
    if request.method != "POST":
        return _page(request, post, CommentForm())
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, post, form, status=422)
    try:
        said = comment(post_id=pk, by=person, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field or None, refusal.message)
        return _page(request, post, form, status=422)
    messages.success(request, _told(said))
    return redirect("post", pk=pk)


def _page(
    request: HttpRequest, post: Post, form: CommentForm, status: int = 200
) -> HttpResponseBase:
    context = {"post": post, "form": form}
    return render(request, "publishing/comment.html", context, status=status)


def _told(said: Comment) -> str:
    """Who is asked to look, too: whoever mistyped a name sees here that nobody is."""
    asked = [mention.person.name for mention in said.mentions.select_related("person")]
    if not asked:
        return "Your comment is in the history. Nobody is asked to look."
    return f"Your comment is in the history. Asked to look: {', '.join(asked)}."
