"""The list of posts, in tabs."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse

from accounts.access import NotAllowed, explain, holds, may
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import person_of
from pages.counts import Limited
from pages.keyset import page_of
from publishing.listing.counts import Counted, counts_in_words
from publishing.listing.filtering import PostFilter
from publishing.listing.rows import rows_of, with_account_ids
from publishing.listing.tabs import Tab, everything_in, first_tab, tabs_for
from publishing.models import UNDECIDED, Post
from publishing.models.posts import PostQuerySet
from publishing.routes import RIGHT_FOR
from publishing.sections import post_sections

SORTS = {"due": "due_at", "changed": "changed_at"}


@login_required
def list_posts(request: HttpRequest) -> HttpResponseBase:
    reader = person_of(request)
    tabs = tabs_for(reader)
    if not tabs:
        raise NotAllowed(explain(reader, Permission.SEE_PUBLISHED_POSTS))
    asked = request.GET.get("tab", "")
    tab = next((tab for tab in tabs if tab.key == asked), None) or first_tab(reader, tabs)
    visible = Post.objects.visible_to(reader)
    narrowing = PostFilter(request.GET, reader=reader, tab=tab)
    sort, order = _order(tab, request.GET)
    held = tab.held_for(reader, narrowing.visible_to(reader))
    found = narrowing.narrow(held, drafts=tab.is_mine)
    found = with_account_ids(found).select_related("author", "service_area")
    page = page_of(found, order, request.GET)
    can_choose = set(tab.states) <= set(UNDECIDED) and holds(reader, *RIGHT_FOR.values())
    can_write = holds(reader, Permission.WRITE_POST)
    can_copy = can_write and tab.is_worth_repeating
    context = {
        "sections": post_sections(reader, "posts"),
        "tab": tab,
        "heading": tab.label_for(reader),
        "side": _side(reader, tabs, tab, visible),
        "rows": rows_of(page.rows, reader=reader),
        "columns": _columns(tab, sort, request.GET, can_choose=can_choose, can_copy=can_copy),
        "can_choose": can_choose,
        "copy_key": uuid.uuid4 if can_copy else None,
        "previous": f"?{page.previous_query}" if page.previous_query else "",
        "next": f"?{page.next_query}" if page.next_query else "",
        "filter": narrowing,
        "selected": _selected(narrowing, request.GET),
        "keep": [{"name": "tab", "value": tab.key}],
        "clear": f"?{urlencode({'tab': tab.key})}",
        "can_write": can_write,
    }
    return render(request, "publishing/posts.html", context)


def _side(
    reader: User, tabs: list[Tab], current: Tab, visible: PostQuerySet
) -> list[dict[str, Any]]:
    sees_all = may(reader, Permission.SEE_ALL_POSTS)
    counts = counts_in_words(
        {tab.key: _counted(tab, reader, visible, sees_all=sees_all) for tab in tabs if tab.counted}
    )
    address = reverse("posts")
    return [
        {
            "text": tab.label_for(reader),
            "href": f"{address}?{urlencode({'tab': tab.key})}",
            "active": tab is current,
            "count": counts.get(tab.key),
        }
        for tab in tabs
    ]


def _counted(tab: Tab, reader: User, visible: PostQuerySet, *, sees_all: bool) -> Counted | Limited:
    if sees_all and tab.holds is None:
        return everything_in(tab)
    among = None if sees_all or tab.is_mine else tab.candidates
    return Counted(tab.held_for(reader, visible), among)


def _order(tab: Tab, query: QueryDict) -> tuple[str, tuple[str, str]]:
    """The sort's name, and the order: what the address asks for, or the tab's own."""
    asked = query.get("sort", "")
    name = asked.lstrip("-")
    if SORTS.get(name) not in tab.sorts:
        own = tab.order[0]
        return ("-" if own.startswith("-") else "") + _name_of(own), tab.order
    sign = "-" if asked.startswith("-") else ""
    return asked, (f"{sign}{SORTS[name]}", f"{sign}id")


def _name_of(field: str) -> str:
    return next(name for name, column in SORTS.items() if column == field.lstrip("-"))


def _columns(
    tab: Tab, sort: str, query: QueryDict, *, can_choose: bool, can_copy: bool
) -> list[Any]:
    copy = [{"label": "Use again", "hidden": True}] if can_copy else []
    choose = [{"label": "Choose", "hidden": True}] if can_choose else []
    return [
        *choose,
        "Post",
        "Service area",
        "Accounts",
        _head(tab, "Goes out", "due", sort, query),
        _head(tab, "Changed", "changed", sort, query),
        "Status",
        *copy,
    ]


def _head(tab: Tab, label: str, name: str, sort: str, query: QueryDict) -> dict[str, str] | str:
    """A head that sorts by its column, where the tab can; once more turns the order round."""
    if SORTS[name] not in tab.sorts:
        return label
    is_sorted = sort.lstrip("-") == name
    turned = f"-{name}" if sort == name else name
    kept = _without(query, "after", "before", "sort")
    return {
        "label": label,
        "href": f"?{urlencode([*kept, ('sort', turned)])}",
        "sorted": ("descending" if sort.startswith("-") else "ascending") if is_sorted else "",
    }


def _selected(narrowing: PostFilter, query: QueryDict) -> list[dict[str, str]]:
    return [
        {**chosen, "href": f"?{urlencode(_without(query, 'after', 'before', chosen['name']))}"}
        for chosen in narrowing.selected()
    ]


def _without(query: QueryDict, *names: str) -> list[tuple[str, str]]:
    return [(name, str(query[name])) for name in query if name not in names]
