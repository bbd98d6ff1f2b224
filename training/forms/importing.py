"""The form that takes a file of completions."""

from __future__ import annotations

from pages.csv_upload import CsvUploadForm
from training.importing.columns import MAX_BYTES


class CompletionsForm(CsvUploadForm):
    max_bytes = MAX_BYTES
