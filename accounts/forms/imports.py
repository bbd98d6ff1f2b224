"""The form that takes a file of accounts."""

from __future__ import annotations

from accounts.register.csv_file import MAX_BYTES
from pages.csv_upload import CsvUploadForm


class ImportForm(CsvUploadForm):
    max_bytes = MAX_BYTES
