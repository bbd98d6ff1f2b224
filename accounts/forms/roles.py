"""The forms in which roles are given, for the whole council or on one account."""

from __future__ import annotations

from django import forms

from accounts.forms.fields import last_day, reason, role
from accounts.forms.one_of_many import AccountField, PersonField
from accounts.models import SocialAccount
from accounts.permissions import AccountRole, CorporateRole

GIVEN_ROLES = [(role.value, role.label) for role in CorporateRole if role != "member_of_staff"]


class CorporateRoleForm(forms.Form):
    role = role(GIVEN_ROLES)
    ends_on = last_day()
    reason = reason()


class AccountRoleForm(forms.Form):
    """From the page of a person: on which account?"""

    account = AccountField(
        SocialAccount.objects.exclude(state__in=("closed", "draft")),
        label="Account",
        error_messages={"required": "Choose an account."},
    )
    role = role(AccountRole.choices)
    ends_on = last_day()
    reason = reason()


class GiveRoleForm(forms.Form):
    """From the page of an account: to whom?"""

    user = PersonField(
        label="Who",
        empty_label="Choose a person",
        error_messages={"required": "Choose a person."},
    )
    role = role(AccountRole.choices)
    ends_on = last_day()
    reason = reason()


class ChangeEndForm(forms.Form):
    ends_on = last_day()
    reason = reason()
