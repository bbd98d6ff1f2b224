"""The form that takes a file of posts."""

from __future__ import annotations

from pages.csv_upload import CsvUploadForm
from publishing.importing.columns import MAX_BYTES


class PostsForm(CsvUploadForm):
    max_bytes = MAX_BYTES
