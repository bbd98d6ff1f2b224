"""Posts that repeat: all of them, one with its posts, beginning, changing and stopping one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from publishing.actions import changing_series
from publishing.actions import repeating as actions
from publishing.actions.changing_series import Carried, already_made
from publishing.actions.duplicating import content_of
from publishing.forms.repeating import RhythmForm, SeriesForm, begun_with
from publishing.models import Post, Series, SeriesState
from publishing.planning.sections import PLANNERS, calendar_sections
from publishing.repeating.coming import next_days, not_made
from publishing.repeating.days import days_off_now
from publishing.repeating.rights import explain_changing, may_change, may_stop
from publishing.repeating.words import from_of, until_of, when_of
from publishing.rights import refuse_unless
from publishing.views.answers import answering, visible_post
from publishing.views.form_page import FormPage, answer_refused

BY_NAME = ("name", "id")
MOST_POSTS = 20
BACK = timedelta(days=60)


@permission_required(*PLANNERS)
def all_series(request: HttpRequest) -> HttpResponseBase:
    """Those that go on first, then those that have ended; each with its next post."""
    reader = person_of(request)
    rows = Series.objects.visible_to(reader).select_related("author")
    ended = request.GET.get("show") == "ended"
    rows = rows.filter(state=SeriesState.ENDED) if ended else rows.exclude(state=SeriesState.ENDED)
    page = page_of(rows.prefetch_related("accounts"), BY_NAME, request.GET)
    off = days_off_now()
    context = {
        "sections": calendar_sections("all_series", reader),
        "page": page,
        "rows": [
            (each, when_of(each), next(iter(next_days(each, off, 1)), None)) for each in page.rows
        ],
        "ended": ended,
    }
    return render(request, "publishing/planning/all_series.html", context)


@permission_required(*PLANNERS)
def one_series(request: HttpRequest, series_id: int) -> HttpResponseBase:
    """What it says and when, its next days, and its posts, as far as the reader may see them."""
    reader, series = person_of(request), _visible(person_of(request), series_id)
    mine = Post.objects.visible_to(reader).filter(series=series)
    posts = list(mine.order_by("-occurs_on")[:MOST_POSTS])
    since = timezone.localdate() - BACK
    made = set(series.posts.filter(occurs_on__gte=since).values_list("occurs_on", flat=True))
    context = {
        "series": series,
        "content": series.content,
        "own_texts": _own_texts(series),
        "when": when_of(series),
        "from": from_of(series),
        "until": until_of(series),
        "next": _next(series, posts, made),
        "posts": posts,
        "missing": not_made(series, made, since),
        "can_change": series.state != SeriesState.ENDED and may_change(reader, series),
        "can_stop": series.state != SeriesState.ENDED and may_stop(reader, series),
        "is_author": series.author_id == reader.pk,
    }
    return render(request, "publishing/planning/series.html", context)


@permission_required(Permission.WRITE_POST)
@answering
def repeat_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Have a post repeat."""
    by, post = person_of(request), visible_post(person_of(request), pk)
    content = content_of(post)
    data = request.POST if request.method == "POST" else None
    form = RhythmForm(data, initial=begun_with(content, content.heading))
    page = FormPage(
        title="Repeat this post",
        caption=str(post),
        lead="Each time a new post is made of it, days before. It is checked, and somebody else "
        "approves it on its own. Nothing is approved in advance.",
        button="Repeat this post",
        back=reverse("post", args=[post.pk]),
        on=_page_of,
        done="It repeats now. Its next posts are made within minutes and sent for approval.",
    )

    def act() -> Series:
        key = form.cleaned_data["key"] or form.initial["key"]
        return actions.begin(post_id=pk, rhythm=form.rhythm(), by=by, key=key)

    return answer_refused(request, page, form, act)


@permission_required(Permission.WRITE_POST)
@answering
def change_series(request: HttpRequest, series_id: int) -> HttpResponseBase:
    by, series = person_of(request), _visible(person_of(request), series_id)
    refuse_unless(explain_changing(by, series), "change this repeating post")
    accounts = list(series.accounts.order_by("name", "pk"))
    form = SeriesForm(request.POST if request.method == "POST" else None, series=series,
                      accounts=accounts)  # fmt: skip
    page = FormPage(
        title="Change a repeating post",
        caption=series.name,
        lead="Accounts and pictures stay. For others, end this and have another post repeat.",
        warning=_warning(series),
        button="Save",
        back=_page_of(series),
        on=_page_of,
        done="It is changed.",
    )

    def act() -> Series:
        changed, carried = changing_series.change(
            series_id=series_id,
            revision=form.cleaned_data["revision"] or 0,
            rhythm=form.rhythm(),
            words=form.words(),
            by=by,
        )
        for words in told(carried):
            messages.info(request, words)
        return changed

    return answer_refused(request, page, form, act)


def _stopping(act: Callable[..., Series], said: str) -> Callable[..., HttpResponseBase]:
    @permission_required(*PLANNERS)
    @require_POST
    @answering
    def view(request: HttpRequest, series_id: int) -> HttpResponseBase:
        by = person_of(request)
        _visible(by, series_id)
        series = act(series_id=series_id, by=by)
        messages.success(request, f"“{series}” {said}")
        return redirect(_page_of(series))

    return view


pause = _stopping(actions.pause, "is paused. Posts that were made already go their way.")
resume = _stopping(actions.resume, "goes on. Its next posts are made within minutes.")
end = _stopping(actions.end, "has ended. Posts that were made already go their way.")
take_over = _stopping(actions.take_over, "is yours: its next posts are made on your behalf.")


def told(carried: Carried) -> list[str]:
    """What became of the posts that were made already, in sentences."""
    numbers = [
        (carried.sent, "changed and sent for approval again. What was approved is void."),
        (carried.drafts, "changed and kept as drafts: send them for approval yourself."),
        (carried.withdrawn, "withdrawn, because it does not come on that day any more."),
        (carried.kept, "left as they are, because somebody had changed them by themselves."),
        (carried.out, "left as they are, because a platform has them already."),
    ]
    return [
        f"{number} post{'' if number == 1 else 's'} that {'was' if number == 1 else 'were'} made: "
        f"{words}"
        for number, words in numbers
        if number
    ]


def _next(
    series: Series, posts: list[Post], made: set[date | None]
) -> list[tuple[datetime, Post | None, bool]]:
    """When it comes next, the post where the reader may see it, and whether there is one."""
    there = {post.occurs_on: post for post in posts}
    days = [(at, timezone.localdate(at)) for at in next_days(series)]
    return [(at, there.get(day), day in made) for at, day in days]


def _warning(series: Series) -> str:
    number = already_made(series).count()
    if not number:
        return ""
    posts = (
        "1 post is made already and is"
        if number == 1
        else (f"{number} posts are made already and are")
    )
    return (
        f"{posts} still to go out. A change of words or times reaches those too: what was approved "
        "is void, and somebody has to approve again. On days on which it does not come any more "
        "they are withdrawn."
    )


def _visible(reader: User, pk: int) -> Series:
    rows = Series.objects.visible_to(reader).select_related("author", "edited_by")
    return get_object_or_404(rows, pk=pk)


def _own_texts(series: Series) -> list[tuple[str, str]]:
    names = {account.pk: str(account) for account in series.accounts.all()}
    own: list[Any] = series.content.get("own_texts", [])
    return [(names[pk], text) for pk, text in own if pk in names]


def _page_of(series: Series) -> str:
    return reverse("series", args=[series.pk])
