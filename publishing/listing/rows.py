"""The rows of the list: posts with their people and the names of their accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Aggregate, OuterRef, Subquery, TextField

from accounts.models import SocialAccount
from pages.addresses import address_of
from publishing.models import Post, PostState, VersionText
from publishing.models.posts import PostQuerySet


class Row(NamedTuple):
    """What a row shows; the template names the parts in this order."""

    post: Post
    address: str
    accounts: str
    state: PostState


class IdList(Aggregate):
    """Numbers with commas between them."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def with_account_ids(posts: PostQuerySet) -> PostQuerySet:
    """`posts`, each with the ids of its newest version's accounts, in the same query."""
    texts = VersionText.objects.filter(version=OuterRef("version")).order_by().values("version")
    return posts.annotate(account_ids=Subquery(texts.annotate(ids=IdList("account")).values("ids")))


def rows_of(
    posts: Iterable[Post], *, reader_id: int, accounts: Mapping[str, SocialAccount]
) -> list[Row]:
    """`accounts` by their ids as text; those that the reader does not know are not named."""
    return [
        Row(
            post,
            _address(post, is_mine=post.author_id == reader_id),
            _accounts(post, accounts),
            PostState(post.state),
        )
        for post in posts
    ]


def _address(post: Post, *, is_mine: bool) -> str:
    """Where its link goes: one's own drafts open in the form."""
    editable = post.state in (PostState.DRAFT, PostState.CHANGES_REQUESTED)
    return address_of("post_edit" if editable and is_mine else "post", post.pk)


def _accounts(post: Post, known: Mapping[str, SocialAccount]) -> str:
    ids = str(getattr(post, "account_ids", None) or "").split(",")
    named = [known[pk] for pk in ids if pk in known]
    return ", ".join(sorted(f"{account.platform_name}: {account.name}" for account in named))
