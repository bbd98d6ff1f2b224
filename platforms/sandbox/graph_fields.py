"""The `fields` parameter of the Graph API: what was asked of a node, with edges inside it.

`id,message,comments.since(1700000000).limit(50){id,from}` is read into a tree, and only what was
asked is answered; the id always is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MODIFIER = re.compile(r"\.([a-z_]+)\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its modifiers (`limit`, `since`, …) and what was asked inside it."""

    name: str
    modifiers: Mapping[str, str] = field(default_factory=dict)
    inside: tuple[Asked, ...] = ()


def parse(text: str) -> tuple[Asked, ...]:
    """Raises `ValueError` for text that Facebook would not understand either."""
    found, end = _several(text.replace(" ", ""), 0)
    if end != len(text.replace(" ", "")):
        raise ValueError(f"Syntax error at {text[end : end + 20]!r}")
    return found


def _several(text: str, at: int) -> tuple[tuple[Asked, ...], int]:
    found = []
    while at < len(text) and text[at] != "}":
        asked, at = _one(text, at)
        found.append(asked)
        if at < len(text) and text[at] == ",":
            at += 1
    return tuple(found), at


def _one(text: str, at: int) -> tuple[Asked, int]:
    name = _NAME.match(text, at)
    if name is None:
        raise ValueError(f"Expected a field at {text[at : at + 20]!r}")
    at = name.end()
    modifiers = {}
    while modifier := _MODIFIER.match(text, at):
        modifiers[modifier[1]] = modifier[2]
        at = modifier.end()
    inside: tuple[Asked, ...] = ()
    if at < len(text) and text[at] == "{":
        inside, at = _several(text, at + 1)
        if at >= len(text):
            raise ValueError("A brace is not closed")
        at += 1
    return Asked(name[0], modifiers, inside), at


def chosen(
    values: Mapping[str, Any | Callable[[Asked], Any]], asked: tuple[Asked, ...]
) -> dict[str, Any]:
    """Of `values` what was asked; a value that can be called is an edge and gets the field asked.

    Raises `KeyError` for a field that the node does not have. What is None is left out, as
    Facebook does.
    """
    return dict(_chosen(values, asked))


def _chosen(
    values: Mapping[str, Any | Callable[[Asked], Any]], asked: tuple[Asked, ...]
) -> Iterator[tuple[str, Any]]:
    names = {one.name for one in asked}
    for one in asked:
        value = values[one.name]
        if callable(value):
            value = value(one)
        elif one.inside and isinstance(value, dict):
            value = {inner.name: value[inner.name] for inner in one.inside if inner.name in value}
        if value is not None:
            yield one.name, value
    if "id" not in names and "id" in values:
        yield "id", values["id"]
