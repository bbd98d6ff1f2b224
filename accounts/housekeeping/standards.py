"""The standards checklist: what every account of the council keeps to, at any time.

The council's own list. That there are basic standards, that branding is appropriate and that the
corporate team has access comes from the timetable of its strategy; alt text and plain captions
from the Public Sector Bodies (Websites and Mobile Applications) Accessibility Regulations 2018.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from accounts.checklists import Item
from accounts.models import Checklist, ChecklistAnswer, SocialAccount

_item = partial(Item, checklist=Checklist.STANDARDS, is_asked=True)

BRAND = _item("brand", "It looks like the council’s", "Name, logo and colours as in the guidelines")
STANDARDS = (
    BRAND,
    _item("purpose", "The profile says whose it is and what it is for", ""),
    _item("hours", "The profile says when somebody answers", "And where to go at other times"),
    _item("website", "The profile links to the council’s website", "To the service’s own page"),
    _item(
        "house_rules",
        "The house rules are linked or pinned",
        "What is removed, and when somebody is blocked",
    ),
    _item(
        "complaints",
        "The profile says where to complain or report a problem",
        "Social media is no place for what a service has to handle",
    ),
    _item(
        "alt_text",
        "Pictures have alt text, and films have captions",
        "Look at the last ten posts",
    ),
    _item(
        "hashtags",
        "Hashtags begin each word with a capital",
        "#WealdmoorLibraries is read out as two words, #wealdmoorlibraries is not",
    ),
    _item("language", "Posts are in plain English", "No abbreviations that residents do not use"),
    _item(
        "answers",
        "Questions are answered within the time that the profile says",
        "Look at the last ten that were asked",
    ),
    _item(
        "privacy",
        "Nobody’s personal data is asked for or shown in public",
        "Residents are asked to write by private message or e-mail",
    ),
    _item(
        "people",
        "People in pictures have agreed to be shown",
        "Of children, their parents have",
    ),
)
"""In the order of the page."""


@dataclass(frozen=True, slots=True)
class Standard:
    """One item, and what was last found of it."""

    item: Item
    answer: ChecklistAnswer | None

    @property
    def state(self) -> str:
        if self.answer is None:
            return "Not checked"
        return "Met" if self.answer.is_met else "Not met"

    @property
    def colour(self) -> str:
        return {"Met": "green", "Not met": "red"}.get(self.state, "grey")


def standards_of(account: SocialAccount) -> list[Standard]:
    """Every item with its newest answer. One query."""
    given = account.checklist_answers.filter(checklist=Checklist.STANDARDS).select_related("by")
    answers = {each.item: each for each in given}
    return [Standard(item, answers.get(item.key)) for item in STANDARDS]


def fingerprint_of(standards: list[Standard]) -> str:
    """Changes whenever an answer does: how a page that stood open for long is recognised."""
    moments = [each.answer.at for each in standards if each.answer]
    return max(moments).isoformat() if moments else "none"
