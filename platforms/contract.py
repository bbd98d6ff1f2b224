"""What the product asks of a platform and what it gets back: frozen values, no models.

An adapter is made for one account with :class:`Connection` and talks to the platform with the
vendor's own client library. It promises:

* every call out has a time-out and a limit on the size of the answer;
* it raises only the errors of :mod:`platforms.errors`;
* no secret reaches a log line, an error message or a `repr`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol


class MediaKind(StrEnum):
    PICTURE = "picture"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform accepts, checked before anything is sent.

    `count` returns the length of a text as the platform counts it.
    """

    text: int
    count: Callable[[str], int]
    pictures: int
    alt_text: int
    picture_bytes: int
    title: int | None = None
    needs_video: bool = False
    videos: int = 0
    video_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Fold:
    """How much of a text is shown before "See more": whichever comes first."""

    characters: int
    lines: int


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach one account: addresses, limits in seconds and bytes, and the secret."""

    platform: str
    handle: str
    remote_id: str
    base_url: str
    timeout_s: float
    max_answer_bytes: int = 2_000_000
    credential: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or video: checked, re-encoded bytes, and the text that stands in for it."""

    kind: MediaKind
    content_type: str
    file_name: str
    alt_text: str
    digest: str
    read: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Exactly what one account is to say, as approved.

    `key` is the attempt's idempotency key. `text` already holds the link where the platform
    carries it in the text; `link` is given besides for platforms with a field of its own.
    """

    key: str
    title: str
    text: str
    link: str
    media: tuple[Media, ...]
    first_tried_at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A post that is live. `text` is what the platform says it holds, where it says so."""

    remote_id: str
    url: str
    text: str
    alt_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a platform shows of a live post, as far as it says: alt texts in order, figures."""

    text: str
    url: str
    alt_texts: tuple[str, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removed:
    """A post that is not on the platform any more; `was_there`: it was until now."""

    was_there: bool = True


@dataclass(frozen=True, slots=True)
class Absent:
    """Reading back did not find the post.

    `safe_to_repeat` is true only where the platform itself would refuse or merge a second copy,
    or where the evidence proves that the first cannot appear any more.
    """

    safe_to_repeat: bool


class MentionKind(StrEnum):
    MENTION = "mention"
    TAGGED = "tagged"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class FoundMention:
    """Something said to or about an account. `remote_id` is unique on its platform."""

    kind: MentionKind
    remote_id: str
    url: str
    author_name: str
    author_handle: str
    text: str
    said_at: datetime
    in_reply_to: str = ""


@dataclass(frozen=True, slots=True)
class MentionPage:
    """One page of mentions and the cursor to store once the page is kept.

    `more` says that another page can be asked for at once with that cursor.
    """

    mentions: tuple[FoundMention, ...]
    cursor: Mapping[str, Any]
    more: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the platform says the credential belongs to."""

    remote_id: str
    handle: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Figures:
    """An account's public figures on one day; a name is missing where the platform has none."""

    on: date
    values: Mapping[str, int]


Checkpoint = Callable[[Mapping[str, Any]], None]
"""Called by an adapter to keep, durably, what it needs to resume, and to renew the lease.

A key `"publishing": True` says: from here on the platform may have accepted the post.
"""


class Adapter(Protocol):
    """One account on one platform."""

    def identify(self) -> Identity:
        """Ask the platform whose credential this is."""

    def publish(
        self, outgoing: Outgoing, resume: Mapping[str, Any], checkpoint: Checkpoint
    ) -> Sent:
        """Publish once. `resume` is what earlier attempts of the same delivery kept."""

    def find(self, outgoing: Outgoing, resume: Mapping[str, Any]) -> Sent | Absent:
        """Read back whether `outgoing` is live, without changing anything."""

    def mentions(self, cursor: Mapping[str, Any]) -> MentionPage:
        """The next page of mentions, oldest first, after `cursor` (empty at the beginning)."""

    def figures(self) -> Figures:
        """Today's public figures of the account."""

    def look(self, remote_id: str) -> Shown | None:
        """What the platform shows of one of the account's posts; None where it is not there."""

    def remove(self, remote_id: str) -> Removed:
        """Delete one of the account's posts; doing it again is harmless.

        Raises Rejected where the platform does not let us. After OutcomeUnknown and TryLater it
        may be tried again at any time.
        """


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """The captions of one video: WebVTT in UTF-8, and their language as BCP 47 writes it."""

    language: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Captioned:
    """Captions that a video has; `was_there`: it had them before we asked."""

    remote_id: str
    was_there: bool = False


class Captioner(Protocol):
    """What adds captions to the videos of one account."""

    def add_captions(self, remote_id: str, captions: CaptionFile) -> Captioned:
        """See to it that one of the account's videos has captions in that language.

        It looks first, and adds them only where there are none: however often it is called, there
        are never two. Raises Rejected, TryLater, SignInExpired and OutcomeUnknown; after the
        last, too, it may be called again at any time.
        """


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform: its name, its limits and how an adapter for it is made."""

    key: str
    name: str
    limits: Limits
    connect: Callable[[Connection], Adapter]
    credential_fields: tuple[str, ...]
    """Names that a credential's JSON must hold, each a non-empty string."""
    granted_fields: tuple[str, ...] = ()
    """The same of what signing in at the platform gives, where those are others."""
    link_in_text: bool = True
    can_remove: bool = True
    """Whether posts can be deleted there by a program; else a person does it by hand."""
    fold: Fold | None = None
    """Where readers have to ask for the rest; as seen in browsers in November 2026."""
    profile_url: Callable[[str], str] = lambda _: ""
    names: re.Pattern[str] | None = None
    """An @name of which the platform makes a link, its handle in group 1; None where of none."""
    about_names: str = ""
    """What becomes of an @name there, for whoever writes: a sentence or two."""
    captioner: Callable[[Connection], Captioner] | None = None
    """What adds captions to videos there; None where no program can."""

    @property
    def takes_captions(self) -> bool:
        return self.captioner is not None


def pages(adapter: Adapter, cursor: Mapping[str, Any], most: int) -> Iterator[MentionPage]:
    """At most `most` pages of mentions, following the cursor."""
    for _ in range(most):
        page = adapter.mentions(cursor)
        yield page
        if not page.more:
            return
        cursor = page.cursor
