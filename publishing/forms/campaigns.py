"""The form of a campaign."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.fields import day, line
from accounts.forms.one_of_many import PersonField
from accounts.models import ServiceArea, StrategicAim, User
from publishing.actions.campaigning import Plan
from publishing.models import Campaign


class CampaignForm(forms.Form):
    name = line(
        "Name",
        100,
        "For example, Recycle right",
        required=True,
        error_messages={"required": "Enter a name."},
    )
    purpose = forms.CharField(
        label="Purpose",
        help_text="What is to be different once it is over, and how you will know",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = PersonField(
        label="Who looks after it?", error_messages={"required": "Choose who looks after it."}
    )
    aim = forms.ModelChoiceField(
        StrategicAim.objects.none(), label="Strategic aim", required=False, empty_label="None"
    )
    service_area = forms.ModelChoiceField(
        ServiceArea.objects.all(),
        label="Service area",
        required=False,
        empty_label="The whole council",
    )
    starts_on = day(
        "First day", "Leave it empty if it has begun. For example, 31/03/2027", required=False
    )
    ends_on = day(
        "Last day", "Leave it empty if it has no end. For example, 31/03/2027", required=False
    )

    def __init__(self, data: Any, *, by: User, campaign: Campaign | None = None) -> None:
        names = ("name", "purpose", "owner", "aim", "service_area", "starts_on", "ends_on")
        known = {name: getattr(campaign, name) for name in names} if campaign else {"owner": by}
        super().__init__(data, initial=known)
        aims = StrategicAim.objects.in_use()
        if campaign and campaign.aim_id:
            aims |= StrategicAim.objects.filter(pk=campaign.aim_id)
        field: Any = self.fields["aim"]
        field.queryset = aims.order_by("name")

    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)
