"""What is asked of the settings of the checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publishing.models import Topic, WordRule, WordRuleKind
from tests.gates.small_council import Council

Body = dict[str, Any]


def _rule(council: Council, about: str) -> list[Any]:
    kept, _ = WordRule.objects.get_or_create(
        text="Lewmoor", kind=WordRuleKind.EXCEPTION, added_by=council.people["officer"]
    )
    return [kept.pk]


def _topic(council: Council, about: str) -> list[Any]:
    kept, _ = Topic.objects.get_or_create(name="Parking", defaults={"words": "permit"})
    return [kept.pk]


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "check_set": lambda council, about: ["hashtags"],
    "word_remove": _rule,
    "topic_change": _topic,
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "check_set": lambda council, about: {"severity": "off", "reason": "In a test"},
    "words": lambda council, about: {"trial": "Open until eight"},
    "word_new": lambda council, about: {"text": "soon", "kind": "blocked"},
    "topic_new": lambda council, about: {"name": "Weather", "words": "snow"},
    "topic_change": lambda council, about: {"name": "Parking", "words": "permit"},
}
