"""What is asked of conversations about conduct: the manager's with the author."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.gates.small_council import Council
from training.actions.conversations import record_conversation
from training.models import About

Body = dict[str, Any]


def _conversation(council: Council, about: str) -> list[Any]:
    made = record_conversation(
        by=council.people["manager"],
        person=council.people["author"],
        held_on=timezone.localdate(),
        about=About.WELFARE,
        said="How the week was",
        follow_up_on=timezone.localdate(),
    )
    return [made.pk]


def _author(council: Council, about: str) -> list[Any]:
    return [council.people["author"].pk]


_TEXT: Body = {"text": "It went well."}
PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "conversation": _conversation,
    "conversation_comment": _conversation,
    "conversation_correct": _conversation,
    "conversation_follow_up": _conversation,
    "conversations_of": _author,
    "conversation_new": _author,
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "conversation_comment": lambda council, about: _TEXT,
    "conversation_correct": lambda council, about: _TEXT,
    "conversation_follow_up": lambda council, about: _TEXT,
    "conversation_new": lambda council, about: {
        "held_on": timezone.localdate().strftime("%d/%m/%Y"),
        "about": "other",
        "said": "How the week was",
    },
}
