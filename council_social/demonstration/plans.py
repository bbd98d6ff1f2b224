"""How much each account means to say in a week, and the words that the council avoids."""

from __future__ import annotations

from functools import partial

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from publishing.actions.content_plans import set_plan
from publishing.actions.rules import add_word
from publishing.models import WordRuleKind

PLANS = {
    "council-x": (5, "News, warnings, and one good thing a week"),
    "council-facebook": (4, "Services, conversation, what became of your ideas"),
    "libraries-x": (3, "Events, reading, opening hours"),
    "libraries-facebook": (3, "Families and reading groups"),
    "libraries-youtube": (1, "A story or a talk"),
    "roads-x": (2, "Closures before they begin"),
    "recycling-facebook": (2, "What goes in which bin"),
}
WORDS = (
    ("service users", WordRuleKind.BLOCKED, "Say residents, tenants or readers."),
    ("stakeholders", WordRuleKind.BLOCKED, "Say who they are."),
    ("Wealdmore", WordRuleKind.BLOCKED, "The district is spelt Wealdmoor."),
    ("Cock Lane", WordRuleKind.EXCEPTION, "A street in Moorside."),
)


def tell_of_plans(story: Story, cast: Cast) -> None:
    story.at(story.day(130, "11:30"), partial(_plan, cast))
    story.at(story.day(129, "11:30"), partial(_choose_words, cast))


def _plan(cast: Cast) -> None:
    for key, (posts, themes) in PLANS.items():
        account = cast.accounts[key]
        set_plan(
            by=cast.people["ana.lewis"], account_id=account.pk, posts_a_week=posts, themes=themes
        )


def _choose_words(cast: Cast) -> None:
    for text, kind, reason in WORDS:
        add_word(by=cast.digital, text=text, kind=kind, reason=reason)
