"""The words of a PDF that Typst made: its glyphs, through the map that every font brings."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAIR = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
_SHOWN = re.compile(rb"/f(\d+) [\d.]+ Tf|\[((?:\((?:\\.|[^\\)])*\)|[-\d. ])*)\]\s*TJ", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_MEANT = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_TITLE = re.compile(rb"/Title<FEFF([0-9A-F]+)>")


def words_of(pdf: bytes) -> str:
    """Everything that is written on its pages, without the spaces that are only gaps."""
    streams = [_plain(found.group(1)) for found in _STREAM.finditer(pdf)]
    fonts = [_map_of(each) for each in streams if b"begincmap" in each]
    pages = [each for each in streams if b" Tf" in each and b"begincmap" not in each]
    return " ".join(_words(page, fonts) for page in pages)


def title_of(pdf: bytes) -> str:
    """The document's own title, which a screen reader says first."""
    found = _TITLE.search(pdf)
    assert found
    return bytes.fromhex(found.group(1).decode()).decode("utf-16-be")


def _plain(stream: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompress(stream)
    return stream


def _map_of(cmap: bytes) -> dict[int, str]:
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in _PAIR.findall(cmap.partition(b"endcodespacerange")[2])
    }


def _words(page: bytes, fonts: list[dict[int, str]]) -> str:
    font, said = fonts[0], []
    for chosen, shown in _SHOWN.findall(page):
        if chosen:
            font = fonts[int(chosen)]
            said.append(" ")
            continue
        for literal in _LITERAL.findall(shown):
            raw = _ESCAPE.sub(_unescaped, literal)
            glyphs = (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))
            said += [font.get(glyph, "?") for glyph in glyphs]
    return " ".join("".join(said).split())


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found.group(1)
    return bytes([int(said, 8)]) if said.isdigit() else _MEANT.get(said, said)
