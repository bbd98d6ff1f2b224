"""Days that people may enter: none so far off that a calendar, or a database, ends there."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)

WITHIN_REASON = (
    MinValueValidator(FIRST_DAY, "Enter a day after 1899."),
    MaxValueValidator(LAST_DAY, "Enter a day before 2200."),
)
"""Validators for every field that takes a day."""
