"""The checks of the words: at their limits, and on whatever somebody may type."""

from __future__ import annotations

import time
from datetime import timedelta
from itertools import islice

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publishing.actions.submitting import submit
from publishing.checks.hints_left import hints_in
from publishing.checks.language.readability import reading_ease, sentences, syllables
from publishing.checks.language.tokens import Words, tokens
from publishing.checks.registry import CHECKS, MOST, findings
from publishing.checks.word_list import shipped
from publishing.composition import compose
from publishing.errors import ChecksFailed
from publishing.models import Post, Topic, WordRule, WordRuleKind
from tests.publishing.checks.corpus import TEXT_CHECKS, composed, found_in
from tests.publishing.making import content, drafted, in_hours, newest, submitted

pytestmark = pytest.mark.django_db


def told(text: str, key: str) -> list[str]:
    check = next(check for check in CHECKS if check.key == key)
    return [found.message for found in check.find(composed(text), timezone.now())]


def allow(text: str, officer) -> None:
    WordRule.objects.create(text=text, kind=WordRuleKind.EXCEPTION, added_by=officer)


@pytest.mark.parametrize(("count", "is_told"), [(25, False), (26, True)])
def test_a_sentence_has_at_most_twenty_five_words(count, is_told):
    text = " ".join(["cat"] * count) + ". Come along."
    assert bool(told(text, "plain_english")) is is_told


def test_lists_addresses_and_hashtags_are_no_sentences():
    text = "\n".join(["Bring a coat"] * 20) + "\nhttps://a.example/" + "a-" * 40 + " #Winter" * 20
    assert told(text, "plain_english") == []


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("[Name of the road] is closed until [time].", ["[Name of the road]", "[time]"]),
        ("It is [time] or [time].", ["[time]"]),
        ("He said “we was [sic] there” [1/3] [2026] [ Cymraeg ] []", []),
        ("[two\nlines] and [" + "x" * 101 + "]", []),
        ("[[name]]", ["[name]"]),
    ],
)
def test_hints_are_words_in_square_brackets_but_not_what_editors_put_there(text, hints):
    assert hints_in(text) == hints


def test_a_post_with_a_hint_left_is_not_sent_wherever_the_hint_stands(author, account):
    for fields in (
        {"text": "The library in [town] is open."},
        {"own_texts": ((account.pk, "Open until [time]"),)},
        {"link": "https://www.wealdmoor.example/[page]"},
    ):
        post = drafted(author, account, **fields)
        with pytest.raises(ChecksFailed, match=r"Fill in “\["):
            submit(post_id=post.pk, revision=1, by=author)


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("library", 3), ("table", 2), ("made", 1), ("NHS", 1), ("1984", 1), ("wanted", 2)],
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_plain_words_are_easier_to_read():
    plain = reading_ease("We open at nine. Come in and read a book.")
    hard = reading_ease("Utilisation of facilities necessitates administrative authorisation.")
    assert plain > 90
    assert hard < 0
    assert sentences("Come in! It is warm. Is it? Yes.") == [
        "Come in",
        "It is warm",
        "Is it",
        "Yes",
    ]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Fair today 🎉 ", False),
        ("Fair today 🎉🎈", False),
        ("Fair today 🎉🎈🎪", True),
        ("Fair 🎉. Food 🍦. Dogs 🐕.", False),
        ("Fair 🎉. Food 🍦. Dogs 🐕. Music 🎶.", True),
        ("We ❤️ libraries", True),
        ("A family 👨‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿", False),
        ("© Lewmoor™ ® 2026 ©", False),
    ],
)
def test_emoji(text, is_told):
    assert bool(told(text, "emoji")) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("\U0001d401old", True),
        ("\uff26ull", True),
        ("20℃, 5 ½ miles, №3, ① first", False),
        ("سلام می‌خواهم", False),
        ("op\u200ben", True),
        ("\u05e9\u05dc \u202b\u05e2\u05d5\u202c", False),
        ("a\u202eb", True),
        ("Z̸̷̴̵alg", True),
        ("Siân, Llŷn, café, Tŷ, Eilidh", False),
    ],
)
def test_odd_letters(text, is_told):
    assert bool(told(text, "odd_letters")) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("FREE entry", False),
        ("FREE ENTRY for all", True),
        ("The NHS, RSPCA and UNESCO", False),
        ("BBC ITV HMRC DWP", False),
        ("DO NOT PARK here", True),
        ("LATEST: NEWS from us", False),
        ("I AM here", False),
    ],
)
def test_capitals(text, is_told):
    assert bool(told(text, "capitals")) is is_told


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("jane.smith@lewmoor.gov.uk", True),
        ("highways@lewmoor.gov.uk", False),
        ("social-care.team@lewmoor.gov.uk", False),
        ("info@example.org", False),
        ("jane@example.org", True),
        ("info@gmail.com", True),
    ],
)
def test_email_addresses(address, is_told):
    assert bool(told(f"Write to {address}.", "email_addresses")) is is_told


