"""The part of a course's address that is its own."""

from __future__ import annotations

from django.utils.text import slugify

from training.models import Course

RESERVED = frozenset(
    {"ambassadors", "assignments", "bookings", "codes", "conversations", "courses", "matrix"}
    | {"new", "package", "packages", "people", "progress", "records", "sessions", "team"}
    | {"terminal", "that-come-with-it", "timetable"}
)
"""What stands in the place of a course's slug in the address of another page.

A test reads the addresses, and fails for a new one whose word is missing here.
"""


def free_slug(title: str) -> str:
    """One that no other course has, and no other page."""
    wanted = slugify(title)[:40].strip("-") or "course"
    slug, number = wanted, 1
    while slug in RESERVED or Course.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug
