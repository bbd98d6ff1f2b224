"""What the author says to each advisory finding: why it may stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from publishing.checks.answered import LONGEST_ANSWER
from publishing.checks.finding import Finding

PREFIX = "answer-"


class AnswersForm(forms.Form):
    """One question for each finding; the words given before stand in it already."""

    def __init__(self, findings: list[Finding], kept: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        for finding in findings:
            name = f"{PREFIX}{finding.key}"
            self.fields[name] = _question(finding)
            self.initial[name] = kept.get(finding.key, "")

    def answers(self) -> dict[str, str]:
        """By the finding's key, as `submit` takes them; only once the form is valid."""
        return {name.removeprefix(PREFIX): words for name, words in self.cleaned_data.items()}


def _question(finding: Finding) -> forms.CharField:
    return forms.CharField(
        label=finding.message,
        help_text="Say why it may stay, or change the post."
        + (f" Rule: {finding.rule}" if finding.rule else ""),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": f"Say why this may stay, or change the post: {finding.message}",
            "max_length": f"Shorten your answer to {LONGEST_ANSWER} characters",
        },
    )
