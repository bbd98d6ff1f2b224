"""The rows of the list: posts with their people and the names of their accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Aggregate, Exists, OuterRef, Subquery, TextField

from accounts.models import SocialAccount, User
from pages.addresses import address_of
from publishing.models import Emergency, Post, PostState, VersionText
from publishing.models.posts import PostQuerySet
from publishing.routes.nudges import Nudged, nudged


class Row(NamedTuple):
    """What a row shows; the template names the parts in this order."""

    post: Post
    address: str
    accounts: str
    state: PostState
    nudged: Nudged | None
    """That somebody was reminded of it, or it was escalated."""


class IdList(Aggregate):
    """Numbers with commas between them."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def with_account_ids(posts: PostQuerySet) -> PostQuerySet:
    """`posts`, each with the ids of its newest version's accounts, and whether that version went
    out in an emergency (`at_once`), in the same query.
    """
    at_once = Exists(Emergency.objects.filter(version=OuterRef("version")))
    texts = VersionText.objects.filter(version=OuterRef("version")).order_by().values("version")
    ids = Subquery(texts.annotate(ids=IdList("account")).values("ids"))
    return posts.annotate(account_ids=ids, at_once=at_once)


def rows_of(posts: Sequence[Post], *, reader: User) -> list[Row]:
    """Accounts that the reader does not know are not named. One query, and two for what waits."""
    ids = {pk for post in posts for pk in account_ids_of(post)}
    reminders = nudged(posts)
    known = SocialAccount.objects.on_register(reader).only("name", "platform").in_bulk(ids)
    return [
        Row(
            post,
            _address(post, is_mine=post.author_id == reader.pk),
            _accounts(post, known),
            PostState(post.state),
            reminders.get(post.version_id or 0),
        )
        for post in posts
    ]


def _address(post: Post, *, is_mine: bool) -> str:
    """Where its link goes: one's own drafts open in the form."""
    editable = post.state in (PostState.DRAFT, PostState.CHANGES_REQUESTED)
    return address_of("post_edit" if editable and is_mine else "post", post.pk)


def account_ids_of(post: Post) -> list[int]:
    return [int(pk) for pk in str(getattr(post, "account_ids", None) or "").split(",") if pk]


def _accounts(post: Post, known: Mapping[int, SocialAccount]) -> str:
    named = [known[pk] for pk in account_ids_of(post) if pk in known]
    return ", ".join(sorted(f"{account.platform_name}: {account.name}" for account in named))
