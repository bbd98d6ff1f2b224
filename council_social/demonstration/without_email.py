"""People of Waste and recycling to whom the council gives no e-mail address, and how they learn."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import partial

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from accounts.actions.people import add_person
from accounts.actions.personal_codes import issue_code
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from training.actions.attendance import record_attendance
from training.models import CompletedBy, Course
from training.scans import Scan

COLLECTORS = (
    ("reg.cole", "Reg Cole", "Refuse collector", "104233"),
    ("liz.lake", "Liz Lake", "Refuse collector", "104871"),
    ("andrzej.wilk", "Andrzej Wilk", "Driver", "103920"),
)
"""Key, name, job, staff number. Their manager is Kelly Adams."""
CODE = "WEAL-DMRT"
"""Everybody is told it: that of the first of them."""
TRAINED = ("reg.cole", "andrzej.wilk")


def tell_of_people_without_email(story: Story, cast: Cast) -> None:
    """They join; two of them are taught at the depot, and HR has the sheet they signed."""
    story.at(story.day(300, "09:40"), partial(_join, cast))
    story.at(story.day(40, "10:15"), partial(_record_sheet, cast))
    story.at(story.day(2, "08:30"), partial(_give_code, cast))


def _join(cast: Cast) -> None:
    for key, name, job, number in COLLECTORS:
        cast.people[key] = add_person(
            by=cast.digital,
            name=name,
            staff_number=number,
            job_title=job,
            service_area=cast.areas["Waste and recycling"],
            manager=cast.people["kelly.adams"],
        )


def _give_code(cast: Cast) -> None:
    issue_code(by=cast.people["kelly.adams"], person=cast.people[COLLECTORS[0][0]], code=CODE)


def _record_sheet(cast: Cast) -> None:
    record_attendance(
        by=cast.people["farah.aziz"],
        people=[cast.people[key] for key in TRAINED],
        course=Course.objects.get(slug="social-media-for-everyone"),
        completed_on=timezone.localdate() - timedelta(days=3),
        how=CompletedBy.PAPER,
        note="Taught at the Moorside depot by Sam Osei",
        evidence=Scan(_sheet(), "png"),
    )


def _sheet() -> bytes:
    """The sheet with their names, as a scanner sees it."""
    page = Image.new("RGB", (840, 1188), "#fdfdf8")
    canvas = ImageDraw.Draw(page)
    large, small = ImageFont.load_default(38), ImageFont.load_default(26)
    canvas.text((70, 80), "Attendance: social media for everyone", "#222222", large)
    canvas.text((70, 150), "Moorside depot, early shift", "#222222", small)
    for row, key in enumerate(TRAINED):
        _, name, _, number = next(each for each in COLLECTORS if each[0] == key)
        top = 250 + 110 * row
        canvas.line((70, top + 80, 770, top + 80), "#888888", 2)
        canvas.text((80, top + 30), f"{number}   {name}", "#222222", small)
        canvas.text((520, top + 26), name.split()[0], "#1d2f7a", large)
    written = io.BytesIO()
    page.save(written, "PNG")
    return written.getvalue()
