"""The filter of the list of posts: words, account, author."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connections
from django.db.models import F, Func, Q

from accounts.forms.one_of_many import AccountField
from accounts.models import SocialAccount, User
from publishing.models import Post, Version
from publishing.models.posts import PostQuerySet

MOST_WORDS = 10


class PostFilter(forms.Form):
    """What may be asked for; nonsense is left out and the list shows the rest."""

    words = forms.CharField(label="Words in the post", max_length=100, required=False)
    account = AccountField(label="Account", required=False, empty_label="All accounts")
    author = forms.CharField(label="Written by", max_length=100, required=False)

    def __init__(self, data: Any, *, reader: User) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["account"].offer(SocialAccount.objects.on_register(reader))  # type: ignore[attr-defined]
        self.is_valid()

    def visible_to(self, reader: User) -> PostQuerySet:
        """What the reader may see of the account that was asked for, or of all of them."""
        if account := self.cleaned_data.get("account"):
            return Post.objects.visible_on(account.pk, reader)
        return Post.objects.visible_to(reader)

    def narrow(self, posts: PostQuerySet, *, drafts: bool) -> PostQuerySet:
        """`posts` with the words and the author. Drafts are found by their title only."""
        asked = self.cleaned_data
        if words := re.findall(r"\w+", asked.get("words", ""))[:MOST_WORDS]:
            posts = _with_words_in_title(posts, words) if drafts else _with_words(posts, words)
        if asked.get("author"):
            authors = User.objects.filter(name__icontains=asked["author"])
            posts = posts.filter(author__in=authors)
        return posts

    def selected(self) -> list[dict[str, str]]:
        """What is filtered by, for the list of filters that can be taken away."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        words = {name: str(value) for name, value in asked.items()}
        return [
            {"name": name, "category": str(self.fields[name].label), "text": text}
            for name, text in words.items()
        ]


def _with_words_in_title(posts: PostQuerySet, words: list[str]) -> PostQuerySet:
    for word in words:
        posts = posts.filter(title__icontains=word)
    return posts


def _with_words(posts: PostQuerySet, words: list[str]) -> PostQuerySet:
    """PostgreSQL answers from a text index (migration 0003); SQLite reads the versions."""
    versions = Version.objects.order_by()
    if connections[versions.db].vendor == "postgresql":
        vector = Func(
            F("title"), F("text"), function="publishing_words", output_field=SearchVectorField()
        )
        query = SearchQuery(
            " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
        )
        return posts.filter(
            version__in=versions.alias(words=vector).filter(words=query).values("pk")
        )
    for word in words:
        versions = versions.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return posts.filter(version__in=versions.values("pk"))
