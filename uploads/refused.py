"""A file that is not taken, and why."""

from __future__ import annotations


class UploadRefused(Exception):
    """The message is for the person who uploaded the file, and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
