"""Every action from every state: either the table of transitions has it, or it is refused."""

from __future__ import annotations

import pytest

from publishing.actions.deciding import approve, ask_for_changes
from publishing.actions.drafting import EDITABLE, save_draft
from publishing.actions.moving import MOVABLE, move, move_and_approve
from publishing.actions.scheduling import miss_overdue
from publishing.actions.submitting import archive, submit, take_back, withdraw
from publishing.drafts import Content
from publishing.errors import PublishingError
from publishing.locks import ImpossibleTransition, move_to
from publishing.models import POST_TRANSITIONS, UNDECIDED, Approval, Post, PostState, Stage, Version
from tests.publishing.making import edited, fresh, in_hours, newest, submitted

S = PostState
LATER = in_hours(24)

ACTIONS = {
    "save": (EDITABLE, None),
    "submit": (EDITABLE, S.AWAITING_APPROVAL),
    "take back": (
        {
            S.AWAITING_APPROVAL, S.SECOND_CHECK, S.APPROVED, S.SCHEDULED, S.MISSED_SLOT, S.FAILED,
            S.WITHDRAWN,
        },
        S.DRAFT,
    ),
    "withdraw": (
        {
            S.DRAFT, S.AWAITING_APPROVAL, S.SECOND_CHECK, S.CHANGES_REQUESTED, S.APPROVED,
            S.SCHEDULED, S.MISSED_SLOT,
        },
        S.WITHDRAWN,
    ),
    "archive": ({S.PUBLISHED, S.PART_PUBLISHED, S.FAILED, S.TAKEN_DOWN, S.WITHDRAWN}, S.ARCHIVED),
    "approve": ({S.AWAITING_APPROVAL}, S.SCHEDULED),
    "check again": ({S.SECOND_CHECK}, S.SCHEDULED),
    "ask for changes": ({S.AWAITING_APPROVAL}, S.CHANGES_REQUESTED),
    "ask for changes again": ({S.AWAITING_APPROVAL, S.SECOND_CHECK}, S.CHANGES_REQUESTED),
    "move": (MOVABLE, S.AWAITING_APPROVAL),
    "move and approve": (MOVABLE, S.SCHEDULED),
}  # fmt: skip
"""From which states each action works, and the state that it leads to (None: the same)."""

HARMLESS = {
    ("submit", S.AWAITING_APPROVAL),
    ("take back", S.DRAFT),
    ("take back", S.CHANGES_REQUESTED),
    ("withdraw", S.WITHDRAWN),
    ("archive", S.ARCHIVED),
}
"""A second click: nothing is done, and nobody is told off."""


def act(name: str, post: Post, author, approver, officer) -> None:
    version = newest(post)
    if name == "ask for changes again":
        ask_for_changes(version_id=version.pk, comment="Hm", by=officer)
    elif name == "check again":
        check_again(version, author, approver, officer)
    else:
        act_once(name, post, version, author, approver)


def check_again(version: Version, author, approver, officer) -> None:
    """What the first approver left is there."""
    seal = {"version": version, "digest": version.digest, "decision": "approved"}
    people = {"author": author, "editor": author, "decided_by": approver}
    Approval.objects.create(**seal, **people)
    approve(version_id=version.pk, digest=version.digest, by=officer, stage=Stage.SECOND_CHECK)


def act_once(name: str, post: Post, version: Version, author, approver) -> None:
    match name:
        case "save":
            content = Content.from_json({**post.draft.content, "text": "Other words"})
            save_draft(post_id=post.pk, content=content, revision=post.draft.revision, by=author)
        case "submit":
            submit(post_id=post.pk, revision=post.draft.revision, by=author)
        case "take back":
            take_back(post_id=post.pk, by=author)
        case "withdraw":
            withdraw(post_id=post.pk, by=author)
        case "archive":
            archive(post_id=post.pk, by=author)
        case "approve":
            approve(version_id=version.pk, digest=version.digest, by=approver)
        case "ask for changes":
            ask_for_changes(version_id=version.pk, comment="Hm", by=approver)
        case "move":
            move(version_id=version.pk, at=LATER, by=approver)
        case "move and approve":
            move_and_approve(version_id=version.pk, digest=version.digest, at=LATER, by=approver)


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(PostState))
@pytest.mark.parametrize("name", list(ACTIONS))
def test_every_action_from_every_state(name, state, author, approver, officer, account):
    post = submitted(author, account, at=in_hours(5))
    Post.objects.filter(pk=post.pk).update(state=state)
    post = fresh(post)
    works_from, leads_to = ACTIONS[name]
    if state in works_from:
        act(name, post, author, approver, officer)
        assert fresh(post).state == (leads_to or state)
        if leads_to not in (None, state):
            assert leads_to in POST_TRANSITIONS[state] or _through(state, leads_to)
        return
    if (name, state) in HARMLESS:
        act(name, post, author, approver, officer)
    else:
        with pytest.raises(PublishingError):
            act(name, post, author, approver, officer)
    assert fresh(post).state == state
    assert newest(post).number == 1
    assert not post.deliveries.exists()


def _through(state: PostState, leads_to: PostState) -> bool:
    """Moving and approving goes through awaiting approval."""
    middle = S.AWAITING_APPROVAL
    return middle in POST_TRANSITIONS[state] and leads_to in POST_TRANSITIONS[middle]


@pytest.mark.parametrize("state", list(PostState))
@pytest.mark.parametrize("to", list(PostState))
def test_no_state_is_reached_that_the_table_does_not_know(state, to):
    post = Post(state=state)
    if to in POST_TRANSITIONS[state]:
        move_to(post, to)
        assert post.state == to
    else:
        with pytest.raises(ImpossibleTransition):
            move_to(post, to)
        assert post.state == state


@pytest.mark.django_db
@pytest.mark.slow
def test_only_what_nobody_has_decided_about_misses_its_slot(clock, author_in_time, account):
    posts = {}
    for state in PostState:
        posts[state] = submitted(author_in_time, account, at=in_hours(1))
        Post.objects.filter(pk=posts[state].pk).update(state=state)
    soon = submitted(author_in_time, account, at=in_hours(3))
    at_once = submitted(author_in_time, account)
    clock.shift(3600)
    assert miss_overdue(in_hours(0)) == len(UNDECIDED) == 2
    assert miss_overdue(in_hours(0)) == 0
    for state, post in posts.items():
        expected = S.MISSED_SLOT if state in UNDECIDED else state
        assert fresh(post).state == expected
    assert fresh(soon).state == fresh(at_once).state == S.AWAITING_APPROVAL


@pytest.fixture
def author_in_time(clock, account, author):
    """An author whose roles are older than the stopped clock."""
    long_ago = in_hours(-1000)
    author.account_grants.update(granted_at=long_ago)
    author.completions.update(completed_on=long_ago.date())
    return author


@pytest.mark.django_db
def test_an_edit_that_changes_nothing_makes_no_revision(author, account):
    post = submitted(author, account)
    before = post.draft.revision
    assert edited(post, author).draft.revision == before
