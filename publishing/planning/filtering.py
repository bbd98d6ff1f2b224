"""The filter of the calendar: account, platform, part of the council, campaign, state, author."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from accounts.forms.one_of_many import AccountField
from accounts.models import ServiceArea, SocialAccount, User
from pages.long_select import LongSelect
from platforms import known
from publishing.models import UNDECIDED, Campaign, Post, PostState, Series
from publishing.models.posts import PostQuerySet
from publishing.models.series import SeriesQuerySet

OFF_THE_CALENDAR = (
    PostState.DRAFT,
    PostState.CHANGES_REQUESTED,
    PostState.WITHDRAWN,
    PostState.ARCHIVED,
)
"""States in which a post has no day of its own: they stand aside, or nowhere."""
ON_THE_CALENDAR = [state for state in PostState if state not in OFF_THE_CALENDAR]


class CalendarFilter(forms.Form):
    """What may be asked for; nonsense is left out and the calendar shows the rest."""

    account = AccountField(label="Account", required=False, empty_label="All accounts")
    platform = forms.ChoiceField(
        label="Platform", required=False, choices=lambda: [("", "All platforms"), *known.choices()]
    )
    area = forms.ModelChoiceField(
        label="Part of the council",
        required=False,
        queryset=ServiceArea.objects.all(),
        empty_label="All of it",
        widget=LongSelect,
    )
    campaign = forms.ModelChoiceField(
        label="Campaign",
        required=False,
        queryset=Campaign.objects.all(),
        empty_label="All campaigns",
        widget=LongSelect,
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "All states"), *((each.value, each.label) for each in ON_THE_CALENDAR)],
    )
    author = forms.CharField(label="Written by", max_length=100, required=False)

    def __init__(self, data: Any, *, reader: User) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["account"].offer(SocialAccount.objects.on_register(reader))  # type: ignore[attr-defined]
        self.reader = reader
        self.is_valid()

    def visible(self) -> PostQuerySet:
        """What the reader may see of the account that was asked for, or of all of them."""
        if account := self.cleaned_data.get("account"):
            return Post.objects.visible_on(account.pk, self.reader)
        return Post.objects.visible_to(self.reader)

    def narrow(self, posts: PostQuerySet) -> PostQuerySet:
        """`posts` narrowed down by everything but the account and the state."""
        asked = self.cleaned_data
        if asked.get("platform"):
            there = SocialAccount.objects.filter(platform=asked["platform"])
            posts = posts.on_accounts(there.order_by().values("pk"))
        if asked.get("area"):
            within = ServiceArea.objects.within(asked["area"])
            posts = posts.filter(service_area__in=within.order_by().values("pk"))
        if asked.get("campaign"):
            posts = posts.filter(version__campaign=asked["campaign"])
        if asked.get("author"):
            posts = posts.filter(author__in=User.objects.filter(name__icontains=asked["author"]))
        return posts

    def on_calendar(self) -> PostQuerySet:
        """Every post with a day of its own that is asked for and may be seen.

        What nobody has decided about and has no time waits aside: its day is not known yet.
        """
        posts = self.narrow(self.visible()).exclude(state__in=OFF_THE_CALENDAR)
        if state := self.cleaned_data.get("state"):
            posts = posts.filter(state=state)
        return posts.exclude(state__in=UNDECIDED, publish_at__isnull=True)

    def series(self) -> SeriesQuerySet:
        """What repeats, is asked for and may be seen; none where a state of posts is asked for."""
        asked = self.cleaned_data
        found = Series.objects.visible_to(self.reader)
        if asked.get("state"):
            return found.none()
        if asked.get("account"):
            found = found.filter(accounts=asked["account"])
        if asked.get("platform"):
            there = SocialAccount.objects.filter(platform=asked["platform"], series=OuterRef("pk"))
            found = found.filter(Exists(there))
        if asked.get("area"):
            within = ServiceArea.objects.within(asked["area"])
            found = found.filter(author__service_area__in=within.order_by().values("pk"))
        if asked.get("campaign"):
            found = found.filter(content__campaign_id=asked["campaign"].pk)
        if asked.get("author"):
            found = found.filter(author__name__icontains=asked["author"])
        return found

    @property
    def is_used(self) -> bool:
        return any(self.cleaned_data.values())
