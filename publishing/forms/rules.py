"""The forms with which the checks are set: a severity, a word, a topic, and a text to try."""

from __future__ import annotations

from django import forms

from accounts.forms.fields import line, reason
from publishing.checks.finding import Severity
from publishing.models import WordRuleKind

SEVERITIES = (
    (Severity.BLOCKING, "Blocking: the post cannot be sent until it is put right"),
    (Severity.ADVISORY, "Advisory: the author says why it may stay"),
    (Severity.NOTE, "Note: it is told, and nobody has to answer"),
    (Severity.OFF, "Off: it is not looked for"),
)


class CheckForm(forms.Form):
    severity = forms.ChoiceField(
        label="How severe is it?",
        choices=[(severity.value, words) for severity, words in SEVERITIES],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how severe it is.",
            "invalid_choice": "Choose how severe it is.",
        },
    )
    reason = reason()


class WordForm(forms.Form):
    text = line(
        "Word or phrase",
        100,
        "Or an e-mail address, a telephone number or a postcode of the council",
        required=True,
        error_messages={"required": "Enter a word, a phrase, an address or a number."},
    )
    kind = forms.ChoiceField(
        label="What about it?",
        choices=[
            (WordRuleKind.BLOCKED, "It is not to be used"),
            (WordRuleKind.EXCEPTION, "It may be used, although it is like something listed"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what about it.",
            "invalid_choice": "Choose what about it.",
        },
    )
    reason = line("Reason", 300, "Shown to whoever uses it: what to write instead")


class TopicForm(forms.Form):
    name = line("Name", 100, required=True, error_messages={"required": "Enter a name."})
    words = forms.CharField(
        label="Words and phrases",
        help_text="One a line. A post that uses any of them touches the topic.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Enter at least one word."},
    )
    guidance = forms.CharField(
        label="Guidance",
        help_text="Shown to whoever writes about it",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_sensitive = forms.BooleanField(
        label="Whoever writes about it has to say why it may be published",
        required=False,
        initial=True,
    )


class ChangeTopicForm(TopicForm):
    is_in_use = forms.BooleanField(label="It is in use", required=False)


class TryForm(forms.Form):
    """What it says goes nowhere."""

    trial = forms.CharField(
        label="Try a text",
        help_text="See what the checks of words would say. Nothing is kept.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Shorten the text to 2,000 characters."},
    )
