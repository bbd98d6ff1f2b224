"""A version in place of another that nobody typed: its time or its accounts are different."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from publishing.checks.answered import copy_findings
from publishing.composition import Composition
from publishing.digest import digest_of
from publishing.drafts import Content
from publishing.errors import Conflict
from publishing.models import Post, Version
from publishing.versions import make_version


def replace_version(
    post: Post, version: Version, composition: Composition, *, edited_by: User
) -> Version:
    """A new version of the locked post, made from `version` and submitted; the draft follows.

    What was approved must be void by now. The post itself is not saved. Raises Conflict if the
    rows of `version` are not what its digest says.
    """
    if digest_of(version) != version.digest:
        raise Conflict("This version was changed outside the product. Take the post back.")
    made = make_version(post, composition, edited_by=edited_by)
    copy_findings(version, made)
    now = timezone.now()
    post.submitted_at = post.changed_at = now
    post.due_at = made.publish_at or now
    keep_in_draft(post, Content.of_version(made))
    return made


def keep_in_draft(post: Post, content: Content) -> None:
    """Have the form of the locked post begin with this, whoever had it open."""
    draft = post.draft
    draft.content = content.to_json()
    draft.revision += 1
    draft.saved_at = timezone.now()
    draft.save()
