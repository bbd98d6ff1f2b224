"""What the corporate team sets for the checks, and its pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.access import NotAllowed
from audit.models import Entry
from audit.presenters import sentence
from publishing.actions import rules
from publishing.checks.finding import Severity
from publishing.checks.registry import CHECKS
from publishing.models import CheckSetting, Topic, WordRule, WordRuleKind

pytestmark = pytest.mark.django_db
ADD: dict[str, Any] = {"text": "soon", "kind": WordRuleKind.BLOCKED, "reason": "Say when."}


@pytest.fixture
def as_officer(client, officer):
    client.force_login(officer)
    return client


def said() -> str:
    return sentence(Entry.objects.latest("sequence"))


def test_a_check_is_set_with_a_reason_and_the_trail_says_so(officer):
    for _ in range(2):
        rules.set_check(
            by=officer, check_key="emoji", severity=Severity.OFF, reason="We like them."
        )
    assert CheckSetting.objects.get().severity == "off"
    entry = Entry.objects.get(event="rule.check_set")
    assert sentence(entry) == (
        "Ana Lewis set the check Emoji are few and stand alone from advisory to off"
    )
    assert entry.reason == "We like them."


@pytest.mark.parametrize(("key", "reason"), [("length", "Why not"), ("no", "Why"), ("emoji", " ")])
def test_what_cannot_be_set_is_refused(officer, key, reason):
    with pytest.raises(ValidationError):
        rules.set_check(by=officer, check_key=key, severity=Severity.OFF, reason=reason)
    assert not CheckSetting.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda by: rules.set_check(
            by=by, check_key="emoji", severity=Severity.OFF, reason="Because"
        ),
        lambda by: rules.add_word(by=by, **ADD),
        lambda by: rules.remove_word(by=by, rule_id=1),
        lambda by: rules.add_topic(by=by, name="Parking", words="permit"),
        lambda by: rules.change_topic(
            by=by, topic_id=1, name="a", words="b", guidance="", is_sensitive=True, is_in_use=True
        ),
    ],
)
def test_only_who_keeps_the_rules_may(author, act):
    with pytest.raises(NotAllowed):
        act(author)


def test_a_word_is_added_once_and_removed_and_added_again(officer):
    rule = rules.add_word(by=officer, **ADD)
    with pytest.raises(ValidationError, match="on the list already"):
        rules.add_word(by=officer, **{**ADD, "text": " SOON "})
    for _ in range(2):
        rules.remove_word(by=officer, rule_id=rule.pk)
    assert said() == "Ana Lewis took “soon” off the word list"
    rules.add_word(by=officer, **ADD)
    assert WordRule.objects.filter(removed_at__isnull=True).count() == 1
    assert Entry.objects.filter(event="rule.word_removed").count() == 1


@pytest.mark.parametrize("text", ["", " ", "!?", "x" * 101])
def test_a_word_needs_words(officer, text):
    with pytest.raises(ValidationError):
        rules.add_word(by=officer, **{**ADD, "text": text})


def test_a_topic_is_added_changed_and_archived(officer):
    topic = rules.add_topic(by=officer, name="Parking", words="permit\n\n permit \nblue  badge")
    assert topic.words == "permit\nblue badge"
    with pytest.raises(ValidationError, match="of that name already"):
        rules.add_topic(by=officer, name="parking", words="fines")
    given: dict[str, Any] = {"name": "Parking", "words": "permit", "guidance": "Ask Jo."}
    given["is_sensitive"] = False
    for _ in range(2):
        rules.change_topic(by=officer, topic_id=topic.pk, is_in_use=False, **given)
    topic.refresh_from_db()
    assert (topic.archived_at is None, topic.is_sensitive) == (False, False)
    assert Entry.objects.filter(event="rule.topic_changed").count() == 1


def test_the_page_of_checks_shows_each_with_its_rule(as_officer, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page = as_officer.get(reverse("checks")).content.decode()
    assert page.count("Fixed") == sum(check.is_fixed for check in CHECKS)
    assert "RNIB" in page


def test_a_check_is_set_on_its_page(as_officer):
    address = reverse("check_set", args=["emoji"])
    assert as_officer.post(address, {"severity": "odd"}).status_code == 422
    assert as_officer.post(address, {"severity": "note", "reason": "A trial"}).status_code == 302
    assert "A trial" in as_officer.get(reverse("checks")).content.decode()


@pytest.mark.parametrize("key", ["length", "no-such-check"])
def test_a_check_that_is_fixed_has_no_page(as_officer, key):
    answer = as_officer.post(reverse("check_set", args=[key]), {"severity": "off", "reason": "x"})
    assert answer.headers["Location"] == reverse("checks")
    assert not CheckSetting.objects.exists()


def test_words_are_added_tried_and_removed_on_their_pages(as_officer):
    page = as_officer.get(reverse("words")).content.decode()
    assert "Nothing is on the council’s own list yet" in page
    assert as_officer.post(reverse("word_new"), {"text": "a\0b"}).status_code == 422
    assert as_officer.post(reverse("word_new"), ADD).status_code == 302

    tried = as_officer.post(reverse("words"), {"trial": "Back soon."}).content.decode()
    assert "Find other words for “soon”. Say when." in tried
    tried = as_officer.post(reverse("words"), {"trial": "Back at two."}).content.decode()
    assert "Nothing is found in this text" in tried
    assert as_officer.post(reverse("words"), {"trial": "x" * 2001}).status_code == 422

    rule = WordRule.objects.get()
    assert as_officer.post(reverse("word_remove", args=[rule.pk])).status_code == 302
    assert as_officer.post(reverse("word_remove", args=[10**9])).status_code == 404


def test_a_long_list_of_words_is_in_pages(as_officer, officer, django_assert_max_num_queries):
    WordRule.objects.bulk_create(
        WordRule(text=f"word {number:03}", kind=WordRuleKind.BLOCKED, added_by=officer)
        for number in range(60)
    )
    with django_assert_max_num_queries(20):
        page = as_officer.get(reverse("words")).content.decode()
    assert "word 024" in page
    assert "word 025" not in page


def test_topics_are_kept_on_their_pages(as_officer):
    assert as_officer.post(reverse("topic_new"), {"name": "Parking"}).status_code == 422
    given = {"name": "Parking", "words": "permit", "is_sensitive": "on"}
    assert as_officer.post(reverse("topic_new"), given).status_code == 302
    topic = Topic.objects.get(name="Parking")
    address = reverse("topic_change", args=[topic.pk])
    assert "permit" in as_officer.get(address).content.decode()
    assert as_officer.post(address, given).status_code == 302
    topic.refresh_from_db()
    assert topic.archived_at is not None
    assert "Parking" in as_officer.get(reverse("topics")).content.decode()
