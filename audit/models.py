"""The audit trail: entries in one chain, and the chain's head.

No foreign keys: names are copied as text, so that an entry outlives what it tells of. The
triggers of migration 0002 refuse every change; `record.record` is the only way in.
"""

from __future__ import annotations

from django.db import models

from audit.canonical import GENESIS
from audit.entries import EntryQuerySet
from audit.fields import DetailsField


class Entry(models.Model):
    """One thing that happened. Hashed as `canonical.py` says."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_name = models.CharField(max_length=200)
    actor_email = models.CharField(max_length=254, blank=True)
    actor_id = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=45, blank=True)
    event = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64, blank=True)
    subject_name = models.CharField(max_length=300)
    details = DetailsField()
    reason = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        ordering = ("sequence",)
        # Each list filter, then the order of the list: a page is read from the index's end.
        indexes = (
            models.Index(fields=("event", "sequence"), name="audit_by_event"),
            models.Index(fields=("actor_id", "sequence"), name="audit_by_actor"),
            models.Index(
                fields=("subject_type", "subject_id", "sequence"), name="audit_by_subject"
            ),
            models.Index(fields=("at", "sequence"), name="audit_by_time"),
        )

    def __str__(self) -> str:
        return f"entry {self.sequence}: {self.event}"


class ChainHead(models.Model):
    """Where the chain ends: one row, written by the database itself when an entry is added.

    Whoever adds an entry locks it first, so that the chain never forks.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="audit_chain_has_one_head"),
        )

    def __str__(self) -> str:
        return f"head of the audit chain at entry {self.sequence}"
