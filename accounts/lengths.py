"""What is longer than its column: said in a sentence, before PostgreSQL says it in an error."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Model


def refuse_too_long(row: Model) -> None:
    """Raise ValidationError naming each text of `row` that is longer than its column."""
    errors = too_long(row)
    if errors:
        raise ValidationError(errors)


def too_long(row: Model) -> dict[str, str]:
    """What to say of each text of `row` that is longer than its column, by field."""
    errors = {}
    for field in row._meta.concrete_fields:
        longest, value = getattr(field, "max_length", None), getattr(row, field.attname)
        if longest and isinstance(value, str) and len(value) > longest:
            errors[field.name] = (
                f"The {field.verbose_name} must be {longest} characters or fewer;"
                f" this is {len(value):,}."
            )
    return errors
