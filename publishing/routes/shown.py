"""The route of one post as pages show it: each stage, who gave it, who may give it, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import SocialAccount
from publishing.approvers import could_give
from publishing.composition import Composition, compose
from publishing.drafts import Content
from publishing.models import Approval, Decision, Post
from publishing.routes.asked import asked_of_draft
from publishing.routes.needed import Needed
from publishing.routes.stages import needed_for, needed_together
from publishing.routes.wording import names_in, who_in_words

MOST_PEOPLE = 5


@dataclass(frozen=True, slots=True)
class ShownStage:
    label: str
    because: str
    who: str
    given: Approval | None = None
    nobody: bool = False
    """Whether nobody can give it, the author and the editor apart."""


def route_of(post: Post) -> list[ShownStage]:
    """For the newest version; for what is in the form where there is none yet."""
    if post.version is None:
        return route_of_draft(post, compose(Content.from_json(post.draft.content)))
    approved = post.version.approvals.filter(decision=Decision.APPROVED)
    given = {each.stage: each for each in approved.select_related("decided_by")}
    own = {post.author_id, post.version.edited_by_id}
    return _shown(needed_for(post.version), post.governed_accounts(), own, given)


def route_of_draft(post: Post, draft: Composition) -> list[ShownStage]:
    if not draft.accounts:
        return []
    own = {post.author_id, post.draft.saved_by_id}
    return _shown(needed_together(asked_of_draft(post, draft)), draft.accounts, own, {})


def _shown(
    needed: Sequence[Needed],
    accounts: list[SocialAccount],
    own: set[int],
    given: dict[str, Approval],
) -> list[ShownStage]:
    names = names_in(needed)
    return [
        ShownStage(
            each.label,
            " and ".join(each.because),
            who_in_words(each, names),
            given.get(each.stage),
            each.stage not in given and not could_give(each, accounts).exclude(pk__in=own).exists(),
        )
        for each in needed
    ]
