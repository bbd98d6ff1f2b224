"""What somebody who leaves has begun and others go on with: drafts, and posts that repeat."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from accounts.access import explain
from accounts.handing_on import Thing
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.actions.repeating import lock_series
from publishing.drafts import Content
from publishing.locks import lock_post
from publishing.models import Post, PostState, Series, SeriesState

UNFINISHED = (PostState.DRAFT, PostState.CHANGES_REQUESTED)
"""What nobody else has to decide about now; what is approved is held once its author has left."""


class ForAccounts:
    """The accounts that a draft is for, as something to ask a right on."""

    def __init__(self, accounts: list[SocialAccount]) -> None:
        self.accounts = accounts

    def governed_accounts(self) -> list[SocialAccount]:
        return self.accounts


class Drafts:
    key = "drafts"
    one, several = "draft of a post", "drafts of posts"
    question = "Who finishes their drafts?"

    def begun_by(self, person: User) -> Sequence[Thing]:
        rows = self._unfinished(person).order_by("changed_at", "pk")
        return [Thing(str(post), reverse("post", args=[post.pk])) for post in rows]

    def hand_on(self, *, by: User | None, person: User, to: User, reason: str) -> None:
        """All of them, to somebody who may write on every account that they are for."""
        for post_id in list(self._unfinished(person).order_by("pk").values_list("pk", flat=True)):
            post = lock_post(post_id)
            if post.state not in UNFINISHED or post.author_id != person.pk:
                continue
            self._check_right(post, to)
            post.author = to
            post.save(update_fields=["author"])
            facts = {"before": {"person": person.name}, "after": {"person": to.name}}
            record(Event.POST_HANDED_ON, by=by, on=post, reason=reason, **facts)

    def _check_right(self, post: Post, to: User) -> None:
        wanted = set(Content.from_json(post.draft.content).account_ids)
        there = SocialAccount.objects.filter(pk__in=wanted).order_by("name", "pk")
        accounts = list(dict.fromkeys([*post.governed_accounts(), *there]))
        on = ForAccounts(accounts) if accounts else None
        missing = explain(to, Permission.WRITE_POST, on=on).missing
        if missing:
            why = " ".join(each.what for each in missing)
            raise ValidationError(
                {self.key: f"{to.name} cannot finish “{post}”: {why} Choose somebody else."}
            )

    def _unfinished(self, person: User) -> QuerySet[Post]:
        return Post.objects.filter(author=person, state__in=UNFINISHED)


drafts = Drafts()


class Repeating:
    """Posts that repeat: they are made on behalf of somebody who is here."""

    key = "repeating_posts"
    one, several = "repeating post", "repeating posts"
    question = "On whose behalf do their repeating posts go on?"

    def begun_by(self, person: User) -> Sequence[Thing]:
        rows = self._going_on(person).order_by("name", "pk")
        return [Thing(str(series), reverse("series", args=[series.pk])) for series in rows]

    def hand_on(self, *, by: User | None, person: User, to: User, reason: str) -> None:
        """All of them, to somebody who may write on every account that they are for."""
        for pk in list(self._going_on(person).order_by("pk").values_list("pk", flat=True)):
            series = lock_series(pk)
            if series.author_id != person.pk:
                continue
            if missing := explain(to, Permission.WRITE_POST, on=series).missing:
                why = " ".join(each.what for each in missing)
                words = f"{to.name} cannot write “{series}”: {why} Choose somebody else."
                raise ValidationError({self.key: words})
            series.give_to(to)
            series.save(update_fields=["author", "answers"])
            facts = {"before": {"person": person.name}, "after": {"person": to.name}}
            record(Event.SERIES_HANDED_ON, by=by, on=series, reason=reason, **facts)

    def _going_on(self, person: User) -> QuerySet[Series]:
        return Series.objects.filter(author=person).exclude(state=SeriesState.ENDED)


repeating_posts = Repeating()
