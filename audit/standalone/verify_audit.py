#!/usr/bin/env python3
"""Checks a Council Social audit trail. Needs Python 3.9 or later and nothing else.

    python verify_audit.py FOLDER           an evidence bundle: entries.jsonl and head.json
    python verify_audit.py COPY.sqlite3     a copy of the database file
      --head FILE   a head.json that you received earlier: nothing up to there may be missing
      --key KEY     the council's public key, as they gave it to you by another way

Each entry holds fields, `previous_hash` and `hash`. The hash is SHA-256, in hexadecimal, of the
previous hash's 64 characters and then the fields as JSON: keys sorted, no white space between
tokens, only what JSON obliges escaped, UTF-8, `at` as 2026-05-07T09:30:00.000000Z, `details` as
text. The first previous hash is 64 noughts. head.json holds the last entry's sequence and hash;
its Ed25519 signature (RFC 8032) is over the rest of it in that same form of JSON.
Exit code: 0 unbroken, 1 broken, 2 could not be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
Point = tuple[int, int, int, int]

FIELDS = [
    *("sequence", "at", "actor_name", "actor_email", "actor_id", "address", "event"),
    *("subject_type", "subject_id", "subject_name", "details", "reason"),
]
COLUMNS = [*FIELDS, "previous_hash", "hash"]


class Broken(Exception):
    """The trail is not what it was; says where."""


def canonical(value: object) -> bytes:
    # What JSON has no form for (bytes in a database file) was never hashed: null is as wrong.
    text = json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        default=lambda _: None,
    )
    return text.encode("utf-8", "surrogateescape")


def check(entries: Iterable[Entry], head: Entry | None = None, signed: Entry | None = None) -> int:
    """How many entries there are. Raises Broken at the first that is wrong."""
    sequence, last = 0, "0" * 64
    for entry in entries:
        number = entry["sequence"]
        if number != sequence + 1:
            where = f"After entry {sequence} comes entry {number}"
            raise Broken(f"{where}: entry {sequence + 1} is missing, moved or added to.")
        if entry["previous_hash"] != last:
            raise Broken(f"Entry {number} does not follow entry {sequence} as it stands.")
        fields = {name: entry[name] for name in FIELDS}
        if hashlib.sha256(last.encode() + canonical(fields)).hexdigest() != entry["hash"]:
            raise Broken(f"Entry {number} has been changed: its contents do not give its hash.")
        sequence, last = number, entry["hash"]
        if signed and number == signed["sequence"] and last != signed["hash"]:
            raise Broken(f"Entry {number} is not the one that the signed head names.")
    if signed and sequence < signed["sequence"]:
        raise Broken(f"Entries {sequence + 1} to {signed['sequence']} are missing from the end.")
    if head and (head["sequence"], head["hash"]) != (sequence, last):
        end = f"the head says entry {head['sequence']}, the last entry is {sequence}"
        raise Broken(f"The end of the trail is not where it should be: {end}.")
    return sequence


def read_lines(path: Path) -> Iterator[Entry]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                entry = json.loads(line)
                # Exactly as written: no second key of the same name, no space slipped in.
                whole = canonical(entry) + b"\n" == line and sorted(entry) == sorted(COLUMNS)
            except (ValueError, TypeError):
                whole = False
            if not whole:
                raise Broken(f"Line {number} of {path.name} is not an entry as it was written.")
            yield entry


def open_sqlite(path: Path) -> sqlite3.Connection:
    # A copy without its write-ahead log may lie on a read-only disc.
    mode = "mode=ro" if Path(f"{path}-wal").exists() else "immutable=1"
    database = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)
    database.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    database.row_factory = sqlite3.Row
    return database


def read_sqlite(database: sqlite3.Connection) -> Iterator[Entry]:
    # In the order of the table itself, so that nothing hangs on an index.
    for row in database.execute("SELECT * FROM audit_entry ORDER BY rowid"):
        entry = dict(row)
        if sorted(entry) != sorted(COLUMNS):
            raise Broken("The table of entries has other columns than it should.")
        at = str(entry["at"]).replace(" ", "T")
        entry["at"] = (at if "." in at else at + ".000000") + "Z"
        yield entry


def sqlite_head(database: sqlite3.Connection) -> Entry:
    row = database.execute("SELECT sequence, hash FROM audit_chainhead WHERE id = 1").fetchone()
    if row is None:
        raise Broken("The head of the trail is missing.")
    return dict(row)


# Ed25519, RFC 8032 section 5.1: points are (X, Y, Z, T), x = X/Z, y = Y/Z, xy = T/Z.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    c, d = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = f - e, d - c, d + c, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(data: bytes) -> Point:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (sign and not x):
        raise ValueError("not a point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signature_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    if len(key) != 32 or len(signature) != 64:
        return False
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    try:
        a, b = point_of(key), point_of(r)
    except ValueError:
        return False
    h = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % Q
    left, right = times(s, BASE), add(b, times(h, a))
    same = all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
    return s < Q and same


def read_head(path: Path, key: str | None = None) -> Entry:
    """A signed head. Raises Broken if the signature is not by `key` (or by the key it names)."""
    head = json.loads(path.read_text(encoding="utf-8"))
    try:
        signature = bytes.fromhex(head.pop("signature"))
        message, named = canonical(head), head["public_key"]
        head = {"sequence": int(head["sequence"]), "hash": str(head["hash"]), "public_key": named}
        holds = signature_holds(bytes.fromhex(key or named), message, signature)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Broken(f"{path.name} is not a signed head.") from None
    if not holds or (key and key.lower() != named.lower()):
        raise Broken(f"The signature of {path.name} does not hold.")
    return head


def verify(where: Path, earlier: Path | None = None, key: str | None = None) -> str:
    """A sentence about the trail at `where`. Raises Broken."""
    signed = read_head(earlier, key) if earlier else None
    if not where.exists():
        raise FileNotFoundError(f"There is no {where}.")
    if where.is_dir():
        head = read_head(where / "head.json", key)
        count = check(read_lines(where / "entries.jsonl"), head, signed)
        end = f"It ends as the signed head says.\nSigned with the public key {head['public_key']}"
        note = "." if key else ": compare it with the key that the council gave you another way."
        return f"Unbroken: {count} entries.\n{end}{note}"
    database = open_sqlite(where)
    try:
        count = check(read_sqlite(database), sqlite_head(database), signed)
    finally:
        database.close()
    return f"Unbroken: {count} entries."


def main() -> int:
    parser = argparse.ArgumentParser(description="Check a Council Social audit trail.")
    parser.add_argument(
        "where", type=Path, help="a bundle's folder or a copy of the SQLite database"
    )
    parser.add_argument("--head", type=Path, help="a head.json received earlier")
    parser.add_argument("--key", help="the council's public key, in hexadecimal")
    given = parser.parse_args()
    try:
        print(verify(given.where, given.head, given.key))
    except Broken as broken:
        print(f"BROKEN. {broken}")
        return 1
    except sqlite3.DatabaseError as error:
        print(f"BROKEN. The database file cannot be read: {error}.")
        return 1
    except (OSError, ValueError) as error:
        print(f"Could not be read: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
