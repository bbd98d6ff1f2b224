"""Consulting on a draft, and what a committee decided of it."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils import timezone

from accounts.forms.fields import day, line
from accounts.forms.one_of_many import PersonField
from training.actions.policy_publishing import usual_days
from training.forms.policies import Data
from training.models import (
    NEED_A_COMMITTEE,
    Interest,
    Opinion,
    PolicyKind,
    PolicyVersion,
    Verdict,
)

LONGEST = 5_000
OPINIONS = (
    (Opinion.SIGNED_OFF, "Sign off: the text can go ahead as it is"),
    (Opinion.CHANGES_ASKED, "Ask for changes"),
)


class ConsulteeForm(forms.Form):
    interest = forms.ChoiceField(
        label="On whose behalf",
        choices=Interest.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose on whose behalf they are asked."},
    )
    user = PersonField(
        label="Person here", required=False, help_text="They get a letter and a task on Home"
    )
    name = line("Name of somebody outside", 120, "Only if they cannot sign in here")
    body = line("Their organisation", 120, "For example, a trade union’s branch")
    answer_by = day("Answer by", called="the day to answer by")


class MoveDateForm(forms.Form):
    answer_by = day("Answer by", called="the day to answer by")


class OpinionForm(forms.Form):
    """A digest says which wording was on the page."""

    opinion = forms.ChoiceField(
        label="What do you say to this text?",
        choices=OPINIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Sign off, or ask for changes."},
    )
    words = forms.CharField(
        label="In your words",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text="Needed if you ask for changes",
    )
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class CommentForm(forms.Form):
    section = forms.ChoiceField(label="About", required=False)
    text = forms.CharField(
        label="Comment",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write a comment."},
    )

    def __init__(
        self, data: Data, *, sections: list[str], initial: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        field = self.fields["section"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", "The whole text"), *((each, each) for each in sections)]
        # Nothing is left out by leaving it: it begins with the whole text.
        field.may_wait = True  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = "Choose a section of the text as it is now."


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label="What we did about it",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Say what was done about it."},
    )


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Decision",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the decision."},
    )
    committee = line("Committee", 120)
    decided_on = day("Day", called="the day of the decision", example="31/03/2026")
    minute = line("Minute reference", 60, "For example, PC 42/26")
    link = forms.URLField(
        label="Link to the minute",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Enter a whole address, such as https://www.example.org/42."},
    )
    note = forms.CharField(
        label="Note", required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Data, *, version: PolicyVersion) -> None:
        super().__init__(data, initial={"digest": version.digest})
        if PolicyKind(version.document.kind) in NEED_A_COMMITTEE:
            field = self.fields["verdict"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = [each for each in Verdict.choices if each[0] != Verdict.NONE_NEEDED]
        else:
            self.fields["note"].help_text = "Needed where no committee is: say why"


class PublishForm(forms.Form):
    in_force_from = day("In force from", called="the day from which it is in force")
    needed_from = day(
        "Must be acknowledged by everybody from",
        "Until then acknowledgements of the version before still count",
        called="the day from which it must be acknowledged",
    )
    went_on_because = forms.CharField(
        label="Why it goes on without them",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="Kept in the audit trail",
    )
    digest = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Data, *, version: PolicyVersion, asks_why: bool) -> None:
        in_force, needed = usual_days(timezone.localdate())
        initial = {
            "in_force_from": in_force,
            "needed_from": needed,
            "digest": version.digest,
        }
        super().__init__(data, initial=initial)
        if not asks_why:
            del self.fields["went_on_because"]


class ReviewForm(forms.Form):
    note = forms.CharField(
        label="What you looked at",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="For example, new guidance, incidents of the year, questions from staff",
        error_messages={"required": "Say what you looked at."},
    )
    next_on = day("Next review by", called="the day of the next review")
