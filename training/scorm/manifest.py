"""What a package says about itself: imsmanifest.xml, read without entities and within limits.

SCORM 1.2: ADL SCORM Content Aggregation Model, version 1.2 (2001). SCORM 2004, second to fourth
edition: ADL SCORM Content Aggregation Model (2004 to 2009). Names are compared without their
namespaces, as many tools get those wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError  # nosec B405 - only the types

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from training.models import Scorm
from training.scorm.names import ending, shown_name
from training.scorm.refused import PackageRefused
from training.scorm.thresholds import completion_threshold, mastery_score

NAME = "imsmanifest.xml"
LARGEST = 2_000_000
MOST_PARTS = 200
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_OPENED = {"html", "htm", "xhtml", "svg", "txt", "mp4", "webm", "png", "jpg", "jpeg", "gif"}
_HERE = "http://package.invalid/"
"""Where the package’s addresses begin, to put them together; nobody ever asks there."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to open, in order; `query` is what follows the path in its address."""

    title: str
    path: str
    query: str = ""
    reports: bool = True
    mastery_score: int | None = None
    completion_threshold: float | None = None
    launch_data: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    scorm: Scorm
    title: str
    parts: tuple[Part, ...]


def read_manifest(raw: bytes, files: Collection[str]) -> Manifest:
    """The manifest of a package that holds `files`. Raises PackageRefused, saying why."""
    if len(raw) > LARGEST:
        raise PackageRefused(f"{NAME} is larger than {LARGEST // 1_000_000} MB.")
    try:
        root = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException as trick:
        raise PackageRefused(
            f"{NAME} defines a document type or entities, which no course needs. We do not take it."
        ) from trick
    except (ParseError, ValueError, LookupError) as broken:
        raise PackageRefused(f"{NAME} is not well-formed. Export the package again.") from broken
    if local(root) != "manifest":
        raise PackageRefused(f"{NAME} is not the manifest of a SCORM package.")
    organisation = _organisation(root)
    parts = tuple(_parts(root, organisation, files))
    if not parts:
        raise PackageRefused(f"{NAME} names nothing to open. Export the package again.")
    return Manifest(_scorm(root), _title(organisation), parts)


def local(element: Element) -> str:
    """The name of an element without its namespace; nothing for what is not an element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _scorm(root: Element) -> Scorm:
    stated = next((_text(each) for each in root.iter() if local(each) == "schemaversion"), "")
    if stated == "1.2":
        return Scorm.V12
    if stated.startswith("2004") or stated == "CAM 1.3":
        return Scorm.V2004
    spaces = " ".join(each.tag for each in root.iter() if isinstance(each.tag, str))
    attributes = " ".join(name for each in root.iter() for name in each.attrib)
    for sign, scorm in (("adlcp_v1p3", Scorm.V2004), ("adlcp_rootv1p2", Scorm.V12)):
        if not stated and sign in spaces + attributes:
            return scorm
    said = f"It says “{shown_name(stated)}”." if stated else "It does not say which version it is."
    raise PackageRefused(
        f"We take SCORM 1.2 and SCORM 2004 (2nd to 4th edition). {said} Export it as SCORM 1.2."
    )


def _organisation(root: Element) -> Element:
    """The one that is the default; the first where none is."""
    around = _child(root, "organizations")
    choices = _children(around, "organization") if around is not None else []
    wanted = around.get("default") if around is not None else None
    chosen = next((each for each in choices if each.get("identifier") == wanted), None)
    if chosen is None and not choices:
        raise PackageRefused(f"{NAME} has no organisation, so there is no order to its parts.")
    return chosen if chosen is not None else choices[0]


def _parts(root: Element, organisation: Element, files: Collection[str]) -> Iterator[Part]:
    resources = _resources(root)
    items = [each for each in organisation.iter() if local(each) == "item"]
    opened = [each for each in items if each.get("identifierref")]
    if len(opened) > MOST_PARTS:
        raise PackageRefused(f"The package has more than {MOST_PARTS} parts.")
    for item in opened:
        base, resource = resources.get(item.get("identifierref", ""), ("", None))
        title = _title(item)
        if resource is None:
            raise PackageRefused(f"{NAME} does not say what “{shown_name(title)}” consists of.")
        path, query = _launched(base, resource, item, title, files)
        yield Part(
            title=title,
            path=path,
            query=query,
            reports=_is_sco(resource),
            mastery_score=mastery_score(item, root),
            completion_threshold=completion_threshold(item),
            launch_data=_launch_data(item),
        )


def _resources(root: Element) -> dict[str, tuple[str, Element]]:
    """By identifier: the folder that its address begins in, and the resource."""
    around = _child(root, "resources")
    if around is None:
        return {}
    outer = urljoin(_HERE + _base(root), _base(around))
    return {
        each.get("identifier", ""): (urljoin(outer, _base(each)), each)
        for each in _children(around, "resource")
    }


def _launched(
    base: str, resource: Element, item: Element, title: str, files: Collection[str]
) -> tuple[str, str]:
    """Path and query of what is opened, which must be a page inside the package."""
    href = (resource.get("href") or "").strip().replace("\\", "/")
    outside = PackageRefused(
        f"“{shown_name(title)}” would open “{shown_name(href)}”, which is not in the package."
    )
    try:
        parts = urlsplit(href)
        found = urlsplit(urljoin(base, href))
    except ValueError as broken:
        raise outside from broken
    path = unquote(found.path).removeprefix("/")
    if parts.scheme or parts.netloc or href.startswith("/") or not found.geturl().startswith(_HERE):
        raise outside
    if path not in files:
        raise outside
    if ending(path) not in _OPENED:
        raise PackageRefused(f"“{shown_name(title)}” would open “{shown_name(path)}”, not a page.")
    query = _with_parameters(found.query, found.fragment, item.get("parameters") or "")
    if len(query) > 500 or not query.isprintable():
        raise PackageRefused(f"The address of “{shown_name(title)}” is too long.")
    return path, query


def _with_parameters(query: str, fragment: str, parameters: str) -> str:
    """As the Content Aggregation Model joins an address and the parameters of an item."""
    more = parameters.strip().lstrip("?&")
    if more.startswith("#"):
        fragment, more = fragment or more[1:], ""
    joined = "&".join(each for each in (query, more) if each)
    return (f"?{joined}" if joined else "") + (f"#{fragment}" if fragment else "")


def _is_sco(resource: Element) -> bool:
    kinds = [
        value.lower()
        for name, value in resource.attrib.items()
        if name.rpartition("}")[2].lower() == "scormtype"
    ]
    return "asset" not in kinds


def _launch_data(item: Element) -> str:
    return next((_text(e)[:4096] for e in item if local(e).lower() == "datafromlms"), "")


def _base(element: Element) -> str:
    base = (element.get(_XML_BASE) or "").replace("\\", "/")
    if not base or base.endswith("/"):
        return base
    return f"{base}/"


def _title(element: Element) -> str:
    title = _child(element, "title")
    plain = " ".join(_text(title).split()) if title is not None else ""
    return "".join(letter for letter in plain if letter.isprintable())[:200] or "Untitled part"


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _children(element: Element, name: str) -> list[Element]:
    return [each for each in element if local(each) == name]


def _child(element: Element, name: str) -> Element | None:
    return next(iter(_children(element, name)), None)
