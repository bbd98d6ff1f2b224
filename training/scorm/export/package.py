"""The ZIP file of an exported course."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from training.models import CourseVersion
from training.scorm.export.manifest import START, manifest_of
from training.scorm.export.page import page_of_course, paths_of
from training.scorm.manifest import NAME

_HERE = Path(__file__).parent
_OWN = ("course.js", "course.css")


def package_of(version: CourseVersion) -> BinaryIO:
    """The package, from its first byte, in a temporary file that is gone once it is closed."""
    page = page_of_course(version)
    made = tempfile.TemporaryFile(prefix="export-")  # noqa: SIM115 - the caller closes it
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        paths = paths_of(page, (START, *_OWN))
        archive.writestr(NAME, manifest_of(version, paths, has_quiz=page.has_quiz))
        archive.writestr(START, page.html)
        for name in _OWN:
            archive.writestr(name, (_HERE / name).read_bytes())
        for path, file in page.files.items():
            entry = zipfile.ZipInfo(path, date_time=(1980, 1, 1, 0, 0, 0))
            with (
                default_storage.open(str(file.file.name)) as kept,
                archive.open(entry, "w") as target,
            ):
                shutil.copyfileobj(kept, target)
    made.seek(0)
    return cast("BinaryIO", made)
