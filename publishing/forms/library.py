"""Forms of the media library."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.fields import day, line
from accounts.models import ServiceArea
from publishing.actions.library.describing import FACTS, state_of
from publishing.forms.lenient import ManyFilesField, ManyFilesInput
from publishing.models import LegalBasis, Licence, MediaItem, People
from uploads.sniff import ACCEPTED


class UploadForm(forms.Form):
    pictures = ManyFilesField(
        label="Pictures or videos",
        help_text=f"{ACCEPTED}. Choose several at once if you like.",
        widget=ManyFilesInput(attrs={"accept": "image/*,video/mp4,video/quicktime,video/webm"}),
    )

    def clean_pictures(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["pictures"]
        if not files:
            raise forms.ValidationError("Choose at least one file")
        return files


class ItemForm(forms.Form):
    """What is known of one item; `seen` says which state of it the person saw."""

    title = forms.CharField(
        label="Title", max_length=200, error_messages={"required": "Enter a title"}
    )
    alt_text = forms.CharField(
        label="Alt text",
        max_length=1500,
        required=False,
        help_text="What somebody who cannot see it needs to know. Every post starts with it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    people = forms.ChoiceField(label="Who is in it?", choices=People, widget=forms.RadioSelect)
    keywords = line("Keywords", 300, "Words that colleagues search for")
    licence = forms.ChoiceField(
        label="Licence", choices=[("", "Not known"), *Licence.choices], required=False
    )
    licence_ends_on = day("Licence ends on", "The last day. Leave it empty if it has no end.",
                          required=False)  # fmt: skip
    source = line("Source", 300, "Who made it, or where it is from")
    credit = line("Credit", 200, "The words that must stand with it, if the licence asks for some")
    service_area = forms.ModelChoiceField(
        ServiceArea.objects.order_by("name"),
        label="Part of the council",
        required=False,
        empty_label="The whole council",
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, data: Any = None, *, item: MediaItem) -> None:
        kept = {name: getattr(item, name) for name in FACTS}
        kept["service_area"] = item.service_area_id
        initial = {**kept, "seen": state_of(item)}
        super().__init__(data, initial=initial, use_required_attribute=False)

    def facts(self) -> dict[str, Any]:
        """Only for a valid form."""
        return {name: self.cleaned_data[name] for name in FACTS}


class ConsentForm(forms.Form):
    who = forms.CharField(
        label="Who is shown?",
        max_length=200,
        help_text="Enough to know whom you mean, such as “Girl with the red kite”",
        error_messages={"required": "Say who is shown"},
    )
    legal_basis = forms.ChoiceField(
        label="Why may they be shown?",
        choices=LegalBasis,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why they may be shown"},
    )
    reference = forms.CharField(
        label="Reference",
        max_length=100,
        help_text="Where the form or the decision is kept",
        error_messages={"required": "Enter where the form or the decision is kept"},
    )
    given_on = day("Given on")
    expires_on = day("Counts until", "The last day. Leave it empty if it has no end.",
                     required=False)  # fmt: skip
    is_child = forms.BooleanField(label="It is a child", required=False)
    parent_reference = line(
        "Reference of the parent’s consent", 100, "Needed for a child: where it is kept"
    )


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=500,
        help_text="Kept in the audit trail, and shown with each takedown",
        error_messages={"required": "Say why it is withdrawn"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
