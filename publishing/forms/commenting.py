"""The form of a comment."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from accounts.forms.one_of_many import PersonField
from accounts.models import User
from publishing.actions.commenting import LONGEST


class CommentForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Comment",
        max_length=LONGEST,
        help_text="Write @ and a whole name to ask somebody to look. It cannot be deleted.",
        error_messages={"required": "Write a comment"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asked = PersonField(label="Ask somebody to look", required=False, empty_label="Nobody")

    def __init__(self, data: Any = None) -> None:
        super().__init__(
            data,
            auto_id="comment_%s",
            initial={"key": uuid.uuid4()},
            use_required_attribute=False,
        )
        self.fields["asked"].offer(User.objects.employed())  # type: ignore[attr-defined]
