"""The topics with which a council begins; it changes them as it likes."""

from __future__ import annotations

FIRST_TOPICS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "Death and mourning",
        (
            "death of", "has died", "have died", "was killed", "were killed", "passed away",
            "sad loss", "deeply saddened", "condolence", "condolences", "in mourning", "funeral of",
            "tributes to", "inquest", "coroner", "fatal", "fatality", "lost their lives",
            "our thoughts are with", "drowned", "drowning", "stillbirth", "suicide",
        ),
        "Ask the family’s wishes first, check every name, and hold cheerful posts near it.",
    ),
    (
        "Safeguarding",
        (
            "safeguarding", "child abuse", "sexual abuse", "sexually abused", "neglect",
            "domestic abuse", "domestic violence", "child protection", "grooming", "exploitation",
            "modern slavery", "missing child", "missing person", "vulnerable child",
            "serious case review", "female genital mutilation",
        ),
        "Name nobody who could be recognised, and say where help is to be had.",
    ),
    (
        "Court cases and crime",
        (
            "crown court", "magistrates’ court", "magistrates court", "found guilty",
            "pleaded guilty", "sentenced", "convicted", "on trial", "arrested", "charged with",
            "prosecuted", "prosecution", "stabbing", "murdered", "suspect",
        ),
        "Nothing that could prejudice a trial (Contempt of Court Act 1981): ask Legal first.",
    ),
    (
        "Redundancies and closures",
        (
            "redundancy", "redundancies", "job losses", "job cuts", "closes for good",
            "close for good", "closing for good", "close permanently", "permanent closure",
            "library closure", "school closure programme", "budget cuts", "cuts to services",
            "strike", "strike action", "industrial action", "section 114",
        ),
        "Staff and the unions hear it first. Say what happens to the service instead.",
    ),
    (
        "Protest and disorder",
        (
            "protest", "protester", "protestor", "demonstrators", "riot", "rioting", "disorder",
            "unrest", "counter protest", "picket", "occupation of the",
        ),
        "Agree the words with the police, take no side, and repeat no rumour.",
    ),
    (
        "Immigration and asylum",
        (
            "asylum", "asylum seeker", "refugee", "immigrant", "immigration", "migrant hotel",
            "migrant", "small boats", "deportation", "unaccompanied minor",
        ),
        "Name no address of people who live there, and stay with the facts.",
    ),
    (
        "War and terrorism",
        (
            "war in", "war brings", "at war", "terrorist", "terrorism", "terror attack",
            "bombing", "air strike", "airstrike", "ceasefire", "gaza", "hostages", "genocide",
            "the attack", "invasion of",
        ),
        "Think of families here who are touched by it, and take no side.",
    ),
)  # fmt: skip
"""Name, words and guidance. Words that councils use every day in another sense are not in it:
“road closure”, “court” for tennis, “Star Wars”, “war memorial”.
"""
