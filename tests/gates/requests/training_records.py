"""What is asked of completions from paper and from another system."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.gates.small_council import Council
from tests.training.records.sheets import sheet
from training.actions.importing import offer_completions
from training.models import Completion
from training.scans import Scan, keep_scan

Body = dict[str, Any]


def _offered(council: Council, about: str) -> list[Any]:
    """HR's: one good row, one bad."""
    data = _rows(council)
    return [offer_completions(by=council.people["hr"], name="lms.csv", data=data).pk]


def _rows(council: Council) -> bytes:
    day = timezone.localdate().isoformat()
    row = {"e-mail": council.people["leaver"].email, "course": council.course.slug, "day": day}
    return sheet({**row, "e-mail": council.people["staff"].email}, row)


def _scanned(council: Council, about: str) -> list[Any]:
    """The author's, who has a manager."""
    kept = Completion.objects.filter(user=council.people["author"])[0]
    kept.evidence = keep_scan(Scan(b"%PDF-1.4 gates", "pdf"))
    kept.save(update_fields=["evidence"])
    return [kept.pk]


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "completion_import": _offered,
    "completion_import_problems": _offered,
    "completion_import_take": _offered,
    "completion_scan": _scanned,
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "completion_import_new": lambda council, about: {
        "file": SimpleUploadedFile("lms.csv", _rows(council))
    },
}
