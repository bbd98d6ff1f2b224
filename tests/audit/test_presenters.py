from __future__ import annotations

import pytest

from audit.catalogue import GROUPS, Event, in_group
from audit.models import Entry
from audit.presenters import Fact, facts, sentence
from audit.sentences import SENTENCES


def entry(event: str, **details: object) -> Entry:
    return Entry(
        sequence=1, event=event, actor_name="Priya Shah", subject_name="“Sundays”", details=details
    )


@pytest.mark.parametrize("event", list(Event))
def test_every_event_has_a_sentence_that_reads_with_no_facts_at_all(event: Event) -> None:
    words = sentence(entry(event.value))
    assert not set("{}[]|") & set(words)
    assert "  " not in words
    assert words == words.strip()
    assert "“Sundays”" in words or event.group == "sign_in"
    assert words[0].isupper() or words[0] == "“"
    assert not words.endswith((".", " to", " from", " of", " for", ":"))


def test_the_catalogue_and_the_sentences_hold_the_same_events() -> None:
    assert set(SENTENCES) == set(Event)


@pytest.mark.parametrize("event", list(Event))
def test_every_event_is_in_a_group_with_a_name(event: Event) -> None:
    assert event.group in GROUPS
    assert event in in_group(event.group)


@pytest.mark.parametrize(
    ("event", "details", "words"),
    [
        (
            Event.POST_APPROVED,
            {"after": {"version": 3}},
            "Priya Shah approved version 3 of “Sundays”",
        ),
        (Event.POST_APPROVED, {}, "Priya Shah approved “Sundays”"),
        (
            Event.POST_MOVED,
            {"before": {"due_at": "7 May, 9am"}, "after": {"due_at": "8 May, 9am"}},
            "Priya Shah moved “Sundays” from 7 May, 9am to 8 May, 9am",
        ),
        (Event.ROLE_GIVEN, {}, "Priya Shah gave “Sundays” a role"),
        (
            Event.ROLE_GIVEN,
            {"after": {"role": "HR"}},
            "Priya Shah gave “Sundays” the role HR",
        ),
        (
            Event.DELIVERY_REJECTED,
            {"after": {"why": "duplicate content"}},
            "“Sundays” was rejected by the platform: duplicate content",
        ),
    ],
)
def test_sentences_say_the_facts_that_there_are(
    event: Event, details: dict[str, object], words: str
) -> None:
    assert sentence(entry(event.value, **details)) == words


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("publishing.post", "everything and left", "“everything and left”"),
        (
            "publishing.delivery",
            "Sundays, version 2 to Libraries (X @wmlibs)",
            "“Sundays”, version 2 to Libraries (X @wmlibs)",
        ),
        (
            "training.policyversion",
            "Social media policy, version 3",
            "“Social media policy”, version 3",
        ),
        ("accounts.user", "Priya Shah", "Priya Shah"),
        ("publishing.post", "", ""),
    ],
)
def test_a_title_that_somebody_typed_stands_in_quotation_marks(
    kind: str, name: str, words: str
) -> None:
    approved = entry("post.approved")
    approved.subject_type, approved.subject_name = kind, name
    assert sentence(approved) == f"Priya Shah approved {words}"


def test_braces_in_a_name_stay_as_they_are() -> None:
    strange = entry("post.approved", after={"version": "{actor} [x]"})
    strange.subject_name = "{reason}"
    assert sentence(strange) == "Priya Shah approved version {actor} [x] of {reason}"


def test_an_event_of_another_release_still_reads() -> None:
    assert sentence(entry("post.teleported")) == "Priya Shah, post.teleported: “Sundays”"


def test_facts_show_each_thing_before_and_after() -> None:
    moved = entry(
        "account.state_moved",
        before={"state": "approved", "two_factor": False},
        after={"state": "live", "officers": ["A", "B"], "limits": {"text": 280}},
    )
    assert facts(moved) == [
        Fact("State", "approved", "live"),
        Fact("Two factor", "no", ""),
        Fact("Officers", "", "A, B"),
        Fact("Limits", "", "text: 280"),
    ]


def test_details_that_were_damaged_are_shown_as_nothing_rather_than_raised() -> None:
    damaged = entry("post.approved")
    damaged.details = {"before": "x", "unreadable": "{"}
    assert facts(damaged) == []
    assert sentence(damaged) == "Priya Shah approved “Sundays”"
