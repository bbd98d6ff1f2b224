"""The pages of an archive: read in any browser, without a network and without a script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from accounts.archive.spool import Spool
from accounts.archiving import Part

STYLE = "style.css"
_STYLE = Path(__file__).parent / STYLE


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part, written: how many items, on how many pages."""

    part: Part
    count: int

    @property
    def data(self) -> str:
        return f"{self.part.name}.json"

    @property
    def pages(self) -> Sequence[str]:
        """The names of its pages, in order; one even where nothing is on it."""
        most = max(1, -(-self.count // self.part.a_page))
        return [f"{self.part.name}-{number}.html" for number in range(1, most + 1)]

    @property
    def first(self) -> str:
        return f"{self.part.name}-1.html"


def style() -> bytes:
    return _STYLE.read_bytes()


def front_page(facts: Mapping[str, Any], chapters: Sequence[Chapter]) -> bytes:
    """What the archive is of, what is in it, and how to check it."""
    return _drawn("front", {**facts, "chapters": chapters})


def pages_of(
    chapter: Chapter, spool: Spool, facts: Mapping[str, Any]
) -> Iterator[tuple[str, bytes]]:
    """Each page of a part: its name and its HTML."""
    names = chapter.pages
    for number, (name, items) in enumerate(
        zip(names, spool.pages(chapter.part.a_page), strict=True)
    ):
        yield (
            name,
            _drawn(
                "items",
                {
                    **facts,
                    "chapter": chapter,
                    "items": items,
                    "number": number + 1,
                    "of": len(names),
                    "previous": names[number - 1] if number else "",
                    "next": names[number + 1] if number + 1 < len(names) else "",
                },
            ),
        )


def _drawn(template: str, values: Mapping[str, Any]) -> bytes:
    return render_to_string(f"accounts/archive/{template}.html", dict(values)).encode()
