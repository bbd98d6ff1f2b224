"""Questions asked of the audit trail, each answered from an index at any number of entries."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connections, models
from django.db.models import F, Func, Q

if TYPE_CHECKING:
    from audit.models import Entry  # noqa: F401 - named in a string below

CLOCK_SLACK = timedelta(hours=1)
"""By how much the server's clock may once have been put back without hiding an entry."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, narrowed."""

    def about(self, subject_type: str, subject_id: str) -> Self:
        """Those about one thing, e.g. `about("publishing.post", "12")`."""
        return self.filter(subject_type=subject_type, subject_id=subject_id)

    def between(self, start: datetime | None, end: datetime | None) -> Self:
        """Those from `start` up to but not at `end`.

        Entries stand in order of time but for a clock put back, so the times are first turned
        into a range of sequence numbers (two look-ups in the index by time): a page then reads
        that part of the chain only.
        """
        found = self
        every = self.model._default_manager.using(self.db)
        if start:
            first = every.filter(at__gte=start - CLOCK_SLACK).order_by("at", "sequence").first()
            found = (
                found.filter(at__gte=start, sequence__gte=first.sequence)
                if first
                else (found.none())
            )
        if end:
            last = every.filter(at__lt=end + CLOCK_SLACK).order_by("-at", "-sequence").first()
            found = found.filter(at__lt=end, sequence__lte=last.sequence) if last else found.none()
        return found

    def with_words(self, text: str) -> Self:
        """Those with all the words (or beginnings of words) in names or reason.

        PostgreSQL answers from a text index (migration 0002); SQLite reads along the chain.
        """
        words = re.findall(r"\w+", text)[:10]
        if not words:
            return self
        if connections[self.db].vendor == "postgresql":
            query = SearchQuery(
                " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
            )
            vector = Func(
                F("actor_name"),
                F("subject_name"),
                F("reason"),
                function="audit_words",
                output_field=SearchVectorField(),
            )
            return self.alias(words=vector).filter(words=query)
        found = self
        for word in words:
            found = found.filter(
                Q(actor_name__icontains=word)
                | Q(subject_name__icontains=word)
                | Q(reason__icontains=word)
            )
        return found
