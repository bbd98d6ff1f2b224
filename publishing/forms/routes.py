"""The forms of approval routes and of absences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import fields
from accounts.forms.fields import SeveralField
from accounts.forms.one_of_many import PersonField
from accounts.models import ServiceArea, SocialAccount, User
from accounts.permissions import AccountRole, CorporateRole
from pages.long_select import LongSelect
from publishing.actions.routing import Named, RouteFacts
from publishing.forms.post_number import post_number
from publishing.models import Campaign, Route, Stage, Topic

ANYBODY = "Everybody with the right"
ROLES = [
    ("", ANYBODY),
    ("On the accounts", [(each.value, each.label) for each in AccountRole]),
    ("In the council", [(each.value, each.label) for each in CorporateRole]),
]
MOST_NAMED = 50


class PeopleField(forms.CharField):
    """People who work here, by their work e-mail addresses, one a line."""

    def __init__(self, **more: Any) -> None:
        rows = forms.Textarea(attrs={"rows": 3})
        super().__init__(required=False, max_length=5000, widget=rows, **more)

    def clean(self, value: Any) -> tuple[User, ...]:
        lines = dict.fromkeys(line.strip().lower() for line in super().clean(value).splitlines())
        wanted = [line for line in lines if line]
        if len(wanted) > MOST_NAMED:
            raise ValidationError(f"Name at most {MOST_NAMED} people.")
        found = {each.email.lower(): each for each in User.objects.employed().order_by("name")}
        if unknown := [line for line in wanted if line not in found]:
            raise ValidationError(f"Nobody who works here has the address {unknown[0][:100]}.")
        return tuple(found[line] for line in wanted)


def _hours(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, min_value=1, max_value=2000
    )


def _role(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=ROLES, widget=LongSelect)


class RouteForm(forms.Form):
    name = forms.CharField(
        label="Name of the route",
        max_length=100,
        error_messages={"required": "Enter a name for the route."},
    )
    is_active = forms.BooleanField(label="In use", required=False, initial=True)
    accounts = SeveralField(
        label="Accounts",
        help_text="Choose none for every account",
        queryset=SocialAccount.objects.none(),
        required=False,
    )
    service_areas = SeveralField(
        label="Service areas",
        help_text="Of the account or the post, with everything below. None: every area",
        queryset=ServiceArea.objects.all(),
        required=False,
    )
    topics = SeveralField(
        label="Topics",
        help_text="Found by their words. None: whatever the post is about",
        queryset=Topic.objects.filter(archived_at__isnull=True),
        required=False,
    )
    campaigns = SeveralField(
        label="Campaigns",
        help_text="None: with any campaign or without",
        queryset=Campaign.objects.none(),
        required=False,
    )
    risk_from = forms.IntegerField(
        label="Risk of the account, from",
        help_text="A score from 1 to 25. Empty: whatever the risk",
        required=False,
        min_value=1,
        max_value=25,
    )
    in_election = forms.BooleanField(label="Only in an election period", required=False)
    is_paid = forms.BooleanField(label="Only with paid promotion", required=False)
    approval_role = _role("Who gives the approval")
    approval_people = PeopleField(
        label="Or these people give the approval", help_text="One work e-mail address a line"
    )
    asks_second = forms.BooleanField(label="A second check is needed", required=False)
    second_role = _role("Who gives the second check")
    second_people = PeopleField(
        label="Or these people give the second check", help_text="One work e-mail address a line"
    )
    remind_after_h = _hours("Remind after, in hours", "Empty: as set for the whole council")
    escalate_after_h = _hours("Escalate after, in hours")
    escalate_to = PersonField(
        label="Escalate to",
        help_text="Who is told. It gives them no right to decide",
        required=False,
        empty_label="Nobody",
    )
    expire_after_h = _hours(
        "Send back to the author after, in hours", "Empty: as set for the whole council"
    )

    def __init__(self, *args: Any, route: Route | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        kept = list(route.campaigns.values_list("pk", flat=True)) if route else []
        campaigns = Campaign.objects.open() | Campaign.objects.filter(pk__in=kept)
        accounts = SocialAccount.objects.exclude(state="closed").order_by("name")
        self.fields["campaigns"].queryset = campaigns  # type: ignore[attr-defined]
        self.fields["accounts"].queryset = accounts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for stage in ("approval", "second"):
            if given.get(f"{stage}_role") and given.get(f"{stage}_people"):
                self.add_error(f"{stage}_people", "Choose a role or name people, not both.")
        return given

    def facts(self) -> RouteFacts:
        given = self.cleaned_data
        approval = Named(given["approval_role"], given["approval_people"])
        second = Named(given["second_role"], given["second_people"])
        stages = [(Stage.APPROVAL, approval)] if approval != Named() else []
        if given["asks_second"] or second != Named():
            stages.append((Stage.SECOND_CHECK, second))
        others = {
            name: value
            for name, value in given.items()
            if not name.startswith(("approval_", "second_", "asks_"))
        }
        return RouteFacts(stages=tuple(stages), **others)


def initial_of(route: Route) -> dict[str, Any]:
    """What the form shows of a route that is there."""
    initial: dict[str, Any] = {
        name: getattr(route, name)
        for name in RouteFacts.__dataclass_fields__
        if name not in ("stages", "accounts", "service_areas", "topics", "campaigns")
    }
    for name in ("accounts", "service_areas", "topics", "campaigns"):
        initial[name] = list(getattr(route, name).values_list("pk", flat=True))
    for row in route.stages.prefetch_related("people"):
        short = "approval" if row.stage == Stage.APPROVAL else "second"
        initial[f"{short}_role"] = row.role
        initial[f"{short}_people"] = "\n".join(each.email for each in row.people.all())
        initial["asks_second"] = initial.get("asks_second") or short == "second"
    return initial


class TryForm(forms.Form):
    post = forms.CharField(
        label="Post",
        max_length=500,
        help_text="Copy the address of its page here, or its number",
        error_messages={"required": "Enter the address of a post, or its number."},
    )

    def clean_post(self) -> int:
        number = post_number(self.cleaned_data["post"])
        if number is None:
            raise forms.ValidationError("Enter the address of a post, such as …/posts/12/")
        return number


class AbsenceForm(forms.Form):
    starts_on = fields.day("First day")
    ends_on = fields.day("Last day")
    cover = PersonField(
        label="Cover",
        help_text="Decides where a route names you, if they have the right to approve",
        required=False,
        empty_label="Nobody",
    )


class AbsenceOfForm(AbsenceForm):
    person = PersonField(
        label="Who is away",
        empty_label="Choose a person",
        error_messages={"required": "Choose who is away."},
    )
    field_order = ("person", "starts_on", "ends_on", "cover")
