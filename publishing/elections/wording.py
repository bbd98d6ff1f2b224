"""Whether words speak of a name: as whole words, however they are written.

Capitals, accents, apostrophes, hyphens and odd alphabets make no difference: “Siân O’Brien-Jones”
is found in “SIAN OBRIEN JONES’S”. A hashtag or a handle speaks of the words it is made of, and so
does a web address.
"""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "'\u2019\u2018\u02bc\u02bb`\u00b4\uff07\u2032"), "'")
_NO_PARTS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
_OWNED = re.compile(r"'s?\b|(?<=s)'(?!\w)")
_WORD = re.compile(r"[^\W_]+")
_RUN_TOGETHER = re.compile(r"[#@][^\W_]*[a-z][A-Z]\w*")
_NEXT_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def folded(text: str) -> str:
    """The words of `text`, each between single spaces, so that one looks for whole words in it."""
    return f" {' '.join(_words(text))} "


def speaks_of(said: str, name: str) -> bool:
    """Whether `said` has all words of `name` in a row. Both are `folded`."""
    return bool(name.strip()) and name in said


def folded_with_hashtags(text: str) -> str:
    """`folded`, with the words that hashtags and handles run together told apart as well."""
    apart = " ".join(_NEXT_WORD.sub(" ", run) for run in _RUN_TOGETHER.findall(_plain(text)))
    return folded(text) + folded(apart) if apart else folded(text)


def _words(text: str) -> list[str]:
    plain = _plain(text).casefold().translate(_NO_PARTS)
    return _WORD.findall(_OWNED.sub("", plain).replace("'", ""))


def _plain(text: str) -> str:
    """Without accents, apostrophes all alike, and nothing that cannot be seen."""
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(sign for sign in apart if unicodedata.category(sign) not in {"Mn", "Cf"})
