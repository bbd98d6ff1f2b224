"""The filter of the list of posts: words, people, parts of the council, where, when, what for."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connections, models
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.forms import fields
from accounts.forms.one_of_many import AccountField
from accounts.models import ServiceArea, SocialAccount, User
from accounts.risk.reviews import with_score
from pages.long_select import LongSelect
from platforms.registry import PLATFORMS
from publishing.listing.tabs import Tab
from publishing.models import Campaign, Post, Version, VersionFinding
from publishing.models.posts import PostQuerySet

MOST_WORDS = 10


class Due(models.TextChoices):
    """When a post goes out; what goes out once approved is due from the moment it was sent."""

    TODAY = "today", "Today"
    WEEK = "week", "In the next 7 days"
    SOON = "soon", "Within 2 hours, or waiting longer already"


class PostFilter(forms.Form):
    """What may be asked for in a tab; nonsense is left out and the list shows the rest."""

    words = forms.CharField(label="Words in the post", max_length=100, required=False)
    account = AccountField(label="Account", required=False, empty_label="All accounts")
    author = forms.CharField(label="Written by", max_length=100, required=False)
    service_area = fields.service_area(required=False, empty_label="All service areas")
    state = forms.ChoiceField(label="Status", required=False)
    due = forms.ChoiceField(
        label="Goes out", required=False, choices=[("", "Any time"), *Due.choices]
    )
    platform = forms.ChoiceField(
        label="Platform",
        required=False,
        choices=[("", "All platforms"), *((key, each.name) for key, each in PLATFORMS.items())],
    )
    campaign = forms.ModelChoiceField(
        label="Campaign",
        required=False,
        queryset=Campaign.objects.all(),
        empty_label="All campaigns",
        widget=LongSelect,
    )
    checked_again = forms.BooleanField(label="Needs a second check because of risk", required=False)
    answered = forms.BooleanField(label="The author answered a check", required=False)

    def __init__(self, data: Any, *, reader: User, tab: Tab) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["account"].offer(SocialAccount.objects.on_register(reader))  # type: ignore[attr-defined]
        states = [(str(state), state.label) for state in tab.states]
        self.fields["state"].choices = [("", "All"), *states]  # type: ignore[attr-defined]
        for name in _unasked(tab):
            del self.fields[name]
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
        for name, narrow in _NARROW.items():
            if value := asked.get(name):
                posts = narrow(posts, value)
        return posts

    def selected(self) -> list[dict[str, str]]:
        """What is filtered by, for the list of filters that can be taken away."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        words = {name: self._in_words(name, value) for name, value in asked.items()}
        return [
            {"name": name, "category": str(self.fields[name].label), "text": text}
            for name, text in words.items()
        ]

    def _in_words(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.fields[name], "choices", ())) if isinstance(value, str) else {}
        return "Yes" if value is True else str(choices.get(value, value))


def _unasked(tab: Tab) -> set[str]:
    """What would make no difference in a tab. A draft has no version yet, so nothing is known."""
    drafts = {"platform", "campaign", "checked_again", "answered", "due"} if tab.is_mine else set()
    return drafts | ({"state"} if len(tab.states) == 1 else set())


def _in_area(posts: PostQuerySet, area: ServiceArea) -> PostQuerySet:
    return posts.filter(service_area__in=list(ServiceArea.objects.within(area)))


def _due(posts: PostQuerySet, when: str) -> PostQuerySet:
    now = timezone.localtime()
    if when == Due.SOON:
        return posts.filter(due_at__lte=now + timedelta(hours=2))
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = 1 if when == Due.TODAY else 7
    until = midnight.replace(tzinfo=None) + timedelta(days=days)
    return posts.filter(due_at__gte=midnight, due_at__lt=timezone.make_aware(until))


def _on_platform(posts: PostQuerySet, platform: str) -> PostQuerySet:
    accounts = SocialAccount.objects.filter(platform=platform).order_by()
    return posts.on_accounts(list(accounts.values_list("pk", flat=True)))


def _checked_again(posts: PostQuerySet, asked: bool) -> PostQuerySet:
    high = with_score(SocialAccount.objects.live()).filter(
        risk_score__gte=settings.RISK_SECOND_CHECK_FROM
    )
    return posts.on_accounts(list(high.order_by().values_list("pk", flat=True)))


def _in_campaign(posts: PostQuerySet, campaign: Campaign) -> PostQuerySet:
    return posts.filter(version__in=campaign.versions.order_by().values("pk"))


def _answered(posts: PostQuerySet, asked: bool) -> PostQuerySet:
    # A query for each row that is walked, as in `PostQuerySet.on_accounts`, and for its reason.
    answers = VersionFinding.objects.filter(version=OuterRef("version")).exclude(answer="")
    first = Subquery(answers.order_by().values("pk")[:1])
    return posts.alias(an_answer=first).filter(an_answer__isnull=False)


_NARROW: dict[str, Callable[[PostQuerySet, Any], PostQuerySet]] = {
    "service_area": _in_area,
    "state": lambda posts, state: posts.filter(state=state),
    "due": _due,
    "platform": _on_platform,
    "campaign": _in_campaign,
    "checked_again": _checked_again,
    "answered": _answered,
}


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
