"""A file of accounts that somebody sent yesterday: some of its rows are good, two are not."""

from __future__ import annotations

from functools import partial

from accounts.actions.importing import offer_file
from accounts.register.csv_file import NEEDED
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from pages.csv_cells import csv_pieces

ROWS = (
    ("Flickr", "wealdmoormuseum", "Wealdmoor Museum", "Libraries", "grace.holloway"),
    ("Pinterest", "wealdmoorparks", "Wealdmoor Parks", "Leisure and parks", "isaac.webb"),
    ("LinkedIn", "wealdmoor-careers", "Wealdmoor Careers", "Human resources", "farah.aziz"),
    ("Instagram", "wealdmoor planning", "Planning drawings", "Planning", "helen.moss"),
    ("Threads", "wealdmoorroads", "Wealdmoor Roads", "Roadworks", "martin.hale"),
)
"""The fourth has a space in its handle; the fifth names a service area that is called Highways."""


def tell_of_imports(story: Story, cast: Cast) -> None:
    story.at(story.day(1, "16:20"), partial(_send, cast))


def _send(cast: Cast) -> None:
    rows = [(*row[:4], cast.people[row[4]].email) for row in ROWS]
    data = b"".join(csv_pieces([NEEDED, *rows]))
    offer_file(by=cast.digital, name="found in the spring audit.csv", data=data)
