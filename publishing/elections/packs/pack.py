"""The rules of one nation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One text of law or guidance, and what it asks in plain words."""

    name: str
    asks: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """`main` is the rule that a finding names; `allowed` is what may be published all the same."""

    main: Rule
    others: tuple[Rule, ...]
    allowed: str

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (self.main, *self.others)


LAW = "https://www.legislation.gov.uk/"

ACT_OF_1986 = (
    Rule(
        "Local Government Act 1986, section 2",
        "Publish nothing that appears designed to affect support for a political party.",
        f"{LAW}ukpga/1986/10/section/2",
    ),
    Rule(
        "Local Government Act 1986, section 4",
        "Have regard to the code on publicity in every decision on publicity.",
        f"{LAW}ukpga/1986/10/section/4",
    ),
    Rule(
        "Local Government Act 1986, section 6",
        "Publicity is any communication, in whatever form, to the public or a section of it: a "
        "post is, and so is sharing somebody else’s.",
        f"{LAW}ukpga/1986/10/section/6",
    ),
)
"""In England, Wales and Scotland."""

IMPRINTS = Rule(
    "Elections Act 2022, Part 6",
    "Digital campaign material says who promotes it. Share none: an imprint is its promoter’s to "
    "give, and this service never adds one.",
    f"{LAW}ukpga/2022/37/part/6",
)
FACTS_ONLY = (
    "Facts about the election may be published: who the candidates are, with wards and parties, "
    "and how to register and vote."
)
