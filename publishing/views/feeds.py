"""Calendar feeds: one's own, making and revoking them, and what a calendar program reads."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.refusal import show_refusal
from accounts.models import User
from accounts.views.permission import person_of
from publishing.actions.feeds import make_feed, revoke_feed
from publishing.forms.planning import FeedForm
from publishing.models import CalendarFeed
from publishing.planning.feeds import calendar_of, feed_at, is_read_too_often
from publishing.planning.sections import calendar_sections

REVOKED = 10


@login_required
def feeds(request: HttpRequest) -> HttpResponse:
    """One's feeds; after making one, its address, which is shown this once."""
    person = person_of(request)
    if request.method != "POST":
        form = FeedForm(reader=person, initial={"key": uuid.uuid4()})
        return _page(request, person, form)
    form = FeedForm(request.POST, reader=person)
    if not form.is_valid():
        return _page(request, person, form, status=422)
    try:
        feed, secret = make_feed(by=person, **form.cleaned_data)
    except ValidationError as refusal:
        show_refusal(form, refusal)
        return _page(request, person, form, status=422)
    address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    context = {
        "feed": feed,
        "address": address,
        "sections": calendar_sections("calendar_feeds", person),
    }
    answer = render(request, "publishing/planning/feed_made.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_POST
def revoke(request: HttpRequest, feed_id: int) -> HttpResponse:
    try:
        feed = revoke_feed(by=person_of(request), feed_id=feed_id)
    except CalendarFeed.DoesNotExist:
        raise Http404 from None
    messages.success(request, f"“{feed}” is revoked. Nothing is read there any more.")
    return redirect("calendar_feeds")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar for whoever has the secret: a wrong one, a revoked one and a leaver's are all
    not found.
    """
    found = feed_at(secret)
    if found is None:
        raise Http404
    if is_read_too_often(found):
        return HttpResponse("Read again in an hour.", status=429, headers={"Retry-After": "3600"})
    CalendarFeed.objects.filter(pk=found.pk).update(read_at=timezone.now())
    answer = HttpResponse(calendar_of(found), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="posts.ics"'
    answer["Cache-Control"] = "private, max-age=300"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page(request: HttpRequest, person: User, form: FeedForm, status: int = 200) -> HttpResponse:
    own = CalendarFeed.objects.filter(person=person).select_related("account")
    context = {
        "form": form,
        "feeds": own.filter(revoked_at__isnull=True),
        "revoked": own.filter(revoked_at__isnull=False).order_by("-revoked_at")[:REVOKED],
        "sections": calendar_sections("calendar_feeds", person),
    }
    return render(request, "publishing/planning/feeds.html", context, status=status)
