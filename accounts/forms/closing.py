"""The forms of closing an account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.closing import OpenPost
from accounts.forms.fields import line
from accounts.forms.one_of_many import AccountField
from accounts.models import SocialAccount

CANCEL, CANCEL_ALL, MOVE = "cancel", "cancel_all", "move"


class ClosingForm(forms.Form):
    reason = line(
        "Why is it closed?",
        500,
        "Kept in the audit trail and in the archive",
        required=True,
        error_messages={"required": "Enter a reason."},
    )


class GiveUpForm(forms.Form):
    reason = line(
        "Why is it not closed?",
        500,
        "Kept in the audit trail",
        required=True,
        error_messages={"required": "Enter a reason."},
    )


class SettlePostsForm(forms.Form):
    """Which posts, and what becomes of them: the button that was pressed says it in `do`."""

    posts = forms.MultipleChoiceField(
        label="Posts",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one post.",
            "invalid_choice": "One of these posts is not open any more. Look again.",
        },
    )
    to = AccountField(
        label="Account to move them to",
        empty_label="Choose an account",
        error_messages={"required": "Choose the account to move them to."},
    )
    do = forms.ChoiceField(
        choices=[(CANCEL, CANCEL), (CANCEL_ALL, CANCEL_ALL), (MOVE, MOVE)],
        widget=forms.HiddenInput,
        error_messages={"required": "Choose what becomes of the posts."},
    )

    def __init__(
        self, data: Any, *, posts: Sequence[OpenPost], targets: QuerySet[SocialAccount]
    ) -> None:
        super().__init__(data)
        self._keys = [post.key for post in posts if not post.to_settle]
        self.fields["posts"].choices = [  # type: ignore[attr-defined]
            (post.key, f"{post.title}\n{post.state_in_words}, {post.when}, by {post.author}")
            for post in posts
            if not post.to_settle
        ]
        self.fields["to"].offer(targets)  # type: ignore[attr-defined]

    def full_clean(self) -> None:
        """Each button asks for its own answers; on the page neither question looks optional."""
        pressed = self.data.get("do")
        self.fields["posts"].required = pressed in (CANCEL, MOVE)
        self.fields["to"].required = pressed == MOVE
        super().full_clean()
        for name in ("posts", "to"):
            self.fields[name].required = True

    @property
    def keys(self) -> list[int]:
        """The posts that were meant."""
        if self.cleaned_data["do"] == CANCEL_ALL:
            return self._keys
        return [int(key) for key in self.cleaned_data["posts"]]

    @property
    def target(self) -> SocialAccount | None:
        """Where they go, if they are moved."""
        to: SocialAccount | None = self.cleaned_data["to"]
        return to if self.cleaned_data["do"] == MOVE else None
