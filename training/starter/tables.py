"""Tables of the content files, read strictly: what is missing, wrong or unknown is named."""

from __future__ import annotations

import tomllib
from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"


class BadContent(ValueError):
    """A content file is not as it has to be; the message names the file and the fault."""


class Table:
    """One table of a TOML file. Each key is taken once; `finish` refuses what is left over."""

    def __init__(self, where: str, values: object) -> None:
        if not isinstance(values, dict):
            raise BadContent(f"{where}: is not a table")
        self.where = where
        self._left: dict[str, object] = dict(values)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fault(f"“{key}” has to be a text that says something")
        return value.strip()

    def number(self, key: str, most: int) -> int:
        value = self._take(key, None)
        if not isinstance(value, int) or not 1 <= value <= most:
            raise self.fault(f"“{key}” has to be a whole number from 1 to {most}")
        return value

    def flag(self, key: str) -> bool:
        """False where it is left out."""
        value = self._take(key, default=False)
        if not isinstance(value, bool):
            raise self.fault(f"“{key}” has to be true or false")
        return value

    def names(self, key: str) -> tuple[str, ...]:
        value = self._take(key, None)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.fault(f"“{key}” has to be a list of names")
        if len(set(value)) < len(value):
            raise self.fault(f"“{key}” names something twice")
        return tuple(value)

    def tables(self, key: str, called: str) -> list[Table]:
        value = self._take(key, None)
        if not isinstance(value, list):
            raise self.fault(f"“{key}” has to be a list of tables")
        return [Table(f"{self.where}, {called} {n}", each) for n, each in enumerate(value, 1)]

    def finish(self) -> None:
        if self._left:
            raise self.fault(f"nobody knows “{next(iter(self._left))}”")

    def fault(self, what: str) -> BadContent:
        return BadContent(f"{self.where}: {what}")

    def _take(self, key: str, default: object) -> object:
        value = self._left.pop(key, default)
        if value is None:
            raise self.fault(f"“{key}” is missing")
        return value


def table_in(path: Path, root: Path) -> Table:
    """The file as a table. Raises BadContent for one that is not there, or no TOML."""
    try:
        return Table(place_of(path, root), tomllib.loads(text_in(path, root)))
    except tomllib.TOMLDecodeError as error:
        raise BadContent(f"{place_of(path, root)}: {error}") from error


def text_in(path: Path, root: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadContent(f"{place_of(path, root)}: cannot be read ({error})") from error


def place_of(path: Path, root: Path) -> str:
    """The file as a message names it: within the folder of the content."""
    return path.relative_to(root).as_posix()
