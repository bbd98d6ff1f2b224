"""The forms of templates and snippets."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.fields import line, seen
from accounts.models import ServiceArea, SocialAccount, User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from platforms.registry import PLATFORMS
from publishing.actions.starting_points import state_of
from publishing.drafts import Content
from publishing.forms.lenient import LONGEST_TEXT, Text
from publishing.forms.planned import chosen, offer_aims, offer_campaigns, planned
from publishing.latest import latest_accounts
from publishing.models import PostTemplate, Snippet
from publishing.models.starting_points import StartingPoint
from publishing.starting_points.pattern import Pattern
from publishing.starting_points.rights import plans_for_all

FEW = 30
"""As many accounts are all offered; of more, those that the writer used lately."""
LATEST = "Those that you used lately. For others, write a post and save it as a template."
OWN = "Leave it empty to use the text for every account."


class WordsForm(forms.Form):
    """What the lists are searched for."""

    words = line("Words", 100)


class StartingPointForm(forms.Form):
    """What templates and snippets have in common: their name, and whose they are."""

    name = line("Name", 100, required=True, error_messages={"required": "Enter a name"})
    service_area = forms.ModelChoiceField(
        ServiceArea.objects.order_by("name"),
        label="Who is it for?",
        required=False,
        empty_label="The whole council",
    )
    seen = seen()

    def __init__(self, data: Any, *, by: User, point: StartingPoint, **initial: Any) -> None:
        known = {
            "name": point.name,
            "service_area": point.service_area_id if point.pk else by.service_area_id,
            "seen": state_of(point),
        }
        super().__init__(data, initial={**known, **initial}, use_required_attribute=False)
        self.by, self.point = by, point
        if not plans_for_all(by):
            del self.fields["service_area"]

    def common_facts(self) -> dict[str, Any]:
        mine = self.point.service_area if self.point.pk else self.by.service_area
        return {
            "name": " ".join(self.cleaned_data["name"].split()),
            "service_area": self.cleaned_data.get("service_area", mine),
        }


class SnippetForm(StartingPointForm):
    text = Text(
        label="Words",
        max_length=2000,
        help_text="They are put into a text as they stand here.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ("name", "text", "service_area")

    def __init__(self, data: Any, *, by: User, point: Snippet) -> None:
        super().__init__(data, by=by, point=point, text=point.text)

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError("Enter the words")
        return text

    def facts(self) -> dict[str, Any]:
        """Only for a valid form."""
        return {**self.common_facts(), "text": self.cleaned_data["text"]}


class TemplateForm(StartingPointForm):
    """Fields for the texts of platforms, and of accounts that have one in the template already."""

    guidance = line("Guidance", 500, "What to mind when one writes such a post")
    text = Text(
        label="Text",
        max_length=LONGEST_TEXT,
        help_text="Put what is to be filled in into square brackets, like [name of the road]. "
        "No post is sent while one of them is left.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    accounts = forms.MultipleChoiceField(
        label="Accounts", required=False, widget=forms.CheckboxSelectMultiple
    )
    platforms = forms.MultipleChoiceField(
        label="Platforms",
        required=False,
        help_text="Whoever uses the template posts on their own accounts there.",
        widget=forms.CheckboxSelectMultiple,
    )
    link = forms.CharField(label="Link", max_length=2000, required=False)
    tags_link = forms.BooleanField(label="Add campaign tags to the link", required=False)
    title = forms.CharField(label="Title of the post", max_length=100, required=False)
    campaign = forms.ChoiceField(label="Campaign", required=False)
    aim = forms.ChoiceField(label="Strategic aim", required=False)
    is_for_emergencies = forms.BooleanField(
        label="It is for emergencies",
        required=False,
        help_text="It is offered to whoever publishes in an emergency",
    )

    def __init__(
        self, data: Any, *, by: User, point: PostTemplate, pattern: Pattern | None = None
    ) -> None:
        kept = self.kept = pattern or Pattern.from_json(point.content)
        content = kept.content
        initial = {
            **{name: getattr(content, name) for name in ("text", "link", "tags_link", "title")},
            **chosen(content),
            "guidance": point.guidance,
            "is_for_emergencies": point.is_for_emergencies,
            "accounts": [str(pk) for pk in content.account_ids],
            "platforms": list(kept.platforms),
        }
        super().__init__(data, by=by, point=point, **initial)
        offer_campaigns(self.fields["campaign"], content, self.data.get("campaign", ""))
        offer_aims(self.fields["aim"], content)
        if not plans_for_all(by):
            del self.fields["is_for_emergencies"]
        self._offer_accounts(by)
        self._ask_for_own_texts()

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The fields under their headings, for the page."""
        own = [name for name in self.fields if name.startswith("text_")]
        parts = (
            ("The template", ("name", "guidance", "service_area", "is_for_emergencies")),
            ("What the post says", ("text", *own, "link", "tags_link", "title")),
            ("Where it goes out", ("accounts", "platforms")),
            ("What it is for", ("campaign", "aim")),
        )
        return [
            {"heading": heading, "fields": [self[name] for name in names if name in self.fields]}
            for heading, names in parts
        ]

    def facts(self) -> dict[str, Any]:
        """Only for a valid form."""
        given = self.cleaned_data
        return {
            **self.common_facts(),
            "guidance": given["guidance"],
            "content": self._pattern().to_json(),
            "is_for_emergencies": given.get(
                "is_for_emergencies", bool(self.point.pk and self.initial["is_for_emergencies"])
            ),
        }

    def _pattern(self) -> Pattern:
        given = self.cleaned_data
        accounts = tuple(int(pk) for pk in given["accounts"])
        own = ((pk, given.get(f"text_{pk}", "")) for pk, _ in self.kept.content.own_texts)
        texts = ((key, given[f"text_for_{key}"]) for key in PLATFORMS)
        return Pattern(
            Content(
                title=" ".join(given["title"].split()),
                text=given["text"],
                account_ids=accounts,
                own_texts=tuple((pk, text) for pk, text in own if text and pk in accounts),
                link=given["link"].strip(),
                tags_link=given["tags_link"],
                **planned(given["campaign"], given["aim"]),
            ),
            tuple(given["platforms"]),
            tuple((key, text) for key, text in texts if text),
        )

    def _offer_accounts(self, by: User) -> None:
        kept = self.kept.content.account_ids
        within = accounts_within_reach(by, Permission.WRITE_POST).live().publishable()
        if within.count() > FEW:
            within = within.filter(pk__in=latest_accounts(by))
            self.fields["accounts"].help_text = LATEST
        offered = (within | SocialAccount.objects.filter(pk__in=kept)).distinct()
        accounts = list(offered.order_by("name", "pk"))
        self.names = {account.pk: str(account) for account in accounts}
        choices: Any = self.fields["accounts"]
        choices.choices = [(str(pk), name) for pk, name in self.names.items()]
        if not accounts:
            self.fields["accounts"].help_text = "There is no account that you may write for."
        platforms: Any = self.fields["platforms"]
        platforms.choices = [(key, platform.name) for key, platform in PLATFORMS.items()]

    def _ask_for_own_texts(self) -> None:
        texts = dict(self.kept.platform_texts)
        for key, platform in PLATFORMS.items():
            asked = _own_text(f"Text for {platform.name}", texts.get(key, ""))
            self.fields[f"text_for_{key}"] = asked
        for pk, text in self.kept.content.own_texts:
            if pk in self.names:
                self.fields[f"text_{pk}"] = _own_text(f"Text for {self.names[pk]}", text)


def _own_text(label: str, kept: str) -> forms.Field:
    return Text(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        help_text=OWN,
        initial=kept,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
