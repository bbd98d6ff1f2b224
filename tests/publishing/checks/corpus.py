"""The corpus: posts in the voice of councils, and how well each check tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils import timezone

from accounts.models import SocialAccount
from publishing.checks.finding import Check
from publishing.checks.registry import CHECKS
from publishing.composition import Composition, Part

ABOUT_TEXT = (
    "ni_numbers", "nhs_numbers", "email_addresses", "phone_numbers", "home_addresses",
    "blocked_words", "outdated_words", "sensitive_topics", "plain_english", "capitals",
    "odd_letters", "emoji", "hashtags", "hints_left",
)  # fmt: skip
TEXT_CHECKS = tuple(check for check in CHECKS if check.key in ABOUT_TEXT)


@dataclass(frozen=True, slots=True)
class Example:
    """One post, and the keys of the checks that have to find something in it."""

    text: str
    fires: frozenset[str]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What a check found rightly, wrongly, and not at all."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def corpus() -> tuple[list[str], list[Example]]:
    """What the council of the corpus has allowed, and the posts."""
    kept = yaml.safe_load(Path(__file__).with_name("corpus.yaml").read_text(encoding="utf-8"))
    posts = [
        Example(post["text"], frozenset(post["fires"]), post.get("held_out", False))
        for post in kept["posts"]
    ]
    return kept["allowed"], posts


def composed(text: str) -> Composition:
    """A post of that text on one account; it is in no table."""
    account = SocialAccount(pk=1, platform="facebook", name="Lewmoor Council", handle="lewmoor")
    part = Part(account, text, is_own=False, typed_link="")
    return Composition("", "", text, (part,), "", "", None, None, ())


def found_in(text: str) -> frozenset[str]:
    """The keys of the text checks that find something."""
    composition, now = composed(text), timezone.now()
    return frozenset(
        check.key for check in TEXT_CHECKS if any(True for _ in check.find(composition, now))
    )


def scores(
    posts: Iterable[Example], found: Callable[[str], frozenset[str]]
) -> Iterator[tuple[Check, Score]]:
    told = [(post.fires, found(post.text)) for post in posts]
    for check in TEXT_CHECKS:
        should = [(check.key in fires, check.key in said) for fires, said in told]
        yield (
            check,
            Score(
                right=should.count((True, True)),
                wrong=should.count((False, True)),
                missed=should.count((True, False)),
            ),
        )
