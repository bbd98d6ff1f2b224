"""Mentions for tests: as a platform reports them, and as stored rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone

from monitoring.models import Mention
from platforms.contract import FoundMention, MentionKind
from tests.factories import AccountFactory
from tests.model_factory import ModelFactory


def found(remote_id: str, said_at: datetime | None = None, **fields: Any) -> FoundMention:
    """A mention as an adapter reports it."""
    values: dict[str, Any] = {
        "kind": MentionKind.MENTION,
        "url": f"https://x.example/{remote_id}",
        "author_name": "Dee Marsh",
        "author_handle": "deemarsh",
        "text": "Thank you for mending the lamp on Mill Lane",
        "said_at": said_at or timezone.now(),
    }
    return FoundMention(remote_id=remote_id, **(values | fields))


class MentionFactory(ModelFactory[Mention]):
    class Meta:
        model = Mention

    account = factory.SubFactory(AccountFactory)
    kind = "mention"
    remote_id = factory.Sequence(lambda n: f"m{n}")
    author_name = "Dee Marsh"
    author_handle = "deemarsh"
    text = "Thank you for mending the lamp on Mill Lane"
    said_at = factory.Sequence(lambda n: timezone.now() - timedelta(minutes=n))
