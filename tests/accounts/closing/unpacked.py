"""An archive as whoever is given it has it: unpacked, with nothing of ours."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any, BinaryIO


class Unpacked:
    """The one folder in a ZIP, on disk."""

    def __init__(self, archive: BinaryIO | Path, to: Path) -> None:
        with zipfile.ZipFile(archive) as opened:
            assert opened.testzip() is None
            self.names = opened.namelist()
            opened.extractall(to)
        [self.folder] = to.iterdir()

    def data(self, name: str) -> Any:
        return json.loads((self.folder / name).read_text())

    def text(self, name: str) -> str:
        return (self.folder / name).read_text()

    def broken(self) -> list[str]:
        """As `sha256sum -c checksums.txt` would say, and every file that it does not name."""
        lines = self.text("checksums.txt").splitlines()
        wanted = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
        found = {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.folder.rglob("*")
            if path.is_file() and path.name != "checksums.txt"
        }
        return sorted(
            name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)
        )
