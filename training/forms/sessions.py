"""What is typed about sessions and their bookings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import fields
from accounts.forms.one_of_many import PersonField
from accounts.models import User
from accounts.permissions import CorporateRole
from pages.days import midnight_after
from pages.local_time import LONDON, TimeProblem, clock_in_words, moment, typed_time
from training.actions.bookings import may_book_for
from training.models import Course, OpenTo, TrainingSession
from training.sessions.facts import SessionFacts

ROLES = [("", "Choose a role")] + [
    (role.value, role.label) for role in CorporateRole if role != CorporateRole.MEMBER_OF_STAFF
]
"""Everybody is at least a member of staff: that is “Everybody”."""


class ClockField(forms.CharField):
    """A time of day as people type it."""

    def __init__(self, label: str, called: str, example: str) -> None:
        super().__init__(
            label=label,
            max_length=20,
            help_text=f"For example, {example}",
            error_messages={"required": f"Enter {called}."},
        )

    def clean(self, value: Any) -> time:
        typed = super().clean(value)
        try:
            return typed_time(typed)
        except TimeProblem as wrong:
            raise ValidationError(f"{wrong.message}.") from wrong


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    fields: list[Any]


_SECTIONS = {
    "What": ("title", "about", "course"),
    "When": ("day", "starts", "ends"),
    "Where and with whom": ("place", "online_link", "trainer", "trainer_name"),
    "Places and booking": ("places", "open_to", "corporate_role", "service_area", "closes_on"),
    "For those who come": ("notes",),
}


class SessionForm(forms.Form):
    """Times are London’s. Booking closes at the end of a day, or when the session starts."""

    title = forms.CharField(
        label="Title", max_length=150, error_messages={"required": "Enter a title."}
    )
    about = forms.CharField(
        label="What it is about",
        help_text="Markdown: an empty line makes a paragraph, a hyphen a list",
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
    )
    course = forms.ModelChoiceField(
        label="Course that attending completes",
        help_text="Leave empty if it completes none",
        queryset=Course.objects.in_use(),
        required=False,
        empty_label="None",
        error_messages={"invalid_choice": "Choose a course on the list."},
    )
    day = fields.day("Day")
    starts = ClockField("Starts", "the time at which it starts", "10am or 14:30")
    ends = ClockField("Ends", "the time at which it ends", "11:30am or 16:00")
    place = fields.line(
        "Place", 200, "Room and building, with the address if people may not know it"
    )
    online_link = forms.URLField(
        label="Link",
        help_text="If people can join online. Only those who have a place see it",
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Enter a link in full, such as https://meet.example/abc."},
    )
    trainer = PersonField(label="Trainer who works here", required=False, empty_label="Nobody")
    trainer_name = fields.line("Trainer from outside", 120)
    places = forms.IntegerField(
        label="Number of places",
        min_value=1,
        max_value=1000,
        error_messages={
            "required": "Enter the number of places.",
            "invalid": "Enter the number of places as a number, such as 12.",
            "min_value": "Enter 1 or more places.",
            "max_value": "Enter 1,000 places or fewer.",
        },
    )
    open_to = forms.ChoiceField(
        label="Who may book",
        choices=OpenTo.choices,
        initial=OpenTo.EVERYBODY,
        widget=forms.RadioSelect,
        error_messages={"required": "Say who may book."},
    )
    corporate_role = forms.ChoiceField(
        label="Role", help_text="Only for “A role”", choices=ROLES, required=False
    )
    service_area = fields.service_area(required=False, help_text="Only for “A service area”")
    closes_on = fields.day(
        "Last day to book", "Leave empty to take bookings until it starts", required=False
    )
    notes = forms.CharField(
        label="Notes for those who come",
        help_text="What to bring, how to get in. They stand in the letters too",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )

    @property
    def sections(self) -> list[Section]:
        return [
            Section(heading, [self[name] for name in names]) for heading, names in _SECTIONS.items()
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in ("starts", "ends"):
            if found.get("day") and found.get(name) is not None:
                self._moment(name, found)
        if found.get("open_to") != OpenTo.CORPORATE_ROLE:
            found["corporate_role"] = ""
        if found.get("open_to") != OpenTo.SERVICE_AREA:
            found["service_area"] = None
        return found

    def _moment(self, name: str, found: dict[str, Any]) -> None:
        try:
            found[f"{name}_at"] = moment(found["day"], found[name]).at
        except TimeProblem as wrong:
            self.add_error(name, f"{wrong.message}.")

    @property
    def facts(self) -> SessionFacts:
        """What was typed, once it is right."""
        typed = self.cleaned_data
        names = (
            "title", "about", "course", "starts_at", "ends_at", "place", "online_link", "trainer",
            "trainer_name", "places", "open_to", "corporate_role", "service_area", "notes",
        )  # fmt: skip
        closes_at = _closes_at(typed["closes_on"], typed["starts_at"])
        return SessionFacts(closes_at=closes_at, **{name: typed[name] for name in names})


def _closes_at(last_day: date | None, starts_at: datetime) -> datetime:
    """At the end of that day; on the day of the session itself, when it starts."""
    if last_day is None or last_day == starts_at.astimezone(LONDON).date():
        return starts_at
    return midnight_after(last_day)


def as_typed(session: TrainingSession) -> dict[str, Any]:
    """What the form of a session begins with."""
    starts, ends = session.starts_at.astimezone(LONDON), session.ends_at.astimezone(LONDON)
    same = (
        "title", "about", "course", "place", "online_link", "trainer", "trainer_name", "places",
        "open_to", "corporate_role", "service_area", "notes",
    )  # fmt: skip
    closes = session.closes_at.astimezone(LONDON)
    return {
        **{name: getattr(session, name) for name in same},
        "day": starts.date(),
        "starts": clock_in_words(starts),
        "ends": clock_in_words(ends),
        "closes_on": None if session.closes_at == session.starts_at else _last_day(closes),
    }


def _last_day(closes: datetime) -> date:
    """The day whose end that is."""
    return date.fromordinal(closes.date().toordinal() - 1)


class BookForForm(forms.Form):
    """For whom `by` may book."""

    person = PersonField(label="Person", error_messages={"required": "Choose a person."})

    def __init__(self, *args: Any, by: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by = by

    def clean_person(self) -> User:
        person: User = self.cleaned_data["person"]
        if not may_book_for(self.by, person):
            raise ValidationError("Choose somebody whom you manage.")
        return person


class AnywayForm(forms.Form):
    """Nothing to enter: the button is the answer."""
