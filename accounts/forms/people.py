"""The forms about people and their roles."""

from __future__ import annotations

from django import forms

from accounts.forms.fields import day, reason
from accounts.forms.one_of_many import AccountField, PersonField
from accounts.models import ServiceArea, SocialAccount
from accounts.permissions import AccountRole, CorporateRole

GIVEN_ROLES = [(role.value, role.label) for role in CorporateRole if role != "member_of_staff"]


class PersonForm(forms.Form):
    name = forms.CharField(
        label="Full name", max_length=120, error_messages={"required": "Enter the full name."}
    )
    email = forms.EmailField(
        label="Work e-mail address",
        max_length=254,
        help_text="They sign in with it.",
        error_messages={
            "required": "Enter the work e-mail address.",
            "invalid": "Enter an e-mail address such as name@council.gov.uk.",
        },
    )
    job_title = forms.CharField(label="Job title", max_length=120, required=False)
    service_area = forms.ModelChoiceField(
        label="Service area",
        queryset=ServiceArea.objects.all(),
        required=False,
        empty_label="None",
    )
    manager = PersonField(label="Line manager", required=False, empty_label="None")


class CorporateRoleForm(forms.Form):
    role = forms.ChoiceField(
        label="Role",
        choices=GIVEN_ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )
    ends_on = day("Last day", "Leave empty if it has no planned end", required=False)
    reason = reason()


class AccountRoleForm(forms.Form):
    account = AccountField(
        SocialAccount.objects.exclude(state__in=("closed", "draft")),
        label="Account",
        error_messages={"required": "Choose an account."},
    )
    role = forms.ChoiceField(
        label="Role",
        choices=AccountRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )
    ends_on = day("Last day", "Leave empty if it has no planned end", required=False)
    reason = reason()


class ReasonForm(forms.Form):
    reason = reason()
