"""What the buttons beside a text do on the server, for whoever has no script."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from pages.numbers import whole_number
from publishing.drafts import Content
from publishing.hashtags import put_better

FOR_ALL = "text"
LONGEST = 120
PUT, WRITE_BETTER = "put", "tag"


def pressed(content: Content, button: str) -> Content:
    """`content` after one press; unchanged for a button that is none of these.

    "put:text_12:#LoveBins" puts words at the end of an account's own text, and
    "tag:londonroad:LondonRoad" writes that hashtag with other capitals in every text.
    """
    if any(unicodedata.category(sign) == "Cc" for sign in button):
        # No button of ours has one, and no database keeps them all.
        return content
    verb, _, rest = button.partition(":")
    one, _, other = rest.partition(":")
    if verb == PUT:
        return put(content, one, other)
    # Other capitals, and no other words.
    if verb == WRITE_BETTER and one.casefold() == other.casefold():
        return _each_text(content, one, other)
    return content


def put(content: Content, field: str, words: str) -> Content:
    """`content` with `words` at the end of the text that is typed in `field`."""
    added = words.strip()[:LONGEST]
    account = _account_of(content, field)
    if account is None:
        return replace(content, text=_joined(content.text, added))
    own = dict(content.own_texts)
    own[account] = _joined(own.get(account, ""), added)
    return replace(content, own_texts=tuple(own.items()))


def field_in(content: Content, field: str) -> str:
    """`field` where it is that of an account's own text in `content`; else the one for all."""
    return FOR_ALL if _account_of(content, field) is None else field


def _account_of(content: Content, field: str) -> int | None:
    account = whole_number(field.removeprefix(f"{FOR_ALL}_"))
    return account if account in content.account_ids else None


def _each_text(content: Content, tag: str, instead: str) -> Content:
    own = ((pk, put_better(text, tag, instead)) for pk, text in content.own_texts)
    return replace(content, text=put_better(content.text, tag, instead), own_texts=tuple(own))


def _joined(text: str, words: str) -> str:
    space = " " if words and text and not text[-1].isspace() else ""
    return f"{text}{space}{words}"
