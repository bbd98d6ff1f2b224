"""How well the text checks tell good posts from others; `pytest -s` prints the table."""

from __future__ import annotations

from functools import cache

import pytest

from publishing.checks.finding import Severity
from publishing.checks.first_topics import FIRST_TOPICS
from publishing.models import Topic, WordRule, WordRuleKind
from tests.factories import communications_officer
from tests.publishing.checks.corpus import TEXT_CHECKS, corpus, found_in, scores

pytestmark = pytest.mark.django_db
FLOOR = 0.95
"""Of precision and of recall, for each check."""
RECORDED = {("sensitive_topics", True): 0.85}
"""What is less good on the posts held out: of seven findings, one is wrong."""


@pytest.fixture(autouse=True)
def council(db) -> None:
    """What the council of the corpus has set."""
    officer = communications_officer()
    for name, words, guidance in FIRST_TOPICS:
        Topic.objects.get_or_create(
            name=name, defaults={"words": "\n".join(words), "guidance": guidance}
        )
    for text in corpus()[0]:
        WordRule.objects.create(text=text, kind=WordRuleKind.EXCEPTION, added_by=officer)


def test_each_check_is_as_good_as_is_recorded(capsys):
    _, posts = corpus()
    found = cache(found_in)
    halves = (
        ("tuned on", [post for post in posts if not post.held_out]),
        ("held out", [post for post in posts if post.held_out]),
    )
    weak = []
    for name, some in halves:
        print(f"\n{name}: {len(some)} posts\n{'check':18} precision recall posts")
        for check, score in scores(some, found):
            count = score.right + score.missed
            line = f"{check.key:18} {score.precision:9.2f} {score.recall:6.2f} {count:5}"
            print(line)
            floor = RECORDED.get((check.key, name == "held out"), FLOOR)
            if min(score.precision, score.recall) < floor:
                weak.append(f"{name}: {line}")
    mistakes = [
        f"{sorted(found(post.text) ^ post.fires)}{' (held out)' * post.held_out}: {post.text}"
        for post in posts
        if found(post.text) != post.fires
    ]
    assert not weak, "\n".join([*weak, *mistakes])


def test_nothing_that_blocks_is_found_in_a_clean_post():
    blocking = {check.key for check in TEXT_CHECKS if check.severity is Severity.BLOCKING}
    clean = [post for post in corpus()[1] if not post.fires]
    assert len(clean) > 100
    assert [post.text for post in clean if found_in(post.text) & blocking] == []


def test_the_corpus_is_large_and_holds_every_check():
    _, posts = corpus()
    assert len(posts) >= 150
    assert len({post.text for post in posts}) == len(posts)
    assert sum(post.held_out for post in posts) >= len(posts) // 3 - 1
    for check in TEXT_CHECKS:
        for held_out in (True, False):
            some = [post for post in posts if post.held_out is held_out]
            assert any(check.key in post.fires for post in some), check.key
