"""Assigning a course or a policy: what, to whom, by when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from accounts.forms.fields import day
from accounts.forms.one_of_many import PersonField
from accounts.models import ServiceArea
from accounts.permissions import AccountRole, CorporateRole
from pages.long_select import LongSelect
from training.actions.assigning import When, Whom
from training.models import Course, Group, PolicyDocument, PolicyVersion

MOST_DAYS = 365


def _things() -> list[tuple[str, Any]]:
    """Courses and policies in use, by their kind and number."""
    courses = Course.objects.in_use()
    published = PolicyVersion.objects.published().filter(document=OuterRef("pk"))
    policies = PolicyDocument.objects.filter(Exists(published), archived_at=None)
    return [
        ("", "Choose a course or a policy"),
        ("Courses", [(f"course-{each.pk}", each.title) for each in courses]),
        ("Policies", [(f"policy-{each.pk}", each.title) for each in policies]),
    ]


def _roles() -> list[tuple[str, Any]]:
    everybody = CorporateRole.MEMBER_OF_STAFF
    return [
        ("", "Choose a role"),
        ("In the council", [(r.value, r.label) for r in CorporateRole if r != everybody]),
        ("On any social account", [(r.value, r.label) for r in AccountRole]),
    ]


class AssignmentForm(forms.Form):
    thing = forms.ChoiceField(
        label="What has to be learnt or accepted",
        choices=_things,
        widget=LongSelect,
        error_messages={
            "required": "Choose a course or a policy.",
            "invalid_choice": "Choose a course or a policy on the list.",
        },
    )
    whom = forms.ChoiceField(
        label="Who",
        choices=[
            ("everybody", "Everybody who works here, elected members included"),
            ("role", "Whoever has a role"),
            ("service_area", "A service area and everything below it"),
            ("person", "One person"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say who has to do it."},
    )
    role = forms.ChoiceField(
        label="Role", help_text="If it goes by role", choices=_roles, required=False
    )
    service_area = forms.ModelChoiceField(
        label="Service area",
        help_text="If it goes by service area",
        queryset=ServiceArea.objects.all(),
        required=False,
        widget=LongSelect,
        empty_label="Choose a service area",
    )
    person = PersonField(label="Person", help_text="If it is for one person", required=False)
    due_days = forms.IntegerField(
        label="Days to do it in",
        help_text="For each person from the day on which it begins for them, such as 28. "
        "Or leave this empty and give one day for all",
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
    )
    due_on = day(
        "One day for all",
        "Newcomers after that day have it due on their first day. For example, 31/03/2027",
        required=False,
    )
    holds_posting = forms.BooleanField(
        label="Nobody of them may post while it is overdue",
        help_text="They can write, move and approve posts again as soon as it is done",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        whom = cleaned.get("whom")
        if whom in _NAMES and whom not in self.errors and not cleaned.get(whom):
            self.add_error(whom, _NAMES[whom])
        days, on = cleaned.get("due_days"), cleaned.get("due_on")
        if not {"due_days", "due_on"} & set(self.errors):
            if days is None and on is None:
                self.add_error("due_days", "Enter a number of days, or one day for all.")
            elif days is not None and on is not None:
                self.add_error("due_on", "Enter a number of days or one day for all, not both.")
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What `assign` is given."""
        cleaned = self.cleaned_data
        kind, _, number = cleaned["thing"].partition("-")
        things: Any = Course if kind == "course" else PolicyDocument
        return {
            "thing": things.objects.get(pk=number),
            "whom": _whom(cleaned),
            "when": When(cleaned["due_days"], cleaned["due_on"]),
            "holds_posting": cleaned["holds_posting"],
        }


_NAMES = {
    "role": "Choose a role.",
    "service_area": "Choose a service area.",
    "person": "Choose a person.",
}


def _whom(cleaned: dict[str, Any]) -> Whom:
    match cleaned["whom"]:
        case "role":
            role = cleaned["role"]
            if role in AccountRole.values:
                return Whom(Group.ACCOUNT_ROLE, account_role=AccountRole(role))
            return Whom(Group.CORPORATE_ROLE, corporate_role=CorporateRole(role))
        case "service_area":
            return Whom(Group.SERVICE_AREA, service_area=cleaned["service_area"])
        case "person":
            return Whom(Group.PERSON, person=cleaned["person"])
    return Whom(Group.EVERYBODY)
