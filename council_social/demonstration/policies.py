"""The courses and policies of the demonstration, in short."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lesson:
    slug: str
    title: str
    valid_months: int
    needed_to_write: bool = False
    needed_to_approve: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of a policy, in force since `ago` days."""

    slug: str
    title: str
    number: int
    ago: int
    text: str
    needed_to_write: bool = False


COURSES = (
    Lesson("running-a-council-account", "Running a council account", 12, needed_to_write=True),
    Lesson(
        "approving-what-the-council-says",
        "Approving what the council says",
        24,
        needed_to_approve=True,
    ),
    Lesson("data-protection-and-images", "Data protection and pictures of people", 24),
    Lesson("social-media-for-councillors", "Social media for councillors", 24),
)

_FIRST = """\
1. Be accurate. If you are not sure, ask before you post.
2. Be kind. Nobody is mocked by their council.
3. Never post what is personal about somebody else.
4. Describe every picture for people who cannot see it.
"""
_SECOND = """\
1. Be accurate. If you are not sure, ask before you post. If we were wrong, we say so.
2. Be kind. Nobody is mocked by their council.
3. Never post what is personal about somebody else, and ask before you show a face.
4. Describe every picture and film for people who cannot see it.
5. Somebody else approves what you wrote. Nobody approves their own words.
6. In the weeks before an election, ask communications about everything.
7. Your own accounts are yours. Say that you speak for yourself.
"""
_OWNERS = """\
1. You answer for the account: what it says, who may use it, and whether it is still needed.
2. Keep a deputy, so that the account is never without somebody.
3. Review its risk assessment before the day that it is due. An overdue one holds publishing.
4. When somebody leaves your team, say so the same day.
"""

POLICIES = (
    Paper("social-media-policy", "Social media policy", 1, 545, _FIRST, needed_to_write=True),
    Paper("social-media-policy", "Social media policy", 2, 190, _SECOND, needed_to_write=True),
    Paper("site-owners-policy", "Site owner’s policy", 1, 540, _OWNERS),
)
