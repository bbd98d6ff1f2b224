"""What a page answers when an action refuses: 403, 409 or 422, in words, with nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.models import User
from pages.numbers import whole_number
from publishing.errors import NotAllowed, PublishingError
from publishing.models import Post, Version

TYPED = ("comment", "reason", "note")
"""The fields in which people write sentences."""
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def answering(view: View[P]) -> View[P]:
    """Turn the errors of actions into pages. What one may not know of is a 404."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed:
            # The 403 page of the whole product says what is missing and who can help.
            raise
        except PublishingError as refusal:
            return refused(request, refusal, kwargs.get("pk"))
        except ObjectDoesNotExist as gone:
            raise Http404 from gone

    return guarded


def refused(request: HttpRequest, refusal: PublishingError, pk: object = None) -> HttpResponse:
    """The page of a refusal that has no form to show it in, with what was typed."""
    template = f"{refusal.status}.html" if refusal.status in (409, 422) else "422.html"
    context = {
        "title": refusal.title,
        "what": refusal.message,
        "yours": next(filter(None, map(request.POST.get, TYPED)), ""),
        "href": reverse("post", args=[pk]) if pk else reverse("posts"),
        "action": "Look at the post as it is now" if pk else "Go to the posts",
    }
    return render(request, template, context, status=refusal.status)


def visible_post(user: User, pk: int) -> Post:
    """The post, if `user` may read it; else a 404."""
    posts = Post.objects.visible_to(user).select_related(
        "author", "service_area", "series", "version__edited_by", "draft__saved_by"
    )
    return get_object_or_404(posts, pk=pk)


def version_of(post: Post, number: object) -> Version:
    """The version with that id, if it is one of the post's; else a 404."""
    pk = whole_number(str(number))
    if pk is None:
        raise Http404
    return get_object_or_404(post.versions, pk=pk)
