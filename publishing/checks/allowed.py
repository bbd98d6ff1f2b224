"""What the council allows after all: words, addresses, telephone numbers and postcodes of its own.

They stand in one list with the words (`WordRule`), because whoever keeps them keeps both.
"""

from __future__ import annotations

from publishing.models import WordRule, WordRuleKind


def allowed_texts() -> frozenset[str]:
    """In small letters and without spaces: one query."""
    rules = WordRule.objects.filter(kind=WordRuleKind.EXCEPTION, removed_at__isnull=True)
    return frozenset(bare(text) for text in rules.values_list("text", flat=True))


def bare(text: str) -> str:
    return "".join(text.lower().split())
