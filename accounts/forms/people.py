"""The form about a person."""

from __future__ import annotations

from django import forms

from accounts.forms.fields import service_area
from accounts.forms.one_of_many import PersonField


class PersonForm(forms.Form):
    name = forms.CharField(
        label="Full name", max_length=120, error_messages={"required": "Enter the full name."}
    )
    email = forms.EmailField(
        label="Work e-mail address",
        max_length=254,
        required=False,
        help_text="They sign in with it. Leave it empty for somebody who has none.",
        error_messages={
            "invalid": "Enter an e-mail address such as name@council.gov.uk.",
        },
    )
    staff_number = forms.CharField(
        label="Staff number",
        max_length=20,
        required=False,
        help_text="As on the payslip. Somebody without an e-mail address must have one.",
    )
    job_title = forms.CharField(label="Job title", max_length=120, required=False)
    service_area = service_area(required=False, empty_label="None")
    manager = PersonField(label="Line manager", required=False, empty_label="None")
