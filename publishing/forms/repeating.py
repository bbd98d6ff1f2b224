"""Forms of posts that repeat: when, and what they say from now on."""

from __future__ import annotations

import calendar
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.forms.fields import day, line
from accounts.models import SocialAccount
from pages.local_time import TimeProblem, typed_time
from publishing.actions.changing_series import Words
from publishing.actions.repeating import Rhythm
from publishing.drafts import Content
from publishing.forms.lenient import LONGEST_TEXT, Text
from publishing.models import Frequency, Series
from publishing.repeating.words import NTHS, clock_words

NO_END, ON_A_DAY, SO_OFTEN = "no_end", "on_a_day", "so_often"
_WHOLE = "Enter a whole number from {} to {}"


class Section:
    """A heading and the fields under it."""

    def __init__(self, heading: str, fields: Sequence[Any]) -> None:
        self.heading, self.fields = heading, fields


def number(label: str, least: int, most: int, help_text: str = "", **more: Any) -> Any:
    words = _WHOLE.format(least, most)
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
        **more,
    )


class WeekdaysField(forms.TypedMultipleChoiceField):
    """Not called optional, for every week needs one; whether it is there, the action says."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class RhythmForm(forms.Form):
    """When a post repeats. Nothing here is hidden: each question says when it counts."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    name = line(
        "What is it called?",
        100,
        "For our own lists. For example, Brown bin weeks",
        required=True,
        error_messages={"required": "Enter a name."},
    )
    frequency = forms.ChoiceField(
        label="How often does it come?",
        choices=Frequency,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often it comes."},
    )
    every = number(
        "Every how many weeks or months?", 1, 52, "1 is every week or month, 2 every second one"
    )
    weekdays = WeekdaysField(
        label="On which days of the week?",
        help_text="For a weekday of the month choose one, for a day of the month none.",
        choices=[(str(place), name) for place, name in enumerate(calendar.day_name)],
        coerce=int,
    )
    nth = forms.TypedChoiceField(
        label="Which of them in the month?",
        help_text="Only for a weekday of the month.",
        choices=[("", "Not by weekday"), *((str(place), name.title()) for place, name in NTHS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    day_of_month = number(
        "On which day of the month?",
        1,
        31,
        "Only for a day of the month. In a shorter month it is the last day.",
        required=False,
    )
    at = line(
        "At what time?",
        20,
        "In London, summer and winter. For example, 9:30am or 14:30",
        required=True,
        error_messages={"required": "Enter the time at which it goes out."},
    )
    starts_on = day("From which day on?", called="the day from which it repeats")
    ends = forms.ChoiceField(
        label="When does it end?",
        choices=[
            (NO_END, "When somebody ends it"),
            (ON_A_DAY, "On a day"),
            (SO_OFTEN, "After a number of posts"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it ends."},
    )
    ends_on = day("Last day", "Only if it ends on a day.", required=False)
    times = number("Number of posts", 1, 500, "Only if it ends after a number.", required=False)
    skips_bank_holidays = forms.BooleanField(label="Leave out bank holidays", required=False)
    days_ahead = number(
        "How many days before is each post made and sent for approval?",
        1,
        60,
        "Long enough for somebody to approve it in time",
    )

    headings: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("How often", ("name", "frequency", "every", "weekdays", "nth", "day_of_month")),
        ("When", ("at", "starts_on", "skips_bank_holidays")),
        ("How long", ("ends", "ends_on", "times")),
        ("Approval", ("days_ahead",)),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)

    @property
    def sections(self) -> Iterator[Section]:
        for heading, names in self.headings:
            if fields := [self[name] for name in names if name in self.fields]:
                yield Section(heading, fields)

    def clean_at(self) -> Any:
        try:
            return typed_time(self.cleaned_data["at"])
        except TimeProblem as problem:
            raise forms.ValidationError(problem.message) from None

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        self._ask(typed, "frequency", Frequency.MONTHLY, "day_of_month", "Enter the day: 1 to 31")
        which = "Choose which of the month’s weekdays"
        self._ask(typed, "frequency", Frequency.MONTHLY_WEEKDAY, "nth", which)
        self._ask(typed, "ends", ON_A_DAY, "ends_on", "Enter the last day")
        self._ask(typed, "ends", SO_OFTEN, "times", "Enter the number of posts")
        return typed

    def _ask(self, typed: dict[str, Any], about: str, value: str, name: str, words: str) -> None:
        if typed.get(about) == value and not typed.get(name) and name not in self.errors:
            self.add_error(name, words)

    def rhythm(self) -> Rhythm:
        """Only for a valid form."""
        typed = self.cleaned_data
        ends = typed["ends"]
        return Rhythm(
            name=typed["name"],
            frequency=Frequency(typed["frequency"]),
            at=typed["at"],
            starts_on=typed["starts_on"],
            every=typed["every"],
            weekdays=tuple(typed["weekdays"]),
            day_of_month=typed["day_of_month"],
            nth=typed["nth"],
            ends_on=typed["ends_on"] if ends == ON_A_DAY else None,
            times=typed["times"] if ends == SO_OFTEN else None,
            skips_bank_holidays=typed["skips_bank_holidays"],
            days_ahead=typed["days_ahead"],
        )


def begun_with(content: Content, name: str) -> dict[str, Any]:
    """What the form holds for a post that does not repeat yet."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {
        "key": uuid.uuid4(),
        "name": name[:100],
        "frequency": Frequency.WEEKLY,
        "every": 1,
        "at": content.publish_time,
        "starts_on": tomorrow,
        "ends": NO_END,
        "days_ahead": 14,
    }


class SeriesForm(RhythmForm):
    """Also what it says: texts, link and note."""

    title = line("Title", 100, "Only videos show it to the public.")
    text = Text(label="Text", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}))
    link = line("Link", 500)
    note = Text(
        label="Note for whoever decides",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, series: Series, accounts: list[SocialAccount]) -> None:
        self.series, self.accounts = series, accounts
        super().__init__(data, initial=_initial(series))
        own = dict(Content.from_json(series.content).own_texts)
        for account in accounts:
            self.fields[f"text_{account.pk}"] = Text(
                label=f"Text for {account}",
                required=False,
                max_length=LONGEST_TEXT,
                help_text="Leave it empty to use the text for every account.",
                initial=own.get(account.pk, ""),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        texts = tuple(f"text_{account.pk}" for account in accounts)
        said = ("title", "text", *texts, "link", "note")
        self.headings = (("What it says", said), *RhythmForm.headings)

    def words(self) -> Words:
        """Only for a valid form."""
        typed = self.cleaned_data
        return Words(
            title=" ".join(typed["title"].split()),
            text=typed["text"],
            link=typed["link"].strip(),
            note=typed["note"],
            own_texts=tuple((account.pk, typed[f"text_{account.pk}"]) for account in self.accounts),
        )


def _initial(series: Series) -> dict[str, Any]:
    content = Content.from_json(series.content)
    same = ("name", "frequency", "every", "nth", "day_of_month", "starts_on", "ends_on", "times",
            "skips_bank_holidays", "days_ahead", "revision")  # fmt: skip
    ends = ON_A_DAY if series.ends_on else SO_OFTEN if series.times else NO_END
    return {
        **{name: getattr(series, name) for name in same},
        "at": clock_words(series),
        "weekdays": [str(number) for number in series.weekdays],
        "ends": ends,
        "title": content.title,
        "text": content.text,
        "link": content.link,
        "note": content.note,
    }
