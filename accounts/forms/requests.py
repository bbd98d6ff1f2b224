"""The forms of a request: one for each task, all of whose answers may wait, and the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q

from accounts.actions.request_people import ROLES
from accounts.forms.fields import SeveralField, line, platform, seen, service_area
from accounts.forms.one_of_many import PersonField
from accounts.forms.register import AnswerableForm
from accounts.models import AccountRequest, RequestState, StrategicAim, User
from accounts.models.requests import Answer
from accounts.requests.digest import ANSWERS, fingerprint_of_answers, fingerprint_of_people
from accounts.requests.tasks import ABOUT, CONTENT, EQUALITY, WHY, managers_to_choose

MOST = 2000


def _text(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PlaceForm(forms.Form):
    """Where the account is to be, and whose it is: the first thing that is asked."""

    platform = platform()
    handle = line(
        "Handle",
        100,
        "The name it is to have on the platform, with or without @",
        required=True,
        error_messages={"required": "Enter the handle."},
    )
    name = line(
        "Name",
        120,
        "What people here will call the account",
        required=True,
        error_messages={"required": "Enter the account’s name."},
    )
    service_area = service_area()


class Answers(forms.Form):
    """Opens with what was answered; `seen` tells whether that changed meanwhile."""

    names: tuple[str, ...] = ()
    seen = seen()

    def __init__(self, data: Any, request: AccountRequest) -> None:
        kept = {name: _said(request, name) for name in self.names}
        super().__init__(
            data, initial={**kept, "seen": fingerprint_of_answers(request, self.names)}
        )
        for name in self.names:
            # A task may be saved half done; what it still lacks stands on the list of tasks.
            self.fields[name].may_wait = True  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names}


def _said(request: AccountRequest, name: str) -> Any:
    if name == "aims":
        return list(request.account.aims.all())
    return getattr(request if name in ANSWERS else request.account, name)


class AboutForm(PlaceForm, Answers):
    names = ABOUT
    purpose = line("Purpose", 300, "What the account is for, in a sentence")


class WhyForm(Answers):
    names = WHY
    why = _text("What is it needed for?", "What residents get from it that they lack today")
    aims = SeveralField(
        label="Which strategic aims does it serve?",
        queryset=StrategicAim.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Choose only aims on the list."},
    )
    audience = line("Whom is it for?", 300, "For example, families with young children")
    why_not_existing = _text(
        "Why will an existing account not do?",
        "An account that is there already has readers, and people who look after it",
    )

    def __init__(self, data: Any, request: AccountRequest) -> None:
        super().__init__(data, request)
        kept = [aim.pk for aim in request.account.aims.all()]
        offered = StrategicAim.objects.filter(Q(is_in_use=True) | Q(pk__in=kept))
        self.fields["aims"].queryset = offered  # type: ignore[attr-defined]


class ContentForm(Answers):
    names = CONTENT
    content_kinds = _text("What will be posted?", "Kinds of posts, with an example or two")
    content_rhythm = line("How often?", 300, "For example, three times a week")
    content_first_weeks = _text("What will the first four weeks bring?")
    content_replies = _text("Who answers residents, and when?", "By name or team, and which hours")


def _yes_or_no(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Answer.choices, required=False, widget=forms.RadioSelect
    )


class EqualityForm(Answers):
    """The questions of the screening for equality impacts, in its words."""

    names = EQUALITY
    equality_adverse = _yes_or_no(
        "a. Could the account cause adverse impact or discriminate against different groups in"
        " the community?"
    )
    equality_adverse_why = _text("Explain the impact (a)", "Asked for if the answer is yes")
    equality_positive = _yes_or_no(
        "b. Does the account make a positive contribution to promoting equality?"
    )
    equality_positive_why = _text("Explain the contribution (b)", "Asked for if the answer is yes")
    equality_steps = _text(
        "c. What steps are you taking to mitigate, reduce, avoid or minimise the impacts?",
        "Asked for if there is an adverse impact",
    )


class PeopleForm(AnswerableForm):
    deputy = PersonField(
        label="Deputy",
        help_text="Who stands in for the owner",
        required=False,
        empty_label="Nobody yet",
    )
    seen = seen()

    def __init__(self, data: Any, request: AccountRequest) -> None:
        account = request.account
        kept = {"owner": account.owner_id, "deputy": account.deputy_id}
        super().__init__(data, initial={**kept, "seen": fingerprint_of_people(request)})
        self.fields["deputy"].may_wait = True  # type: ignore[attr-defined]


class OfficerForm(forms.Form):
    user = PersonField(
        label="Officer",
        empty_label="Choose a person",
        error_messages={"required": "Choose who is to use the account."},
    )
    role = forms.ChoiceField(
        label="What are they to do?",
        choices=[(role.value, role.label) for role in ROLES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they are to do."},
    )


class ManagerForm(forms.Form):
    """The line manager of the asker or of the owner, who is asked to support the request."""

    line_manager = forms.ModelChoiceField(
        label="Who is asked to support the request?",
        queryset=User.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a line manager.",
            "invalid_choice": "Choose a line manager on the list.",
        },
    )
    seen = seen()

    def __init__(self, data: Any, request: AccountRequest) -> None:
        kept = {"line_manager": request.line_manager_id, "seen": fingerprint_of_people(request)}
        super().__init__(data, initial=kept)
        offered = User.objects.filter(pk__in=[each.pk for each in managers_to_choose(request)])
        self.fields["line_manager"].queryset = offered  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        help_text="Whoever asked for the account reads it. Kept with your name",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter a reason."},
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class RequestFilter(forms.Form):
    """The list by state."""

    state = forms.ChoiceField(label="State", required=False, widget=forms.RadioSelect)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        choices: Sequence[tuple[str, str]] = [("", "All"), *RequestState.choices]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]
