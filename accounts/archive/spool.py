"""Items on their way into the archive: read once from the database, kept on disk, written twice.

The JSON and the pages then say the same, whatever changes in between, and 100,000 items take no
more memory than a few.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from types import TracebackType
from typing import Any, Self


class Spool:
    """Facts, one JSON line each, in a file that is gone once it is left."""

    def __init__(self) -> None:
        # Closed in `__exit__`.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, facts: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(facts, ensure_ascii=False).encode() + b"\n")
        self.count += 1

    def as_json(self) -> Iterator[bytes]:
        """All of it as one JSON list, an item a line."""
        yield b"["
        for number, line in enumerate(self._lines()):
            yield (b",\n" if number else b"\n") + line.rstrip(b"\n")
        yield b"\n]\n"

    def pages(self, a_page: int) -> Iterator[list[Mapping[str, Any]]]:
        """The items again, so many at a time; one empty page where there are none."""
        lines = self._lines()
        page = [json.loads(line) for line in islice(lines, a_page)]
        yield page
        while page := [json.loads(line) for line in islice(lines, a_page)]:
            yield page

    def _lines(self) -> Iterator[bytes]:
        self._file.seek(0)
        yield from self._file
