"""How long X says a text is, and where it sees addresses in it.

The rules are those that X publishes as "twitter-text" (configuration 3): the text in NFC counts 1
for most letters and 2 for the rest, an emoji 2 however it is made up, an address 23. The tests
hold it against PyPI's twitter-text-parser.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import emoji
import regex
from linkify_it.tlds import TLDS

MOST = 280
ADDRESS = 23
LONGEST_ADDRESS = 4096
MOST_READ = 5_000
"""Letters in which addresses are looked for; what follows is far too long whatever it says."""
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count 1; all others count 2."""
KEPT = 32
"""Texts whose length is remembered: one text stands on many accounts, and is asked for often."""

INVALID = r"\uFFFE\uFEFF\uFFFF"
MARKS = r"\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"
SPACES = r"\x09-\x0D\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
PUNCTUATION = r"""\!'\#%&'\(\)*\+,\\\.\/:;<=>\?@\[\]\^\{\|\}~\$"""
ACCENTS = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
NOT_LETTER = f"{PUNCTUATION}{SPACES}{INVALID}{MARKS}"
LETTER = rf"[^{NOT_LETTER}_\-]"
END = r"(?:\L<endings>(?=[^0-9a-zA-Z@+\-]|$)|xn--[\-0-9a-z]+)"
# Possessive, and not more labels and letters than a domain can have, so that no text is slow.
SUBDOMAIN = rf"(?:{LETTER}[^{NOT_LETTER}]{{0,255}}+(?<={LETTER})\.)"
DOMAIN = rf"{SUBDOMAIN}{{0,10}}{LETTER}[^{NOT_LETTER}_]{{0,255}}+(?<={LETTER})\."
PATH_LETTER = rf"[a-z\u0400-\u04FF0-9!*';:=+,.$/%\#\[\]\-\u2013_~@|&{ACCENTS}]"
BRACKETS = rf"\((?:{PATH_LETTER}+|{PATH_LETTER}*\({PATH_LETTER}+\){PATH_LETTER}*)\)"
PATH_END = rf"[+\-a-z\u0400-\u04FF0-9=_\#/{ACCENTS}]"
PATH = rf"(?:{PATH_LETTER}*(?:{BRACKETS}{PATH_LETTER}*)*{PATH_END}|{BRACKETS}|@{PATH_LETTER}+/)"
QUERY = r"[a-z0-9!?*'@();:&=+$/%\#\[\]\-_.,~|]*[a-z0-9\-_&=\#/]"


def _endings() -> list[str]:
    """Top-level domains, those in other scripts as they are written and not in Punycode."""
    plain = [ending.lower() for ending in TLDS]
    return [
        ending.encode().decode("idna") if ending.startswith("xn--") else ending
        for ending in [*plain, "onion"]
    ]


_FLAGS = regex.IGNORECASE | regex.VERSION0
_CANDIDATE = regex.compile(
    rf"(?P<before>[^A-Za-z0-9@\uFF20$\#\uFF03{INVALID}]|[{MARKS}]|^)"
    rf"(?P<address>(?P<scheme>https?://)?(?P<domain>{DOMAIN}{END})(?::[0-9]+)?"
    rf"(?P<rest>(?:/{PATH}*)?(?:\?{QUERY})?))",
    _FLAGS,
    endings=_endings(),
)
_PLAIN_DOMAIN = regex.compile(rf"(?:[\-a-z0-9{ACCENTS}]+\.)+{END}", _FLAGS, endings=_endings())
_HEAVY = regex.compile(f"[^{''.join(f'{chr(first)}-{chr(last)}' for first, last in LIGHT)}]")
_SHORT = regex.compile(rf"https?://t\.co/([a-z0-9]+)(?:\?{QUERY})?", _FLAGS)
_EMOJI = regex.compile(
    r"\L<emoji>",
    emoji=[
        key
        for key, about in emoji.EMOJI_DATA.items()
        if about["status"] != emoji.STATUS["component"]
    ],
)


class Address(NamedTuple):
    """A part of a text, from `start` up to `end`, that X makes a link of."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=KEPT)
def weighted_length(text: str) -> int:
    """How many of the 280 `text` uses up."""
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    total = at = 0
    for address in addresses(normal[:MOST_READ]):
        total += _plain_length(normal[at : address.start]) + ADDRESS
        at = address.end
    return total + _plain_length(normal[at:])


def addresses(text: str) -> list[Address]:
    """The addresses in `text`, in order; also those without `https://`."""
    if "." not in text:
        return []
    return [found for match in _CANDIDATE.finditer(text) for found in _in_candidate(match)]


def _in_candidate(match: regex.Match[str]) -> Iterator[Address]:
    domain, start, end = match["domain"], match.start("address"), match.end()
    if not _encodable(domain, match["address"], match["scheme"] or "https://"):
        return
    if match["scheme"] is None:
        yield from _without_scheme(match)
        return
    short = _SHORT.match(match["address"])
    if short:
        if len(short[1]) > 40:
            return
        end = start + short.end()
    yield Address(start, end, match.string[start:end])


def _without_scheme(match: regex.Match[str]) -> Iterator[Address]:
    """Where nobody wrote `https://`, only domains in Latin letters are links."""
    if match["before"] and match["before"][-1] in "-_./":
        return
    start = match.start("domain")
    found = [
        Address(start + plain.start(), start + plain.end(), plain[0])
        for plain in _PLAIN_DOMAIN.finditer(match["domain"])
    ]
    if found and match["rest"].startswith("/"):
        last = found.pop()
        # X reckons so even where letters of other scripts follow the part that is a link.
        end = last.start + len(last.text) + len(match["address"]) - len(match["domain"])
        found.append(Address(last.start, end, match.string[last.start : end]))
    yield from found


def _encodable(domain: str, address: str, scheme: str) -> bool:
    try:
        encoded = domain.encode("idna")
    except UnicodeError:
        return False
    return len(scheme) + len(address) + len(encoded) - len(domain) <= LONGEST_ADDRESS


def _plain_length(text: str) -> int:
    if text.isascii():
        return len(text)
    others, emoji = _EMOJI.subn("", text)
    return 2 * emoji + len(others) + len(_HEAVY.findall(others))