def test_addresses_and_numbers_on_the_council_s_list_are_its_own(officer):
    text = "Ring 07700 900123 or jo@scouts.example. We are at 4 Mill Lane, LM1 1AA."
    keys = ("email_addresses", "phone_numbers", "home_addresses")
    assert all(told(text, key) for key in keys)
    for allowed in ("+44 7700 900 123", "@Scouts.example", "lm11aa"):
        allow(allowed, officer)
    assert not any(told(text, key) for key in keys)


@pytest.mark.parametrize(
    ("number", "is_told"),
    [
        ("07700 900123", True),
        ("+44 (0)7700 900 123", True),
        ("020 7946 0958", True),
        ("0300 123 1000", False),
        ("0800 1111", False),
        ("999", False),
        ("£07700900123", False),
        ("07700 90012", False),
        ("1/07700900123/2", False),
    ],
)
def test_phone_numbers(number, is_told):
    assert bool(told(f"Call {number} today", "phone_numbers")) is is_told


@pytest.mark.parametrize(
    ("number", "is_told"),
    [
        ("AB123456C", True),
        ("ab 12 34 56 d", True),
        ("AB123456E", False),
        ("BG123456A", False),
        ("DA123456A", False),
        ("AO123456A", False),
        ("XAB123456C", False),
        ("AB1234567C", False),
    ],
)
def test_ni_numbers(number, is_told):
    assert bool(told(f"See {number}.", "ni_numbers")) is is_told


@pytest.mark.parametrize(
    ("number", "is_told"),
    [("943 476 5919", True), ("9434765919", True), ("943 476 5918", False), ("943-4765919", False)],
)
def test_nhs_numbers_have_their_checksum(number, is_told):
    assert bool(told(f"See {number}.", "nhs_numbers")) is is_told


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("at 9 Oak Close, Lewmoor LM4 6DD", True),
        ("at Oak Close, Lewmoor LM4 6DD", False),
        ("at 9 Oak Close, Lewmoor", False),
        ("at the library, 9 Oak Close, LM4 6DD", False),
    ],
)
def test_home_addresses(text, is_told):
    assert bool(told(text, "home_addresses")) is is_told


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe", "Penistone", "Sussex", "Essex", "Middlesex", "Clitheroe", "Shitterton",
        "Lightwater", "Cockermouth", "cockerel", "Dick Turpin", "Moby Dick", "gay pride march",
        "a great tit", "shuttlecock", "Hancock", "assess the class", "Arsenal", "therapist",
        "finger prick test", "Maine Coon cat", "a chink of light", "Spital Road", "form P155",
        "Alcoholics Anonymous", "Monster Raving Loony Party", "Queer Film Festival", "MG Midget",
        "Twatt, Orkney", "Fucking", "Wetwang", "Pratts Bottom", "Bell End", "Titty Ho",
    ],
)  # fmt: skip
def test_names_and_ordinary_words_are_not_blocked(text):
    expected = text == "Fucking"
    assert bool(told(f"See {text} today", "blocked_words")) is expected


@pytest.mark.parametrize(
    "text", ["f*ck", "sh1t", "f u c k", "WANKERS", "b@stard", "\uff53\uff48\uff49\uff54", "shit’s"]
)
def test_disguises_are_seen_through(text):
    assert told(f"Oh {text}!", "blocked_words")


