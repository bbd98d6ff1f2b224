"""From what score a part of a package counts as passed, and how much of it must be seen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from xml.etree.ElementTree import Element  # nosec B405 - only the type


def mastery_score(item: Element, root: Element) -> int | None:
    """Per cent. SCORM 1.2 names it outright, 2004 in the objective that the part satisfies."""
    for element in item:
        if _is(element, "masteryscore"):
            return _per_cent(_number(element.text))
    for sequencing in _sequencing(item, root):
        for element in sequencing.iter():
            if _is(element, "primaryObjective"):
                return _least_measure(element)
    return None


def completion_threshold(item: Element) -> float | None:
    """Between 0 and 1; the third edition writes it as text, the fourth as an attribute."""
    for element in item:
        if _is(element, "completionThreshold"):
            least = _number(element.get("minProgressMeasure") or element.text)
            return least if least is not None and 0 <= least <= 1 else None
    return None


def _sequencing(item: Element, root: Element) -> Iterator[Element]:
    """That of the item itself, and the one in the collection that it refers to."""
    for own in (each for each in item if _is(each, "sequencing")):
        yield own
        wanted = own.get("IDRef")
        if wanted:
            yield from (e for e in root.iter() if _is(e, "sequencing") and e.get("ID") == wanted)


def _least_measure(objective: Element) -> int | None:
    if (objective.get("satisfiedByMeasure") or "").lower() != "true":
        return None
    stated = [_number(each.text) for each in objective if _is(each, "minNormalizedMeasure")]
    measure = stated[0] if stated else 1.0
    return None if measure is None else _per_cent(measure * 100)


def _is(element: Element, name: str) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name


def _number(text: str | None) -> float | None:
    try:
        found = float((text or "").strip())
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _per_cent(value: float | None) -> int | None:
    return None if value is None else min(max(round(value), 0), 100)
