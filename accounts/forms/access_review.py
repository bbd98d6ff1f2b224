"""The form of an access review: for each role still needed or not, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from accounts.actions.access_reviews import Given
from accounts.models import ReviewedGrant, User

KEEPS, GOES = "keeps", "goes"


@dataclass(frozen=True, slots=True)
class Question:
    """One role as the page shows it: who has it, and the two fields about it."""

    row: ReviewedGrant
    is_own: bool
    keeps: BoundField
    reason: BoundField


class ReviewForm(forms.Form):
    """Each question may stay open until later; one that is answered needs all of its answer."""

    def __init__(self, *args: Any, rows: Sequence[ReviewedGrant], by: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.rows, self.by = rows, by
        for row in rows:
            name = row.grant.user.name
            self.fields[f"keeps_{row.pk}"] = forms.ChoiceField(
                label=f"Does {name} still need the role {row.grant.get_role_display()}?",
                choices=_choices(is_own=row.grant.user_id == by.pk),
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"keeps_{row.pk}"].may_wait = True  # type: ignore[attr-defined]
            self.fields[f"reason_{row.pk}"] = forms.CharField(
                label="Why it is removed",
                help_text="Only where the role is removed. Kept in the audit trail.",
                max_length=250,
                required=False,
            )

    @property
    def questions(self) -> list[Question]:
        return [
            Question(
                row,
                row.grant.user_id == self.by.pk,
                self[f"keeps_{row.pk}"],
                self[f"reason_{row.pk}"],
            )
            for row in self.rows
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in self.rows:
            answer, why = cleaned.get(f"keeps_{row.pk}"), cleaned.get(f"reason_{row.pk}")
            if answer == GOES and not why:
                self.add_error(f"reason_{row.pk}", f"Say why {row.grant.user.name} loses the role.")
            if why and answer != GOES:
                wrong = f"Choose “Remove” for {row.grant.user.name}, or leave the reason empty."
                self.add_error(f"keeps_{row.pk}", wrong)
        if not self.errors and not any(cleaned.get(f"keeps_{row.pk}") for row in self.rows):
            self.add_error(None, "Answer for one person at least.")
        return cleaned

    def answers(self) -> list[Given]:
        """What was answered; the rest stays open."""
        return [
            Given(row.pk, answer == KEEPS, self.cleaned_data[f"reason_{row.pk}"])
            for row in self.rows
            if (answer := self.cleaned_data[f"keeps_{row.pk}"])
        ]


def _choices(*, is_own: bool) -> list[tuple[str, str]]:
    remove = (GOES, "Remove: the role ends at once")
    return [remove] if is_own else [(KEEPS, "Still needs it"), remove]
