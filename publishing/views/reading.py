"""A post: what it says on each account, what changed, what the checks say, what happened to it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import person_of
from publishing.actions.commenting import note_seen
from publishing.actions.drafting import EDITABLE
from publishing.actions.moving import MOVABLE
from publishing.actions.promoting import PROMOTABLE
from publishing.actions.taking_down import can_be_taken_down
from publishing.approvers import approvers_of
from publishing.checks.registry import results
from publishing.composition import compose, composition_of
from publishing.delivery.in_the_way import in_the_way
from publishing.delivery.left_out import left_out
from publishing.drafts import Content
from publishing.emergencies import is_overdue, right_to_check
from publishing.forms.commenting import CommentForm
from publishing.history import changes_asked, last_decision, timeline_of
from publishing.models import (
    POST_TRANSITIONS,
    UNDECIDED,
    Emergency,
    Post,
    PostState,
    Promotion,
    Version,
)
from publishing.previews import previews_of
from publishing.rights import is_own_work, may_edit, may_take_away
from publishing.routes import GOING_OUT, Needed, awaited, raised_by
from publishing.routes.deciders import explain_deciding
from publishing.routes.nudges import nudges_of
from publishing.routes.shown import route_of
from publishing.sections import post_sections
from publishing.versions import differences
from publishing.views.answers import visible_post

MOST_APPROVERS = 5


@login_required
def show_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    reader = person_of(request)
    post = visible_post(reader, pk)
    note_seen(post, by=reader)
    version = post.version
    deliveries = list(post.deliveries.select_related("account").order_by("account__name", "pk"))
    composition = (
        composition_of(version)
        if version
        else compose(Content.from_json(post.draft.content), post.pk)
    )
    context = {
        "post": post,
        "back": next(iter(post_sections(reader, "posts")), None),
        "version": version,
        "composition": composition,
        "previews": previews_of(composition),
        "results": results(composition) if post.state in _CHECKED else [],
        "answered": list(version.findings.all()) if version else [],
        "timeline": timeline_of(post),
        "promotions": Promotion.objects.visible_to(reader).filter(post=post),
        "route": route_of(post) if post.state in _OPEN else [],
        "raised_by": raised_by(composition.accounts) if post.state in _OPEN else [],
        "nudges": nudges_of(version) if version and post.state in UNDECIDED else [],
        "comment_form": CommentForm(),
        **_emergency(reader, post, version),
        "has_results": bool(deliveries),
        "in_the_way": in_the_way(post, deliveries),
        "left_out": left_out(post),
        "takedown": post.takedowns.first(),
        "asked": changes_asked(post) if post.state == PostState.CHANGES_REQUESTED else None,
        **_what_changed(post, version),
        **_what_may_be_done(reader, post, version),
    }
    return render(request, "publishing/post.html", context)


_CHECKED = frozenset({PostState.DRAFT, PostState.CHANGES_REQUESTED, *UNDECIDED})
_OPEN = frozenset({*_CHECKED, *GOING_OUT, PostState.MISSED_SLOT})
_EDITED = frozenset({*EDITABLE, *MOVABLE, PostState.FAILED, PostState.WITHDRAWN})


def _emergency(reader: User, post: Post, version: Version | None) -> dict[str, Any]:
    """What let the newest version go without an approval, if something did."""
    found = Emergency.objects.filter(version=version).select_related("released_by", "checked_by")
    emergency = found.first() if version else None
    if emergency is None:
        return {}
    return {
        "emergency": emergency,
        "is_check_overdue": is_overdue(emergency),
        "can_check": emergency.checked_at is None
        and reader.pk not in (emergency.released_by_id, post.author_id)
        and may(reader, right_to_check(emergency), on=version),
    }


def _what_changed(post: Post, version: Version | None) -> dict[str, Any]:
    before = last_decision(post, before=version) if version and version.number > 1 else None
    if version is None or before is None:
        return {"before": None, "differences": []}
    return {"before": before, "differences": differences(before.version, version)}


def _what_may_be_done(reader: User, post: Post, version: Version | None) -> dict[str, Any]:
    """Which buttons are there. Each action asks for itself once more."""
    state = PostState(post.state)
    offered: dict[str, Any] = {
        "can_promote": state in PROMOTABLE and may_edit(reader, post),
        "copy_key": uuid.uuid4() if may(reader, Permission.WRITE_POST) else None,
        "can_take_down": can_be_taken_down(post)
        and may(reader, Permission.TAKE_DOWN_POST, on=post),
        "can_edit": state in _EDITED and may_edit(reader, post),
        "can_withdraw": PostState.WITHDRAWN in POST_TRANSITIONS[state]
        and may_take_away(reader, post),
        "can_archive": PostState.ARCHIVED in POST_TRANSITIONS[state]
        and may_take_away(reader, post),
    }
    if version is None:
        return offered
    offered["can_move"] = state in MOVABLE and may(reader, Permission.SCHEDULE_POST, on=version)
    if needed := awaited(post):
        offered |= {
            "stage": needed.stage,
            "needed": needed,
            **_decision(reader, post, version, needed),
        }
    return offered


def _decision(reader: User, post: Post, version: Version, needed: Needed) -> dict[str, Any]:
    """Approve, or why not and who can."""
    own = is_own_work(reader, post, version)
    has_decided = version.approvals.filter(decided_by=reader).exists()
    first = version.approvals.select_related("decided_by").first()
    explanation = explain_deciding(reader, needed, version)
    if explanation.allowed and not own and not has_decided:
        return {"can_decide": True, "first": first}
    people = list(approvers_of(version, needed)[: MOST_APPROVERS + 1])
    return {
        "can_decide": False,
        "first": first,
        "is_own": own,
        "has_decided": has_decided,
        "approvers": people[:MOST_APPROVERS],
        "more_approvers": len(people) > MOST_APPROVERS,
    }
