"""What no file of the project may hold."""

import re

from tests.repository.tracked import ROOT, tracked

CODE = ("*.py", "*.html", "*.scss", "*.mjs", "*.js", "run")
LONGEST = 400
# Written in pieces, so that this file does not hold what it looks for.
PATHS = re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/opt/" + "wheels"]))
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.(org|com)", "npm" + "mirror"])
)
UNFINISHED = re.compile(
    r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b|mark\.xf" + "ail"
)
SILENCED = re.compile(r"# type: ig" + r"nore(?!\[)|# no" + r"qa(?!: [A-Z])")


def lines_with(pattern: re.Pattern[str], *kinds: str) -> list[str]:
    """Where `pattern` stands, as "file:line: text"."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked(*kinds)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert lines_with(PATHS) == []


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRIES) == []


def test_nothing_is_left_for_later() -> None:
    assert lines_with(UNFINISHED, *CODE) == []


def test_what_silences_a_check_says_which() -> None:
    assert lines_with(SILENCED, "*.py", "run") == []


def test_files_stay_short_enough_to_hold_one_idea() -> None:
    lengths = {
        str(path.relative_to(ROOT)): path.read_text().count("\n")
        for path in tracked(*CODE)
        if "migrations" not in path.parts
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
