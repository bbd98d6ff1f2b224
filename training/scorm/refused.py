"""A package that is not taken, and why."""

from __future__ import annotations

from django.core.exceptions import ValidationError


class PackageRefused(ValidationError):
    """The words are for the person who uploaded it, and stand beside the field of the file."""

    def __init__(self, words: str) -> None:
        super().__init__({"package": words})
