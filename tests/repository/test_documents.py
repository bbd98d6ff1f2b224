"""What the documents say is there, is there."""

import re
from pathlib import Path

from tests.repository.tracked import ROOT, tracked
from tools.verbs import VERBS

READ = re.compile(
    r"environment\.(?:text|second_address|switch|number|whole|words|choice|folder|address|database|broker|e_mail)\(\s*"
    r'"(\w+)"|_secret\("(\w+)"'
)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def settings_read() -> set[str]:
    source = (ROOT / "council_social" / "settings.py").read_text()
    return {first or second for first, second in READ.findall(source)}


def settings_documented() -> set[str]:
    table = (ROOT / "docs" / "deployment" / "settings.md").read_text()
    rows = (line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_every_setting_is_in_the_table_and_the_table_has_no_other() -> None:
    assert settings_read() == settings_documented()


def test_links_between_documents_lead_somewhere() -> None:
    lost = [
        f"{path.relative_to(ROOT)}: {link}"
        for path in tracked("*.md")
        for link in LINK.findall(path.read_text())
        # Texts of courses and policies link to pages of the product.
        if not link.startswith("/") and not Path(path.parent, link).exists()
    ]
    assert lost == []


def test_every_picture_is_shown_in_a_document() -> None:
    shown = {
        Path(path.parent, link).resolve()
        for path in tracked("*.md")
        for link in LINK.findall(path.read_text())
    }
    pictures = (ROOT / "docs" / "pictures").iterdir()
    assert [path.name for path in pictures if path.resolve() not in shown] == []


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    pages = [page.name for page in folder.glob("*.md") if page.name != "README.md"]
    assert [page for page in pages if f"({page})" not in index] == []


def test_each_verb_says_what_it_does() -> None:
    assert [name for name, verb in VERBS.items() if not verb.__doc__] == []
