"""Names inside a ZIP file, distrusted: what climbs out, hides or is not content is refused."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from training.scorm.refused import PackageRefused

TYPES = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "xml": "application/xml",
    "xsd": "application/xml",
    "dtd": "application/xml-dtd",
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/csv",
    "vtt": "text/vtt",
    "srt": "text/plain",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "ico": "image/x-icon",
    "cur": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "pdf": "application/pdf",
}
"""What a package may hold, by the ends of the names, and as what it is served."""
_TEXT = ("text/", "application/json", "application/xml")
LONGEST = 400
_LEFTOVERS = {".ds_store", "thumbs.db", "desktop.ini"}


def type_of(path: str) -> str:
    """The content type that a file of a package is served with."""
    found = TYPES[ending(path)]
    return f"{found}; charset=utf-8" if found.startswith(_TEXT) else found


def ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower().removeprefix(".")


def safe_path(name: str) -> str:
    """The path of a file inside the package. Raises PackageRefused for one that is not plain."""
    shown = shown_name(name)
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in name):
        raise PackageRefused(f"The name of the file “{shown}” holds invisible characters.")
    if "\\" in name:
        raise PackageRefused(
            f"The name of the file “{shown}” holds a backslash. Export the package again, with "
            "slashes between its folders."
        )
    steps = name.split("/")
    if name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in steps:
        raise PackageRefused(
            f"The file “{shown}” would lie outside the package. We do not take packages that do so."
        )
    if not name or len(name) > LONGEST or "" in steps or "." in steps:
        raise PackageRefused(f"The file “{shown}” has a name that we cannot use.")
    return unicodedata.normalize("NFC", name)


def is_leftover(path: str) -> bool:
    """What an operating system leaves in ZIP files, and no course needs."""
    steps = path.split("/")
    return steps[0] == "__MACOSX" or steps[-1].lower() in _LEFTOVERS or steps[-1].startswith("._")


def refuse_unknown_type(path: str) -> None:
    if ending(path) not in TYPES:
        raise PackageRefused(
            f"The package holds “{shown_name(path)}”, and we do not take files of that type. "
            "Take it out, and export the package again."
        )


def shown_name(name: str) -> str:
    """As it can stand in a sentence."""
    seen = "".join(letter if letter.isprintable() else "?" for letter in name)
    return seen if len(seen) <= 80 else f"{seen[:40]}…{seen[-39:]}"
