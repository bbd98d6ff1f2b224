"""The details of an entry: a mapping in Python, canonical JSON text in the database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import models

from audit.canonical import canonical_json


class DetailsField(models.TextField):
    """Keeps the exact text that was hashed.

    Not Django's JSONField: PostgreSQL's jsonb orders keys and re-writes numbers, and SQLite
    would let white space change unseen.
    """

    if TYPE_CHECKING:
        # What django-stubs asks for to know what is put in and got out.
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """Text from the database as a mapping. Damaged text is shown, not raised."""
        if value is None:
            return {}
        try:
            found = json.loads(value)
        except ValueError:
            found = None
        return found if isinstance(found, dict) else {"unreadable": value}

    def to_python(self, value: Any) -> Any:
        """A mapping from text or a mapping."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str:
        """The canonical text."""
        return value if isinstance(value, str) else canonical_json(value or {})
