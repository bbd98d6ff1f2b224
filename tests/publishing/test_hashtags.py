"""Hashtags of several words: told apart by a list of words, by names, and by what is known."""

from __future__ import annotations

from itertools import product
from time import process_time

import pytest

from publishing.hashtags import better, put_better, runs_together, tags_in

NAMES = ["Wealdmoor Libraries", "NHS Wealdmoor"]


@pytest.mark.parametrize(
    ("tag", "instead"),
    [
        ("londonroad", "LondonRoad"),
        ("Londonroad", "LondonRoad"),
        ("CHESTERFIELDTRAMWAYS", "ChesterfieldTramways"),
        ("treeoftheyear2026", "TreeOfTheYear2026"),
        ("recycle_week", "Recycle_Week"),
        ("wealdmoorlibraries", "WealdmoorLibraries"),
        ("nhsjobs", "NHSJobs"),
        ("LondonRoad", ""),
        ("bins", ""),
        ("wealdmoor", ""),
        ("northamptonshire", ""),
        ("gritters", ""),
        ("llandudno", ""),
        ("dyddgŵyldewi", ""),
        ("2026", ""),
        ("a" * 200, ""),
    ],
)
def test_a_hashtag_is_written_readably_only_where_its_words_are_known(tag: str, instead: str):
    assert better(tag, NAMES) == instead


def test_capitals_of_the_text_stay_capitals():
    assert better("vedayparade", [], "The parade on VE Day") == "VEDayParade"


@pytest.mark.parametrize(
    ("tag", "is_told"),
    [("wealdmoorshow", True), ("northamptonshire", False), ("neighbourhood", False)],
)
def test_a_long_word_is_no_row_of_words(tag: str, is_told: bool):
    assert runs_together(tag) is is_told


def test_only_whole_hashtags_are_written_anew():
    text = "#londonroad, #londonroads, x#londonroad and https://a.example/#londonroad: #londonroad"
    kept = "#LondonRoad, #londonroads, x#londonroad and https://a.example/#londonroad: #LondonRoad"
    assert put_better(text, "londonroad", "LondonRoad") == kept


def test_each_hashtag_of_a_text_is_named_once():
    assert tags_in("#Bins and #Bins, not a#b or &#39; but #Café") == ["Bins", "Café"]


@pytest.mark.parametrize(
    "text",
    [
        "#" + "abcdefghij" * 9_999,
        " ".join(f"#londonroad{''.join(each)}" for each in product("abcdefghijklmnop", repeat=3)),
    ],
    ids=["one of thousands of letters", "thousands of them"],
)
def test_hashtags_that_are_made_to_take_long_take_no_time(text: str):
    before = process_time()
    for tag in tags_in(text):
        runs_together(tag)
        better(tag, NAMES, text)
    assert process_time() - before < 1
