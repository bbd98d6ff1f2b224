"""The columns of a file of posts: what each takes, and an example to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from pages.typed_csv import Layout, TypedRow, read_rows
from platforms.registry import PLATFORMS
from publishing.forms.lenient import LONGEST_TEXT

MAX_ROWS = 500
MAX_BYTES = 2_000_000
PICTURES = 4
TEXT, ACCOUNTS, DATE, TIME = "text", "accounts", "date", "time"
TITLE, LINK, TAGS, NOTE = "title", "link", "campaign tags", "note"
CAMPAIGN, AIM = "campaign", "strategic aim"
OWN_TEXTS = {key: f"text for {platform.name}" for key, platform in PLATFORMS.items()}
"""By platform: the column with the text for its accounts."""
PICTURE_COLUMNS = tuple(
    (f"picture{number}", f"alt text{number}")
    for number in ("", *(f" {count}" for count in range(2, PICTURES + 1)))
)
IN_LINES = frozenset({TEXT, ACCOUNTS, NOTE, *OWN_TEXTS.values()})
"""Columns whose cells may have several lines."""
LONGEST = {
    **dict.fromkeys((TEXT, *OWN_TEXTS.values()), LONGEST_TEXT),
    TITLE: 1000,
    LINK: 2000,
    NOTE: 2000,
    **{alt: 1500 for _, alt in PICTURE_COLUMNS},
}
"""As many characters as the compose form takes."""

_TAKES = {
    TEXT: "What every account says, unless it has a text of its own. Several lines are welcome",
    ACCOUNTS: "Platform and handle of each, with semicolons between them: X: wmlibraries; "
    "Facebook: wealdmoor",
    DATE: "A day, like 23/11/2026. Leave date and time empty to publish once approved",
    TIME: "In London, like 9:30am or 14:30. In the hour that comes twice in autumn, add BST or GMT",
    **dict.fromkeys(OWN_TEXTS.values(), "Instead of the text, for the accounts there"),
    LINK: "The whole address",
    TAGS: "yes or no: campaign tags on the link",
    TITLE: "For our own lists. Videos show it to the public",
    CAMPAIGN: "Its name, as on the list of campaigns",
    AIM: "As on the list of aims",
    NOTE: "For whoever decides. It is never published",
    **{picture: "Number, address or title in the media library" for picture, _ in PICTURE_COLUMNS},
    **{alt: "Leave it empty to take what the library has" for _, alt in PICTURE_COLUMNS},
}
_ORDER = (
    TEXT, ACCOUNTS, DATE, TIME, *OWN_TEXTS.values(), LINK, TAGS, TITLE, CAMPAIGN, AIM, NOTE,
    *(column for pair in PICTURE_COLUMNS for column in pair),
)  # fmt: skip
NEEDED = (TEXT, ACCOUNTS)
_LAYOUT = Layout(_ORDER, NEEDED, MAX_ROWS, MAX_BYTES)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    takes: str
    is_needed: bool


GUIDE = tuple(Column(name, _TAKES[name], name in NEEDED) for name in _ORDER)
"""What each column takes, in words for the page."""


def read_file(data: bytes) -> list[TypedRow]:
    """The rows of the file that hold anything. Raises ValidationError for the file as a whole."""
    return read_rows(data, _LAYOUT)


def example_for(writer: User) -> Iterator[tuple[str, ...]]:
    """The headings and two rows, for accounts of the writer; no post of it can be sent as it is."""
    within = accounts_within_reach(writer, Permission.WRITE_POST).live().publishable()
    accounts = [f"{each.platform_name}: {each.handle}" for each in within.order_by("name")[:2]]
    on = timezone.localdate() + timedelta(days=7)
    first = {
        TEXT: "[What you want to say] The library is open until 8pm.",
        ACCOUNTS: "; ".join(accounts) or "X: wmlibraries",
        DATE: on.strftime("%d/%m/%Y"),
        TIME: "9:30am",
        NOTE: "Date and time are London’s.",
    }
    second = {
        TEXT: "[What you want to say] With date and time empty, it goes out once approved.",
        ACCOUNTS: first[ACCOUNTS],
    }
    yield _ORDER
    for row in (first, second):
        yield tuple(row.get(name, "") for name in _ORDER)
