"""The compose form: it takes what is typed and judges nothing, for the checks do."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.forms.one_of_many import AccountField
from accounts.models import SocialAccount, User
from accounts.models.social_accounts import SocialAccountQuerySet
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from pages.local_time import FIRST, SECOND, TimeProblem, parse
from pages.numbers import whole_number
from publishing.drafts import Content
from publishing.forms.lenient import (
    LONGEST_TEXT,
    AccountsField,
    ManyFilesField,
    ManyFilesInput,
    Text,
)
from publishing.forms.picture_fields import PictureFields
from publishing.forms.planned import chosen, offer_aims, offer_campaigns, planned, words_of
from publishing.latest import latest_accounts
from publishing.models import MediaFile, Post
from uploads.sniff import ACCEPTED


class ComposeForm(PictureFields, forms.Form):
    """Fields for the accounts, the texts and the pictures are made from what is chosen."""

    names_foreign_files = False
    typed = ""
    """The key of the account that was typed, as text."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    accounts = AccountsField(
        label="Where do you want to post?",
        error_messages={
            "invalid_choice": "Choose only accounts from the list: you may not write for the others"
        },
    )
    another = AccountField(
        label="Another account",
        required=False,
        help_text="Save to add it to the list above, where your latest accounts are",
    )
    text = Text(
        label="Text",
        max_length=LONGEST_TEXT,
        help_text="For every account. You can change it for each of them below.",
        widget=forms.Textarea(attrs={"rows": 7, "aria-describedby": "count"}),
    )
    title = forms.CharField(
        label="Title",
        max_length=1000,
        required=False,
        help_text="For our own lists. Only videos show it to the public.",
    )
    link = forms.CharField(
        label="Link",
        max_length=2000,
        required=False,
        help_text="The whole address, like https://www.wealdmoor.example/libraries",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    tags_link = forms.BooleanField(
        label="Add campaign tags to the link",
        required=False,
        help_text="They tell the website’s statistics which platform and campaign brought people",
    )
    campaign = forms.ChoiceField(
        label="Campaign",
        required=False,
        error_messages={"invalid_choice": "That campaign is closed. Choose another one"},
    )
    aim = forms.ChoiceField(
        label="Strategic aim",
        required=False,
        error_messages={"invalid_choice": "That aim is not in use any more. Choose another one"},
    )
    note = Text(
        label="Note for whoever decides",
        max_length=2000,
        required=False,
        help_text="It is never published.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    publish_on = forms.CharField(
        label="Day",
        max_length=40,
        required=False,
        help_text="For example, 23/11/2026. Leave day and time empty to publish once approved.",
        widget=forms.DateInput,
    )
    publish_time = forms.CharField(
        label="Time",
        max_length=20,
        required=False,
        help_text="In London, for example 9:30am or 14:30.",
        widget=forms.TimeInput,
    )
    publish_fold = forms.ChoiceField(
        label="That night the clocks go back, and this time comes twice. Which do you mean?",
        choices=[
            (FIRST, "The first (British Summer Time)"),
            (SECOND, "The second (Greenwich Mean Time)"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    pictures = ManyFilesField(
        label="Add pictures or a video",
        required=False,
        help_text=f"{ACCEPTED}. Choose several at once if you like.",
        widget=ManyFilesInput(attrs={"accept": "image/*,video/mp4,video/quicktime,video/webm"}),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        writer: User,
        content: Content,
        post: Post | None = None,
        revision: int = 0,
        key: uuid.UUID | None = None,
    ) -> None:
        super().__init__(
            data,
            files,
            initial={**_initial(content), "revision": revision, "key": key},
            use_required_attribute=False,
        )
        self.kept = content
        self.post = post
        offer_campaigns(self.fields["campaign"], content, self.data.get("campaign", ""))
        offer_aims(self.fields["aim"], content)
        within = accounts_within_reach(writer, Permission.WRITE_POST).live().publishable()
        self.choosable = self._choosable(within, writer)
        field = self.fields["accounts"]
        field.choices = _grouped(self.choosable.values())  # type: ignore[attr-defined]
        self.chosen = self._chosen()
        for account in self.chosen:
            self.fields[f"text_{account.pk}"] = _own_text(account, dict(content.own_texts))
        self.files_in_order = self._files()
        self.ask_about_files(content, writer)
        if not self._comes_twice():
            del self.fields["publish_fold"]

    def clean(self) -> dict[str, Any]:
        if self.names_foreign_files:
            self.add_error("pictures", "A picture that was named does not belong to this post")
        return self.cleaned_data

    def content(self) -> Content:
        """What was typed. Only for a valid form."""
        typed = self.cleaned_data
        own = ((account.pk, typed.get(f"text_{account.pk}", "")) for account in self.chosen)
        return Content(
            title=" ".join(typed["title"].split()),
            text=typed["text"],
            account_ids=tuple(account.pk for account in self.chosen),
            own_texts=tuple((pk, text) for pk, text in own if text and text != typed["text"]),
            link=typed["link"].strip(),
            **planned(typed["campaign"], typed["aim"]),
            note=typed["note"],
            tags_link=typed["tags_link"],
            publish_on=typed["publish_on"],
            publish_time=typed["publish_time"],
            publish_fold=typed.get("publish_fold", ""),
            media=self.attached(),
        )

    def own_text_fields(self) -> list[Any]:
        return [self[f"text_{account.pk}"] for account in self.chosen]

    def planned_words(self, content: Content) -> dict[str, str]:
        """What a content is for, in words."""
        return words_of(content, self.fields["campaign"], self.fields["aim"])

    def several(self, name: str) -> list[str]:
        """All values that came under one name."""
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    def _choosable(self, within: SocialAccountQuerySet, writer: User) -> dict[str, SocialAccount]:
        """Every account within reach; where there are many, those in use and the one typed."""
        kept = self.kept.account_ids
        another: Any = self.fields["another"]
        another.offer(within)
        if not another.is_line:
            del self.fields["another"]
            return _by_id(within, kept)
        posted = [whole_number(pk) for pk in self.several("accounts")]
        typed = self._typed_account(another)
        named = [*posted, *latest_accounts(writer), *([typed.pk] if typed else [])]
        return _by_id(within.filter(pk__in=[pk for pk in named if pk is not None]), kept)

    def _typed_account(self, another: Any) -> SocialAccount | None:
        """What stands on the line; what is wrong with it is said with the other errors."""
        try:
            found: SocialAccount | None = another.clean(self.data.get("another", ""))
        except ValidationError:
            return None
        self.typed = str(found.pk) if found else ""
        return found

    def _chosen(self) -> list[SocialAccount]:
        if self.is_bound:
            wanted = {*self.several("accounts"), self.typed}
        else:
            wanted = {str(pk) for pk in self.kept.account_ids}
        return [account for key, account in self.choosable.items() if key in wanted]

    def _files(self) -> list[MediaFile]:
        named: list[int | None]
        if self.is_bound:
            named = [whole_number(pk) for pk in self.several("media") if pk.isdecimal()]
        else:
            named = [attached.media_id for attached in self.kept.media]
        order = list(dict.fromkeys(pk for pk in named if pk is not None))
        files = MediaFile.objects.usable_in(self.post).in_bulk(order) if self.post else {}
        self.names_foreign_files = len(files) < len(set(named))
        return [files[pk] for pk in order if pk in files]

    def _comes_twice(self) -> bool:
        source = self.data if self.is_bound else self.initial
        try:
            when = parse(source.get("publish_on") or "", source.get("publish_time") or "")
        except TimeProblem:
            return False
        return when is not None and when.comes_twice


def _initial(content: Content) -> dict[str, Any]:
    kept = {**content.to_json(), **chosen(content)}
    kept["accounts"] = [str(pk) for pk in content.account_ids]
    kept["publish_fold"] = content.publish_fold or FIRST
    return kept


def _by_id(within: Any, chosen: Iterable[int]) -> dict[str, SocialAccount]:
    """Accounts that the writer may choose, and those that the draft has already."""
    accounts = (within | SocialAccount.objects.filter(pk__in=chosen)).distinct()
    return {str(account.pk): account for account in accounts.order_by("platform", "name", "pk")}


def _grouped(accounts: Iterable[SocialAccount]) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for account in accounts:
        label = f"{account.name} (@{account.handle})"
        groups.setdefault(account.platform_name, []).append((str(account.pk), label))
    return list(groups.items())


def _own_text(account: SocialAccount, own: dict[int, str]) -> forms.Field:
    return Text(
        label=f"Text for {account}",
        required=False,
        max_length=LONGEST_TEXT,
        help_text="Leave it empty to use the text for every account.",
        initial=own.get(account.pk, ""),
        widget=forms.Textarea(attrs={"rows": 4, "aria-describedby": "count"}),
    )
