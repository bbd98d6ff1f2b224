"""The verifier that an outsider runs: alone in an empty folder, with nothing of ours."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.evidence_bundle import VERIFIER
from audit.standalone import verify_audit
from tests.audit.trail import RECORD_AT_ONCE, manage_alone, python_alone

ENTRIES = 8


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with a few entries, closed and with nothing left in its log."""
    database = tmp_path_factory.mktemp("council") / "council.sqlite3"
    assert manage_alone(database, "migrate").returncode == 0
    assert python_alone(database, "-c", RECORD_AT_ONCE, str(ENTRIES)).returncode == 0
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return database


@pytest.fixture(scope="module")
def bundle(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An evidence bundle of a copy, so that the original keeps its eight entries."""
    folder = tmp_path_factory.mktemp("bundle")
    database = Path(shutil.copy(original, folder / "copy.sqlite3"))
    done = manage_alone(database, "export_audit", "--to", str(folder / "out"))
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original, tmp_path / "copy.sqlite3"))


def run_alone(folder: Path, *arguments: object) -> tuple[int, str]:
    """Its exit code and words, run as an outsider would: isolated, in an empty folder."""
    shutil.copy(VERIFIER, folder / "verify_audit.py")
    done = subprocess.run(
        [sys.executable, "-I", "verify_audit.py", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        env={},
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def change_one_byte(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


def test_a_copy_as_it_was_is_unbroken(copy: Path, tmp_path: Path) -> None:
    assert run_alone(tmp_path, copy) == (0, f"Unbroken: {ENTRIES} entries.\n")


def test_one_byte_changed_in_a_copy_of_the_database_file_is_found_by_both_verifiers(
    copy: Path, tmp_path: Path
) -> None:
    third = b'"after":{"state":"approved","version":3}'
    change_one_byte(copy, copy.read_bytes().index(third) + len(third) - 2)
    words = "Entry 3 has been changed: its contents do not give its hash."
    assert run_alone(tmp_path, copy) == (1, f"BROKEN. {words}\n")
    ours = manage_alone(copy, "verify_audit", "--database", str(copy))
    assert (ours.returncode, ours.stderr) == (
        1,
        f"CommandError: The audit trail is broken. {words}\n",
    )
    running = manage_alone(copy, "verify_audit")
    assert running.returncode == 1
    assert words in running.stderr


def test_any_byte_of_any_entry_changed_is_found(original: Path, tmp_path: Path) -> None:
    """Every place is its own copy; a few hundred of them, another few hundred each run."""
    data = original.read_bytes()
    with sqlite3.connect(original) as connection:
        rows = connection.execute("SELECT * FROM audit_entry")
        values = [str(value).encode() for row in rows for value in row[1:] if value]
    connection.close()
    places = [
        place + number
        for value in set(values)
        # The last of them is the row: earlier ones may be leavings in an index.
        for place in [data.rindex(value)]
        for number in range(len(value))
        if len(value) > 30
    ]
    file = tmp_path / "copy.sqlite3"
    for place in random.sample(places, 200):
        file.write_bytes(data)
        change_one_byte(file, place)
        with pytest.raises((verify_audit.Broken, sqlite3.DatabaseError)):
            verify_audit.verify(file)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DELETE FROM audit_entry WHERE sequence = 4", "entry 4 is missing"),
        ("DELETE FROM audit_entry WHERE sequence = 8", "the head says entry 8"),
        ("UPDATE audit_entry SET sequence = 'three' WHERE sequence = 3", "entry 3 is missing"),
        ("UPDATE audit_entry SET reason = x'ff00' WHERE sequence = 5", "Entry 5 has been changed"),
        ("UPDATE audit_entry SET at = 'noon' WHERE sequence = 6", "Entry 6 has been changed"),
        ("ALTER TABLE audit_entry DROP COLUMN reason", "other columns"),
        ("DELETE FROM audit_chainhead", "The head of the trail is missing"),
        ("DROP TABLE audit_entry", "no such table"),
    ],
)
def test_whatever_the_owner_of_the_file_does_to_it_is_found(
    copy: Path, tmp_path: Path, sql: str, words: str
) -> None:
    with sqlite3.connect(copy) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(sql)
    connection.close()
    code, said = run_alone(tmp_path, copy)
    assert code == 1
    assert words in said


def test_a_copy_with_its_log_beside_it_is_read_with_the_log(original: Path, tmp_path: Path) -> None:
    live = Path(shutil.copy(original, tmp_path / "live.sqlite3"))
    keeps_the_log = sqlite3.connect(live)
    keeps_the_log.execute("PRAGMA journal_mode=WAL")
    keeps_the_log.execute("SELECT * FROM audit_chainhead").fetchall()
    assert python_alone(live, "-c", RECORD_AT_ONCE, "1").returncode == 0
    assert Path(f"{live}-wal").stat().st_size > 0
    assert run_alone(tmp_path, live) == (0, f"Unbroken: {ENTRIES + 1} entries.\n")
    keeps_the_log.close()


def test_a_bundle_is_unbroken_and_carries_its_own_verifier(bundle: Path, tmp_path: Path) -> None:
    assert sorted(file.name for file in bundle.iterdir()) == [
        "entries.jsonl",
        "head.json",
        "read-me.txt",
        "verify_audit.py",
    ]
    code, said = run_alone(tmp_path, bundle)
    assert code == 0
    # The export is the last entry of its own bundle.
    assert said.startswith(f"Unbroken: {ENTRIES + 1} entries.\nIt ends as the signed head says.")
    last = json.loads((bundle / "entries.jsonl").read_text().splitlines()[-1])
    assert last["event"] == "audit.exported"


def test_any_byte_of_a_bundle_changed_is_found(bundle: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(bundle, tmp_path / "bundle"))
    for name in ("entries.jsonl", "head.json"):
        good = (bundle / name).read_bytes()
        for place in random.sample(range(len(good) - 1), 150):
            (folder / name).write_bytes(good)
            change_one_byte(folder / name, place)
            try:
                said = verify_audit.verify(folder)
            except (verify_audit.Broken, ValueError):
                continue
            # White space between the tokens of head.json says nothing.
            assert name == "head.json", said
            assert json.loads((folder / name).read_bytes()) == json.loads(good)
        (folder / name).write_bytes(good)


def test_a_bundle_cut_short_and_signed_anew_is_found_by_the_head_received_before(
    bundle: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(bundle, tmp_path / "bundle"))
    head = json.loads((bundle / "head.json").read_text())
    lines = (bundle / "entries.jsonl").read_text().splitlines(keepends=True)[:-1]
    (folder / "entries.jsonl").write_text("".join(lines))
    forger = Ed25519PrivateKey.generate()
    body = {
        **{name: head[name] for name in ("council", "signed_at")},
        "sequence": len(lines),
        "hash": json.loads(lines[-1])["hash"],
        "public_key": forger.public_key().public_bytes_raw().hex(),
    }
    signature = forger.sign(verify_audit.canonical(body)).hex()
    (folder / "head.json").write_text(json.dumps({**body, "signature": signature}))
    assert run_alone(tmp_path, folder)[0] == 0
    code, said = run_alone(tmp_path, folder, "--head", bundle / "head.json")
    assert code == 1
    assert "missing from the end" in said
    code, said = run_alone(tmp_path, folder, "--key", head["public_key"])
    assert (code, said) == (1, "BROKEN. The signature of head.json does not hold.\n")


@pytest.mark.parametrize("name", ["nowhere.sqlite3", "nowhere"])
def test_what_is_not_there_is_said_plainly(tmp_path: Path, name: str) -> None:
    code, said = run_alone(tmp_path, name)
    assert code == 2
    assert f"There is no {name}." in said


def test_what_is_not_a_database_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear auditor, " * 100)
    code, said = run_alone(tmp_path, "letter.txt")
    assert code == 1
    assert "file is not a database" in said


@settings(deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=80), at=st.integers(0))
def test_its_ed25519_agrees_with_the_library(seed: bytes, message: bytes, at: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verify_audit.signature_holds(public, message, signature)
    assert not verify_audit.signature_holds(public, message + b"!", signature)
    bent = bytearray(signature)
    bent[at % 64] ^= 1 << (at % 8)
    assert not verify_audit.signature_holds(public, message, bytes(bent))
    assert not verify_audit.signature_holds(public[:31], message, signature)


def test_it_fits_on_a_few_pages_and_imports_the_standard_library_only() -> None:
    source = VERIFIER.read_text()
    imports = {
        line.split()[1].split(".")[0]
        for line in source.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert imports <= set(sys.stdlib_module_names)
    assert len(source.splitlines()) < 250
