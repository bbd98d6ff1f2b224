"""What posts begin with: templates, snippets, and a file of posts that somebody sent yesterday."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils import timezone

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from pages.csv_cells import csv_pieces
from publishing.actions.importing import offer_posts
from publishing.actions.starting_points import add_snippet, add_template
from publishing.drafts import Content
from publishing.starting_points.pattern import Pattern

FLOOD = (
    "The river at [place] is over its banks. Keep away from the water and do not drive through"
    " it. If you are in danger, ring 999."
)
CLOSED = (
    "[Name of the library] is closed on [day] because [reason]. The nearest one that is open is"
    " [name of the other library]."
)
ROAD = "[Name of the road] is closed from [time] to [time] on [day]. Please allow extra time."
TEMPLATES = (
    ("Flood: keep away from the river", "Name the place. Never guess when it will be over.",
     Pattern(Content(text=FLOOD), ("x", "facebook")), "", True),
    ("A library closes", "Say why, and where the nearest open one is.",
     Pattern(Content(text=CLOSED), ("x", "facebook")), "Libraries", False),
    ("A road closes", "Ask Roadworks for the diversion first.",
     Pattern(Content(text=ROAD), ("x",)), "", False),
)  # fmt: skip
SNIPPETS = (
    ("Customer services", "Call us on 01632 960000, Monday to Friday, 9am to 5pm.", ""),
    ("Library hashtags", "#WealdmoorLibraries #LoveYourLibrary", "Libraries"),
)


def tell_of_starting_points(story: Story, cast: Cast) -> None:
    story.at(story.day(60, "10:00"), partial(_write, cast))
    story.at(story.day(1, "15:10"), partial(_send, cast))


def _write(cast: Cast) -> None:
    by = cast.people["ana.lewis"]
    for name, guidance, pattern, area, is_for_emergencies in TEMPLATES:
        facts = {
            "name": name,
            "guidance": guidance,
            "content": pattern.to_json(),
            "service_area": cast.areas[area] if area else None,
            "is_for_emergencies": is_for_emergencies,
        }
        add_template(facts=facts, by=by)
    for name, text, area in SNIPPETS:
        whose = cast.areas[area] if area else None
        add_snippet(facts={"name": name, "text": text, "service_area": whose}, by=by)


def _send(cast: Cast) -> None:
    """Four rows, of which the last names an account that its sender may not write for."""
    on = (timezone.localdate() + timedelta(days=8)).strftime("%d/%m/%Y")
    mine, roads = (cast.accounts[key].handle for key in ("libraries-x", "roads-x"))
    rows = [
        (f"Story time for under-fives is at {place} on Saturday at 10am.", f"X: {mine}", on, time)
        for place, time in (("Moorside", "9am"), ("Canal Walk", "11am"), ("Quarry Hill", "1pm"))
    ]
    rows.append(("Quarry Hill is closed to cars during story time.", f"X: {roads}", on, "8am"))
    data = b"".join(csv_pieces([("text", "accounts", "date", "time"), *rows]))
    offer_posts(by=cast.people["priya.shah"], name="story times.csv", data=data)
