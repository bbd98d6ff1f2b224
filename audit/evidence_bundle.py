"""The whole trail in a form that an outsider can verify with nothing of ours.

Four files: the entries, one canonical JSON object a line; the signed head; the stand-alone
verifier; and a page that says what to do. All of it streams.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from audit.canonical import canonical_json
from audit.chain import raw
from audit.models import ChainHead, Entry
from audit.signing import public_key, signed_head

VERIFIER = Path(__file__).parent / "standalone" / "verify_audit.py"
CHUNK = 256 * 1024

READ_ME = """\
Audit trail: entries 1 to {sequence}
{line}

To check it you need Python 3.9 or later and nothing else. In this folder, run:

    python verify_audit.py .

It checks that every entry follows from the one before and that the last is the one named in
head.json, whose signature it checks too. The signing key's public half is

    {key}

Anybody could have made a new key, so compare this with the key that the council gave you by
another way, or let the verifier do so:  python verify_audit.py . --key KEY

Keep head.json. Given with --head to the verifier next time, it shows whether entries that you
have seen were taken away since.
"""


def bundle_files() -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file's name and its contents in pieces. Read one to its end before the next."""
    head = ChainHead.objects.get(pk=1)
    yield "head.json", iter([json.dumps(signed_head(head), indent=2).encode() + b"\n"])
    yield "verify_audit.py", iter([VERIFIER.read_bytes()])
    title = READ_ME.format(sequence=head.sequence, key=public_key(), line="=" * 40)
    yield "read-me.txt", iter([title.encode()])
    yield "entries.jsonl", _lines(head.sequence)


def write_bundle(folder: Path) -> None:
    """Write the bundle into a folder, made if need be. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, pieces in bundle_files():
        with (folder / name).open("wb") as file:
            file.writelines(pieces)


def zip_bundle() -> Iterator[bytes]:
    """The bundle as a zip file, in pieces, made while it is sent."""
    sink = _Sink()
    with zipfile.ZipFile(
        cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED, compresslevel=1
    ) as archive:
        for name, pieces in bundle_files():
            with archive.open(f"audit-trail/{name}", "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    yield from sink.take()
    yield from sink.take()


def _lines(sequence: int) -> Iterator[bytes]:
    piece = bytearray()
    for entry in raw(Entry.objects.filter(sequence__lte=sequence)):
        piece += canonical_json(entry).encode() + b"\n"
        if len(piece) > CHUNK:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


class _Sink:
    """Holds what zipfile has written until it is taken. It cannot seek: nothing is re-written."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> Iterator[bytes]:
        """What was written since the last time."""
        if self._written:
            written = bytes(self._written)
            self._written.clear()
            yield written
