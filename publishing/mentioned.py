"""Who is meant by "@Anna Lee" in a comment: people who may see the post."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accounts.models import User
from publishing.models import Post

MOST = 10
"""As many @ of one comment are looked at."""
_LONGEST_NAME = 120


def people_named_in(text: str, post: Post) -> list[User]:
    """Everybody whose whole name follows an @, of those who may see the post, by name.

    Where two people have the name, both are meant. A handle such as @wmlibraries names nobody.
    """
    found = {person.pk: person for words in _after_ats(text) for person in _called(words)}
    seeing = [person for person in found.values() if may_see(person, post)]
    return sorted(seeing, key=lambda person: (person.name, person.pk))


def may_see(person: User, post: Post) -> bool:
    return Post.objects.visible_to(person).filter(pk=post.pk).exists()


def _after_ats(text: str) -> Iterator[str]:
    for found in list(re.finditer(r"(?<!\w)@(?=\w)", text))[:MOST]:
        yield " ".join(text[found.end() : found.end() + _LONGEST_NAME].split())


def _called(words: str) -> list[User]:
    """People with the longest name that these words begin with."""
    first = re.match(r"[\w'’-]+", words)
    if first is None:
        return []
    near = User.objects.employed().filter(name__istartswith=first[0])
    fitting = [person for person in near[:500] if _begins_with(words, person.name)]
    longest = max((len(person.name) for person in fitting), default=0)
    return [person for person in fitting if len(person.name) == longest]


def _begins_with(words: str, name: str) -> bool:
    whole = " ".join(name.split())
    return bool(whole) and bool(re.match(rf"{re.escape(whole)}(?!\w)", words, re.IGNORECASE))
