"""The forms about an account: adding one, changing what is said of it, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundField

from accounts.forms.fields import SeveralField, day, line, platform, reason, seen, service_area
from accounts.forms.one_of_many import PersonField
from accounts.forms.safety import SAFETY, SafetyQuestions
from accounts.models import AccountState, SocialAccount, StrategicAim
from accounts.register.facts import DETAILS, fingerprint_of

PARTNERS = ("partner_name", "partner_contact")


@dataclass(frozen=True, slots=True)
class Section:
    """Some of a long form's questions, under a heading."""

    heading: str
    fields: list[BoundField]


class FactsForm(SafetyQuestions):
    """What the register says of an account; every fact but for its name may be found out later."""

    handle = line(
        "Handle",
        100,
        "As on the platform, with or without @",
        required=True,
        error_messages={"required": "Enter the account’s handle."},
    )
    name = line(
        "Name",
        120,
        "What people here call the account",
        required=True,
        error_messages={"required": "Enter the account’s name."},
    )
    url = line("Address", 300, "Where it is on the web. Left empty: made from the handle")
    service_area = service_area()
    purpose = line("Purpose", 300)
    audience = line("Audience", 300, "Whom it is for")
    aims = SeveralField(
        label="Strategic aims",
        queryset=StrategicAim.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Choose only aims on the list."},
    )
    opened_on = day("Day it was opened", required=False)
    predates_policy = forms.BooleanField(
        label="It was there before the council’s policy", required=False
    )
    partner_name = line("Partner’s name", 120, "Only where a partner runs the account")
    partner_contact = line("Partner’s contact", 200, "Only where a partner runs the account")
    branding_checked_on = day("Day the branding was checked", required=False)
    standards_checked_on = day("Day the standards were checked", required=False)
    last_post_on = day("Day of the last post", "As far as you know", required=False)

    headings = (
        ("The account", ("platform", "handle", "name", "url", "service_area", "owner", "deputy")),
        ("What it is for", ("purpose", "audience", "aims", "opened_on", "predates_policy")),
        ("Who runs it", ("run_by", *PARTNERS)),
        ("Safety", SAFETY),
        ("Checks", ("branding_checked_on", "standards_checked_on", "last_post_on")),
        ("Why", ("reason",)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is wrong is listed in the order of the page.
        self.order_fields([name for _, names in self.headings for name in names])
        self._offer_aims(StrategicAim.objects.in_use())

    def _offer_aims(self, aims: Any) -> None:
        self.fields["aims"].queryset = aims  # type: ignore[attr-defined]

    def sections(self) -> Iterator[Section]:
        """The questions by heading, for the page; a heading without a question is left out."""
        for heading, names in self.headings:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield Section(heading, fields)


class AnswerableForm(forms.Form):
    """Who answers for an account, and who stands in."""

    owner = PersonField(
        label="Site owner",
        help_text="Who answers for the account",
        empty_label="Choose a person",
        error_messages={"required": "Choose the site owner."},
    )
    deputy = PersonField(label="Deputy", required=False, empty_label="Nobody")


class NewAccountForm(AnswerableForm, FactsForm):
    platform = platform()
    run_by = forms.ChoiceField(
        label="Who runs the account?",
        choices=[
            ("council", "The council"),
            ("partner", "A partner: it is listed and watched, never published to"),
        ],
        initial="council",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who runs the account."},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("run_by") == "partner" and not given.get("partner_name"):
            self.add_error("partner_name", "Enter the partner’s name.")
        return given

    def facts(self) -> dict[str, Any]:
        """What `register_account` is called with."""
        given = dict(self.cleaned_data)
        return {**given, "is_partners": given.pop("run_by") == "partner"}


class ChangeAccountForm(FactsForm):
    """Opens with what the register says; `seen` tells whether that changed meanwhile."""

    reason = reason()
    seen = seen()

    def __init__(self, data: Any, account: SocialAccount, *, is_connected: bool) -> None:
        kept = {name: getattr(account, name) for name in DETAILS if name != "aims"}
        kept |= {"aims": list(account.aims.all()), "seen": fingerprint_of(account)}
        super().__init__(data, initial=kept)
        self.fields["url"].help_text = "Where it is on the web"
        self.fields["last_post_on"].show_hidden_initial = True
        has_them = Q(is_in_use=True) | Q(pk__in=[aim.pk for aim in kept["aims"]])
        self._offer_aims(StrategicAim.objects.filter(has_them))
        if is_connected:
            # The platform confirmed it.
            del self.fields["handle"]
        if account.state != AccountState.PARTNER:
            for name in PARTNERS:
                del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """What `change_account` is called with.

        The day of the last post only where somebody changed it: meanwhile it may have moved on.
        """
        given = dict(self.cleaned_data)
        if "last_post_on" not in self.changed_data:
            del given["last_post_on"]
        return given


class ChangeAnswerableForm(AnswerableForm):
    reason = reason()


class AimForm(forms.Form):
    name = forms.CharField(
        label="Aim",
        max_length=200,
        help_text="As the council’s strategy words it",
        error_messages={"required": "Enter the aim."},
    )


class ChangeAimForm(AimForm):
    is_in_use = forms.BooleanField(
        label="It can be chosen for accounts",
        help_text="Accounts that have it keep it either way.",
        required=False,
    )


class PublicSearchForm(forms.Form):
    words = line("Name, handle or address of an account", 300)