def test_the_council_adds_words_and_takes_words_off(officer):
    WordRule.objects.create(
        text="Blue Monday", kind=WordRuleKind.BLOCKED, reason="There is none.", added_by=officer
    )
    assert told("It is blue Monday.", "blocked_words") == [
        "Find other words for “blue Monday”. There is none."
    ]
    assert told("The Bastard Theatre", "blocked_words")
    allow("Bastard Theatre", officer)
    assert not told("The Bastard Theatre", "blocked_words")
    assert told("That bastard at the Bastard Theatre", "blocked_words")


def test_a_removed_word_is_in_the_list_no_more(officer):
    WordRule.objects.create(
        text="soon", kind=WordRuleKind.BLOCKED, added_by=officer, removed_at=timezone.now()
    )
    assert not told("Back soon", "blocked_words")


def test_a_topic_is_touched_by_any_of_its_words():
    Topic.objects.create(name="Parking", words="car park\nparking permit", guidance="Ask Jo.")
    assert told("Two parking permits", "sensitive_topics") == [
        "“parking permits” touches “Parking”. Ask Jo."
    ]
    assert not told("Park the car", "sensitive_topics")
    Topic.objects.filter(name="Parking").update(archived_at=timezone.now())
    assert not told("Two parking permits", "sensitive_topics")


@pytest.mark.parametrize(
    ("tag", "is_told"),
    [
        ("#Wealdmoor", False),
        ("#Chesterfield", False),
        ("#Northamptonshire", False),
        ("#Lovewhereyoulive", True),
        ("#LOVEWHEREYOULIVE", True),
        ("#LoveWhereYouLive", False),
        ("#20202020202020", False),
    ],
)
def test_hashtags(tag, is_told):
    assert bool(told(f"Hello {tag}", "hashtags")) is is_told


def repeats(post: Post) -> list[str]:
    composition = compose(content(*post.governed_accounts(), text=newest(post).text))
    return [each.message for each in findings(composition) if each.check.key == "duplicates"]


def test_nearly_the_same_text_on_the_same_account_is_told(author, account, page):
    text = "The library in Station Road is open until eight tonight for everybody who reads."
    post = submitted(author, account, text=text)
    (message,) = repeats(post)
    assert "says nearly the same" in message
    for other in (
        content(page, text=text),
        content(account, text="Snow. " + text.replace("library", "pool").replace("reads", "swims")),
    ):
        assert "duplicates" not in {each.check.key for each in findings(compose(other))}
    own = compose(content(account, text=text), post.pk)
    assert "duplicates" not in {each.check.key for each in findings(own)}


def test_what_was_said_a_month_ago_may_be_said_again(author, account, time_machine):
    post = submitted(author, account)
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert repeats(post) == []


def test_looking_for_duplicates_takes_one_query_however_many_there_are(
    author, account, django_assert_num_queries
):
    check = next(check for check in CHECKS if check.key == "duplicates")
    composition = compose(content(account))
    for _ in range(3):
        submitted(author, account)
        with django_assert_num_queries(1):
            list(check.find(composition, timezone.now()))


def test_another_post_at_about_the_time_is_noted(author, account, page):
    submitted(author, account, at=in_hours(5))
    for hours, accounts, is_told in (
        (5.4, (account,), True),
        (5.6, (account,), False),
        (5, (page,), False),
    ):
        found = findings(compose(content(*accounts, at=in_hours(hours), text="Quite another.")))
        assert ("clashes" in {each.check.key for each in found}) is is_told


@given(st.text(max_size=300))
@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_text_breaks_a_check(text):
    found_in(text)


@pytest.mark.slow
def test_the_work_grows_with_the_length_and_no_faster():
    units = ("a", "f u c k ", "*", "a.a@a.", "1 a road ", "+44 ", "A ", ".", "\u0300", "A1 1AA ")
    for unit in units:
        said = composed(unit * (100_000 // len(unit)))
        for check in TEXT_CHECKS:
            began = time.process_time()
            list(islice(check.find(said, timezone.now()), MOST))
            assert time.process_time() - began < 4, (check.key, unit)


def test_every_line_of_our_list_is_found_and_has_a_reason():
    for line in shipped():
        assert line.reason
        assert line.kind in {"swearing", "insult", "slur", "outdated", "allowed"}
        assert list(Words([line.words]).among(tokens(line.words))), line.words
