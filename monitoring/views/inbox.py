"""The inbox: what is said to and about the council."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from accounts.views.permission import permission_required
from monitoring.filters import MentionFilter
from monitoring.health import account_health
from monitoring.models import DailyMentions, Mention
from monitoring.volume import mentions_by_day, message
from pages.csv_cells import csv_pieces
from pages.downloads import csv_download
from pages.keyset import page_of
from pages.selected import selected_filters

NEWEST_FIRST = ("-said_at", "-id")
LONGEST_THREAD = 50


@permission_required(Permission.SEE_MENTIONS)
def inbox(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    accounts = SocialAccount.objects.filter(
        pk__in=DailyMentions.objects.visible_to(user).values("account")
    ).only("name", "platform", "handle")
    mentions = Mention.objects.visible_to(user).select_related("account")
    chosen = MentionFilter(request.GET, queryset=mentions, accounts=accounts)
    rows = chosen.qs if chosen.is_valid() else mentions.none()
    volume = _volume(user, chosen)
    context = {
        "filter": chosen,
        "selected": selected_filters(chosen.form, request.GET),
        "clear": reverse("inbox"),
        "page": page_of(rows, NEWEST_FIRST, request.GET),
        "volume": volume,
        "volume_message": message(volume),
        "csv": f"{reverse('mentions_by_day_csv')}?{request.GET.urlencode()}",
        "health": account_health(timezone.now()),
    }
    return render(request, "monitoring/inbox.html", context)


@permission_required(Permission.SEE_MENTIONS)
def mention(request: HttpRequest, mention_id: int) -> HttpResponse:
    """One mention and what it answers or is answered by."""
    user = cast(User, request.user)
    visible = Mention.objects.visible_to(user).select_related("account")
    found = get_object_or_404(visible, pk=mention_id)
    thread = visible.of_thread(found).order_by("said_at", "pk")
    context = {"mention": found, "thread": thread[:LONGEST_THREAD]}
    return render(request, "monitoring/mention.html", context)


@permission_required(Permission.SEE_MENTIONS)
def volume_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Mentions by day as the chart shows them."""
    user = cast(User, request.user)
    days = _volume(user, MentionFilter(request.GET, accounts=SocialAccount.objects.all()))
    lines = ([day.isoformat(), str(count)] for day, count in days)
    return csv_download(csv_pieces([("Day", "Mentions"), *lines]), "mentions-by-day.csv")


def _volume(user: User, chosen: MentionFilter) -> list[tuple[date, int]]:
    counts = DailyMentions.objects.visible_to(user)
    if chosen.is_valid():
        asked = chosen.form.cleaned_data
        if asked.get("account"):
            counts = counts.filter(account=asked["account"])
        if asked.get("platform"):
            counts = counts.filter(account__platform__in=asked["platform"])
    return mentions_by_day(counts, timezone.localdate())
