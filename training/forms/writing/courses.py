"""What holds for every version of a course, and what holds for one."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms

from accounts.forms.fields import day, seen
from training.forms.writing.fields import Prose, line, number
from training.writing.words import CourseFacts, VersionSettings, token_of


class CourseForm(forms.Form):
    title = line("Title", 150, "Enter a title.")
    summary = forms.CharField(
        label="Summary",
        max_length=400,
        required=False,
        help_text="For whom it is, and what they can do afterwards.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Use at most 400 characters."},
    )
    valid_months = number(
        "How many months is it good for?",
        1,
        60,
        "A change counts for whoever completes it from now on.",
        initial=12,
    )
    grace_days = number(
        "Days of grace",
        0,
        90,
        "So long after it ran out people may still post. Enter 0 for none.",
        initial=0,
    )
    needed_to_write = forms.BooleanField(
        label="Whoever writes or approves posts needs this course",
        help_text="From the moment you save, people without it cannot post.",
        required=False,
    )
    needed_to_approve = forms.BooleanField(
        label="Whoever approves posts needs this course",
        help_text="From the moment you save, people without it cannot approve.",
        required=False,
    )
    seen = seen()

    def __init__(self, data: Any = None, *, facts: CourseFacts | None = None) -> None:
        initial = {**asdict(facts), "seen": token_of(facts)} if facts else {}
        super().__init__(data, initial=initial, use_required_attribute=False)

    def facts(self) -> CourseFacts:
        given = dict(self.cleaned_data)
        given.pop("seen")
        given["summary"] = " ".join(given["summary"].split())
        return CourseFacts(**given)


class VersionForm(forms.Form):
    pass_mark = number("Pass mark, per cent", 1, 100, "How much has to be right.")
    questions_drawn = number(
        "Questions in a quiz",
        0,
        50,
        "Drawn at random from the bank. Enter 0 for a course without a quiz.",
    )
    refresher_questions_drawn = number(
        "Questions in a refresher’s quiz", 0, 50, "Drawn from those that are in the refresher."
    )
    attempts_allowed = number(
        "Tries before the lessons have to be read again",
        1,
        20,
        "Leave it empty to let people try as often as they like.",
        required=False,
    )
    minutes = number("Minutes that the whole course takes", 1, 600, "With the quiz.")
    refresher_minutes = number("Minutes that the refresher takes", 1, 600)
    seen = seen()

    def __init__(self, data: Any = None, *, settings: VersionSettings) -> None:
        initial = {**asdict(settings), "seen": token_of(settings)}
        super().__init__(data, initial=initial, use_required_attribute=False)

    def settings(self) -> VersionSettings:
        given = dict(self.cleaned_data)
        given.pop("seen")
        return VersionSettings(**given)


NOBODY, EVERYBODY = "nobody", "everybody"


class PublishForm(forms.Form):
    what_changed = Prose(
        label="What changed?",
        rows=4,
        max_length=2000,
        help_text="One or two sentences for people who did an earlier version.",
    )
    asks = forms.ChoiceField(
        label="Who has to do it again?",
        choices=[
            (NOBODY, "Nobody: what people have stays good until it runs out"),
            (EVERYBODY, "Everybody, by a day that you name"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who has to do the course again."},
    )
    again_by = day(
        "By which day?",
        "Only if everybody has to do it again. For example, 31/03/2027",
        required=False,
        called="the day by which everybody has done it again",
    )
    seen = seen()

    def __init__(self, data: Any = None, *, token: str, is_first: bool) -> None:
        initial = {"seen": token, "asks": NOBODY if is_first else None}
        super().__init__(data, initial=initial, use_required_attribute=False)
        if is_first:
            del self.fields["what_changed"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("asks") == EVERYBODY and not given.get("again_by"):
            if "again_by" not in self.errors:
                self.add_error("again_by", "Enter the day by which everybody has done it again.")
        elif given.get("asks") == NOBODY:
            given["again_by"] = None
        return given


class StarterForm(forms.Form):
    needed = forms.ChoiceField(
        label="Should posting and approving need them from now on?",
        choices=[
            ("no", "No, I decide that later in the settings of each course"),
            ("yes", "Yes, nobody posts or approves until they have done theirs"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether posting needs the courses from now on."},
    )
