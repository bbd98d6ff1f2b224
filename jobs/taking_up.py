"""Taking up the files that were offered: once, under a lock; and forgetting the old ones."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jobs.actions import begin
from jobs.models import Job, JobState
from jobs.offered import KEPT, OfferedFile


def shown_name(name: str) -> str:
    """The name of a file as somebody sent it, fit to be shown."""
    return "".join(character for character in name if character.isprintable())[:100] or "file"


@transaction.atomic
def take_up(files: type[OfferedFile], file_id: int, *, kind: str, unit: str) -> Job:
    """Begin to take the good rows over; asked again, the answer is the same job.

    The caller has asked whether its sender may. Raises ValidationError where no row is good.
    """
    locked = lock(files, file_id)
    if locked.job:
        return locked.job
    if not locked.good:
        raise ValidationError("No row of this file can be imported.")
    title = f"Import of “{locked.name}”"
    locked.job = begin(kind=kind, about=locked.pk, title=title, by=locked.by, unit=unit)
    locked.save(update_fields=["job"])
    return locked.job


def lock(files: type[OfferedFile], file_id: int) -> Any:
    """The file, locked until the transaction ends. Raises DoesNotExist."""
    rows: Any = files._default_manager
    return rows.select_for_update(of=("self",)).get(pk=file_id)


def forget_old(files: type[OfferedFile], *, instead: str) -> int:
    """Delete those that nobody took over within `KEPT`, and what is left of the others.

    Their jobs then lead to the address `instead`.
    """
    rows: Any = files._default_manager
    old = rows.filter(at__lte=timezone.now() - KEPT)
    over = old.filter(Q(job=None) | Q(job__state__in=(JobState.DONE, JobState.FAILED)))
    with transaction.atomic():
        ids = list(over.select_for_update(of=("self",)).values_list("pk", flat=True))
        gone = rows.filter(pk__in=ids)
        Job.objects.filter(pk__in=gone.values("job")).update(result_url=instead)
        gone.delete()
    return len(ids)
