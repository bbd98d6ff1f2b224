"""A stamp says what a thing was made from: it is made again only when that has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *extra: str) -> str:
    """A digest of the names and bytes of `paths` and of any `extra` facts."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for fact in extra:
        total.update(f"\0{fact}".encode())
    return total.hexdigest()


def fresh(stamp: Path, wanted: str) -> bool:
    """Whether `stamp` says that the thing was made from `wanted`."""
    return stamp.is_file() and stamp.read_text().strip() == wanted


def write(stamp: Path, made_from: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(made_from + "\n")
