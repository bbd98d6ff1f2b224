"""Topics to speak of with care: a post that touches one is told so, with the council’s guidance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.said import everything_of, shortened
from publishing.checks.language.tokens import Words, tokens
from publishing.composition import Composition
from publishing.models import Topic

SOURCE = Source(
    "Code of Recommended Practice on Local Authority Publicity, paragraph 2: care in periods of "
    "heightened sensitivity",
    "https://www.gov.uk/government/publications/recommended-code-of-practice-for-local-authority-publicity",
)


def topics_touched(texts: list[str]) -> dict[Topic, str]:
    """Each topic in use whose words are in these texts, with the first of them: one query."""
    found = [tokens(text) for text in texts]
    touched: dict[Topic, str] = {}
    for topic in Topic.objects.filter(archived_at__isnull=True):
        words = Words(topic.words.splitlines())
        match = next((match for each in found for match in words.among(each)), None)
        if match:
            touched[topic] = match.written
    return touched


def check_topics(composition: Composition, now: datetime) -> Iterator[Found]:
    texts = [said.text for said in everything_of(composition)]
    for topic, written in topics_touched(texts).items():
        if topic.is_sensitive:
            yield Found(
                f"“{shortened(written)}” touches “{topic.name}”. {topic.guidance}".strip(),
                about=topic.name,
                field="text",
            )


CHECK = Check(
    key="sensitive_topics",
    title="Nothing to speak of with special care",
    find=check_topics,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
